"""Promised calls: who is to be called, who calls now, what came of it."""
