"""The papers of a case: list, keep, note as seen, open, read, delete."""
