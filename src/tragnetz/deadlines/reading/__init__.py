"""Read an official letter: what it is, of which day, which deadline it starts. Only a proposal: a person confirms it.

By plain patterns, so that each finding can be shown in the letter's own words. What is not sure is said to be unsure.
"""
