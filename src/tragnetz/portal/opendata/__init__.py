"""Open data: the page that explains the numbers, and their files."""
