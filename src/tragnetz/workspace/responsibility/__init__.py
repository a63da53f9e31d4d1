"""Which office decides: an answer while the phone is at the ear, and for the editors what is wrong with the data."""
