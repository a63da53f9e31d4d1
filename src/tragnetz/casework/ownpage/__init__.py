"""The page of an accompanied person: the code that opens it, its sessions, what it shows, messages."""
