"""A person's answer to a time that is held for them: instead of another one, or from the waiting list."""
