"""People who ask for help: how to reach them safely, what they take along, who lives with them.

Nouns: Contact (how one person may be reached, and what must never be said), Takeaway (answers kept for a code),
Household and Person. Invariants: each row belongs to one organisation, which is its data controller; names, numbers
and everything told stand sealed in the database; a takeaway can be opened with its code alone, and it expires.
"""
