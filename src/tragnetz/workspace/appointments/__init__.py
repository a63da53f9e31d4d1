"""One appointment, and further ones with somebody whom one accompanies."""
