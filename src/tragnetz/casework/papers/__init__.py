"""Papers that claims need, each asked for once: what is there, what is too old, what to get next.

Nouns: paper (a key of the directory's one vocabulary), need (a paper of a part of a case, with the claims that wait for
it), stand (what somebody said of a paper, or a file of the case; the later counts), choice (papers that make claims
complete). Invariant: without its file a paper that was there by it is missing again.
"""
