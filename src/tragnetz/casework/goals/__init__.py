"""What is to be reached, by which steps, and how far it is."""
