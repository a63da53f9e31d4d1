"""The list of interpreters with their declarations, and the one for a talk."""
