"""Template filters of appointments."""
