"""What will change: the list of one's cases, and the page of one case."""
