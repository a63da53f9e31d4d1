"""Claims to benefits: who asks which office for what, how it stands, what was granted and for how long.

Nouns: claim (one benefit that somebody asks for), move (a change of its state on a day), grant (a move with money).
Invariants: a state follows from the last move that holds; money is what an office has granted, never an estimate.
"""
