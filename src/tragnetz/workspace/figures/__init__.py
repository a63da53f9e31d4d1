"""Pages of figures: how many were reached, where help is missing, and the paper for the council."""
