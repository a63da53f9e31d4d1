"""Messages: what waits, letters to post, calls to make, what did not arrive, what is gone."""
