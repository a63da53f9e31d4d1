"""What is said about site and program: told on each staff page, read and answered by administration and editors."""
