"""What came of the help: the page of figures, its filters, its print."""
