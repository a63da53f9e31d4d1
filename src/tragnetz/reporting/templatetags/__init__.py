"""Template filters of reporting."""
