"""Ask for a call, without account and script."""
