"""Law that gettsim lacks, written as data: dated YAML rules with statute, source and their own tests.

Nouns: rule (one benefit), formula (an expression over facts), column (values with "not known" beside them), book (all
rules of a city, the country's first, each city's own over them). Invariant: what is not known never counts as no.
docs/rules.md shows how to add a benefit without Python.
"""
