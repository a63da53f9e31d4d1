"""What a team carries, and what must not be forgotten: for its lead, to share out work, never to rank people.

Nouns: Capacity (cases that somebody can carry, as agreed with the lead), Load (open cases as a share of it), Overdue
(cases without contact, late steps, questions that are due), Discussion (a case as a team may talk about it, without
who it is). Invariants: loads stand in the order of names, whatever the figures are; of counsellors nothing is counted
but their load; the view for a discussion holds no name, no text that somebody wrote, no age, no street.
"""
