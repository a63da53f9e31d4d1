"""The secret address at which a counsellor's own calendar program reads their appointments."""
