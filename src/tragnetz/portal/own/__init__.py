"""The accompanied person's own page, opened by their code."""
