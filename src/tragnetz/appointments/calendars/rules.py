"""Decisions on secret addresses: pure."""

import hashlib


def secret_hash(secret: str) -> str:
    """Return what we keep of a secret. It is random and long, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
