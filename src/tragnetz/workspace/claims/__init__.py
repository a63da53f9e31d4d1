"""Claims of a case and the papers that they need."""
