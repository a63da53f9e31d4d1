"""Pages of goals and the agreement."""
