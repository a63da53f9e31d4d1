"""Visitors say that an entry is not true: without a name, without an account."""
