"""The page of everything that happened."""
