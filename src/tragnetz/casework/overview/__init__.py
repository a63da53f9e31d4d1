"""A case at a glance."""
