"""The catalogue: keep the directory of help true."""
