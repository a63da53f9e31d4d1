"""Households and the law: what a household may claim, pure Python and NumPy, no Django.

Nouns: law (the compiled rules of one date), column (one value a person), target (what the law computes).
Only `engine` knows gettsim; what it compiles is loaded by `law` without it.
"""
