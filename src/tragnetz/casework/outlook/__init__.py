"""What will change for the households of one's cases."""
