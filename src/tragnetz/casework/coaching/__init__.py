"""The path of one person to work, within a case.

Nouns: Coaching (profile and goal of one person), Application (what was sent to an employer), Interview, Placement (work
or training that began, and whether it lasted). Invariants: all of it belongs to a case and is seen with it alone; what
was told is sealed, codes, hours and dates are plain, for reports count them; an application changes its state only as
`rules.TRANSITIONS` says; a placement ends its application as placed.
"""
