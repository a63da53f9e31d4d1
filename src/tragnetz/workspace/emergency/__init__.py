"""The pages of emergency access: take it, and look at what was taken."""
