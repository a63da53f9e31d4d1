"""A provider keeps its own entries true by a secret link, without account, in about two minutes."""
