"""Thousands stand apart: Django knows the sign between them, and not how many digits are one group."""

NUMBER_GROUPING = 3
