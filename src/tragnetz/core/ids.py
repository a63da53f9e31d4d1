"""Ids and codes: time-ordered UUIDs for rows, short codes for people to say on the phone."""

import os
import secrets
import time
import uuid
from datetime import UTC, datetime

# Crockford's alphabet without U: no letter is taken for a digit, and no code spells a word.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISHEARD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
CODE_LENGTH = 12


def new_id() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of milliseconds, so that indexes stay compact, 62 random ones.

    The 12 bits between are the fraction of the millisecond (section 6.2, method 3): what one process makes is in order.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    random = int.from_bytes(os.urandom(8)) >> 2
    return uuid.UUID(int=(milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)


def made_at(key: uuid.UUID) -> datetime:
    """Return when an id of `new_id` was made."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)


def new_code() -> str:
    """Return a random code of 60 bits, written in groups of four: `K7M4-9XQ2-PD3A`."""
    return format_code("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)))


def clean_code(typed: str) -> str:
    """Return a typed code without spaces and hyphens, misread letters mended; empty when it cannot be one."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_MISHEARD)
    return code if len(code) == CODE_LENGTH and all(sign in CODE_ALPHABET for sign in code) else ""


def format_code(code: str) -> str:
    """Return a clean code in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
