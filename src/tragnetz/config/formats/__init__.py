"""How numbers are written where Django does not know: one module for each language, only with what is missing there."""
