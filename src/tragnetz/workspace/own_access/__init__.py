"""Codes for people's own pages, and what was written there."""
