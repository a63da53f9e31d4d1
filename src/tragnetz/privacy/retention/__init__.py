"""How long what is kept, what is due, and who lets it go."""
