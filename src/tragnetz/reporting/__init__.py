"""Proof: who takes part in which funded project, and what came of it, in codes and without names.

Nouns: Participation (a person takes part in a project), Answers (the coded answers of one moment), Line (a funding line
as data: questions and indicators). Invariants: a person counts once in a project; no name, no date of birth, no free
text of a case stands here; nothing here changes what help somebody gets.
"""
