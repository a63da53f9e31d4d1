"""How person and counsellor see the domains of life, over time."""
