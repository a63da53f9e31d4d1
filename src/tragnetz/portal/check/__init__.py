"""The resident's benefit check: one question at a time, each time the one that tells most. Nothing is stored."""
