"""The chain: each event's hash covers the one before it."""

import hashlib
import json
from collections.abc import Mapping

START = "0" * 64


def link(previous: str, event: Mapping[str, object]) -> str:
    """Return the hash of an event in the chain: SHA-256 over the previous hash and the event as sorted JSON."""
    body = json.dumps(event, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous.encode() + body.encode()).hexdigest()
