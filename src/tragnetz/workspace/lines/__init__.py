"""The plan of the lines: who picks up when, who is there now, what callers hear when nobody is."""
