"""When one met, what was said, and short texts for it."""
