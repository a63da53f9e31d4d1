"""The people who work in the network: how they come, sign in, and leave.

Nouns: an invitation (a link by mail that makes an account), a session (a device that is signed in), a bucket (how often
something may still be tried). Invariants: nobody makes an account for themselves; an invitation is used once and ends
after seven days; who has left is signed in nowhere; guesses are counted in the database, so that several processes
count together.
"""
