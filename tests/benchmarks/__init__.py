"""Measures against the numbers of the product: `make bench`. Not tests: a slow machine fails nothing here."""
