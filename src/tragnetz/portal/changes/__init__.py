"""What is new in the directory: a feed for programs, a page for people, the same news."""
