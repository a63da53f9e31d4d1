"""Pages of the domains of life."""
