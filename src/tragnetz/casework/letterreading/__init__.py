"""The text of a letter from a file: read in memory, kept nowhere. What it says is read by `deadlines.reading`."""
