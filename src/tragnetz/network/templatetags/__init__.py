"""Template filters of the network."""
