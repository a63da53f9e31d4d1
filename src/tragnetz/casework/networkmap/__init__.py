"""The net around a household: people and offices, and whether they hold it up or weigh on it (an ecomap).

Nouns: Tie (somebody or some office, its relation, its strength). Invariants: a tie belongs to a case and is seen with
it alone; who it is stands sealed; sphere and strength are plain codes. The people named here did not ask to be: as
little as possible is written, and what is not needed any more is deleted.
"""
