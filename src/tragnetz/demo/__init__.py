"""The demo: a city marked as such, for looking around. Production refuses it."""
