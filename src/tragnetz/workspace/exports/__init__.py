"""Figures at a cut-off date: look, fix, compare, verify, take along."""
