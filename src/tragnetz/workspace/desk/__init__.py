"""The call sheet: three minutes, keyboard only."""
