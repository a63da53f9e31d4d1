"""A partner answers a referral by its link: no account, no script, and nothing but what was released."""
