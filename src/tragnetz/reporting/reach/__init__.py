"""How many people a project reached, beside what it planned.

Nouns: cell (people who entered in one month at one organisation, from one district, with one topic), goal (what is to
be reached), course (goal and reach month by month), forecast (where it leads if it goes on like this).
Invariants: every figure is a sum of cells; a household is counted once, at its first complete entry of all projects
of a group, so that parts add up to the whole; who is not complete counts for no goal.
"""
