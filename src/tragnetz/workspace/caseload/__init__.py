"""What a team carries, for its lead; a case as a team may talk about it."""
