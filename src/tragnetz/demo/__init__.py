"""The demo: a city marked as such, with invented staff and three years of invented history. Production refuses it."""
