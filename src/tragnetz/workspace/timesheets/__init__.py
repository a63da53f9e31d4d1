"""One's own hours for projects, what the team handed in, and what projects pay of whose position."""
