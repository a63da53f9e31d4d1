"""A project ends: what is open, what is decided for each case, the plan on paper."""
