"""Rights, retention, trail."""
