"""Pages of privacy: the log, who read what, requests of people, what is due for deletion."""
