"""How a case ends, begins again, becomes one with another or two."""
