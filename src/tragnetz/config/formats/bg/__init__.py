"""How numbers are written in Bulgarian."""
