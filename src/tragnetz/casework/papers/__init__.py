"""Papers that claims need, each asked for once: what is there, what is too old, what to get next.

Nouns: paper (a key of the directory's one vocabulary), need (a paper of a part of a case, with the claims that wait for
it), choice (papers that make claims complete). Invariant: no copy of a paper is kept, only that somebody has seen it.
"""
