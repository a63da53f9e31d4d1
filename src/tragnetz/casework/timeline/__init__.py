"""Everything that happened, in one line over years."""
