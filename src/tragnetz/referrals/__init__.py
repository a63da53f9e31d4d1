"""Referrals: somebody else helps, too. Sent with what was released, answered without an account, open until known."""
