"""Dates that must not be missed: from an event to the last day, with every step of the sum in words.

Pure: no database, no clock, no request. `rules.yaml` holds the rules of the law with statute, source and date,
`days.py` counts days, `methods.py` and `compute.py` apply a rule to dates, `reading` reads a letter. Holidays come in
as an argument, because each state has its own.
"""
