"""How numbers are written in Arabic."""
