"""Look for somebody by name."""
