"""Referrals: those of a case, a new one on one page, what was sent, and what came in from others."""
