"""Book, move and cancel an appointment without account and e-mail."""
