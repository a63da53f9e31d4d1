"""Checks of households: what a household may claim, by the law of the day and the city's rules.

Nouns: rule file (a city's rules as loaded), estimate (a check in words), record (a check kept at a case).
Invariants: what is not known is assumed and told, never a refusal; a record is sealed and never changed.
"""
