"""From parts of a name to the numbers that the database keeps."""

import hashlib
import hmac
import uuid
from collections.abc import Iterable

from tragnetz.clients.names.rules import Part, parts_of
from tragnetz.vault.sealing import keys_for

_BITS = (1 << 63) - 1  # a bigint of PostgreSQL without its sign


def tokens_of(name: str, organisation_id: uuid.UUID) -> list[int]:
    """Return the tokens of a name under the newest key of its organisation, sorted: their order tells nothing."""
    key = _keys(organisation_id)[0]
    return sorted({_token(part, key) for part in parts_of(name)})


def tokens_for(parts: Iterable[Part], organisation_id: uuid.UUID) -> list[int]:
    """Return the tokens to look for: under older keys too, so that a search works until the names are rebuilt."""
    keys = _keys(organisation_id)
    return sorted({_token(part, key) for part in parts for key in keys})


def _keys(organisation_id: uuid.UUID) -> list[bytes]:
    return keys_for(f"name-index:{organisation_id}")


def _token(part: Part, key: bytes) -> int:
    digest = hmac.new(key, f"{part.kind}:{part.text}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8]) & _BITS
