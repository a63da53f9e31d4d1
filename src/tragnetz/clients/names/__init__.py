"""Find people of one organisation by name although names are sealed: a blind index of keyed hashes.

Nouns: NameEntry (what the database may know of one name), Token (keyed hash of a word, of its first letters, or of its
sound). Invariants: no name, nor part of one, stands in the table; a hash of one organisation is of no use in another;
whatever writes a name writes its entry in the same transaction.
"""
