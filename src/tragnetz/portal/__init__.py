"""The public site: who helps me, how do I reach them, are they there now. Nothing is stored, no account, no script."""
