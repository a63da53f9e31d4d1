"""Checks of stored households: what a case's household may claim, by the law of the day.

Nouns: estimate (a check with what was assumed). Invariant: what is not known is assumed and told, never a refusal.
"""
