"""Calls that we promised: until when, who calls now, and what came of each try."""
