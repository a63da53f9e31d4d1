"""For those who run an installation: what its state is, what is wrong with it, and what to do about it."""
