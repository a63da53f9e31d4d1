"""Dates of a case that must not be missed: who says so, how they are counted, who is reminded when."""
