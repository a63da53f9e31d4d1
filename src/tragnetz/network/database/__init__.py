"""The database as it is used here: PostgreSQL that is told which network is in scope, so that it can keep rows apart.

`base` is a thin backend of Django's; `rows` says which tables hold rows of a network and locks them; `owner` is the
only way past the lock, for the few deeds that are about all networks at once. Decision 0028.
"""
