"""Deadlines of a case, the calculator that stores nothing, and reading a letter."""
