"""CV and letters of application of one person of a case."""
