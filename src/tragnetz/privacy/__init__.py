"""What people may demand of us, and what we must let go: rights of the person, retention, who read what.

Nouns: Kind (a sort of data, with legal basis, retention, how it is given out and erased), Subject (whose data), Request
(somebody makes use of a right), Redaction, Correction, Restriction, RetentionRule, Deletion (a protocol without names),
Hold, JournalEntry. Invariants: every table with data about people is in the register of kinds (a test looks); nobody
confirms a deletion that they proposed; what was erased is erased again after an older back-up was restored.
"""
