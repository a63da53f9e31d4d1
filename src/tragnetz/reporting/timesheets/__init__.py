"""Hours for a funded project: drafted from what is in the calendar and the cases, mended, signed, approved, locked.

Nouns: ProjectShare (how much of a position a project pays), TimeSheet (one person's month), TimeLine (hours of a day).
Invariants: no client stands in a sheet; what is signed cannot be changed; nobody approves their own; only who keeps
sheets has any; figures over several people are sums of a project, never a list of people.
"""
