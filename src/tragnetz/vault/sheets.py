"""The two sheets of paper that open an organisation's recovery together; one alone tells nothing. Pure.

The private key is split as one-time pad: one share is random, the other the key XOR that share.
"""

import base64
import hashlib
import os

from tragnetz.vault.errors import WrongSecretError
from tragnetz.vault.sealing import KEY_BYTES

CHECK_BYTES = 3
LETTERS = ("A", "B")
_MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})  # base32 has no 0, 1 and 8


def split(private: bytes) -> tuple[bytes, bytes]:
    """Split a private key into two shares; each alone is random."""
    first = os.urandom(len(private))
    return first, bytes(one ^ two for one, two in zip(private, first, strict=True))


def join(first: bytes, second: bytes) -> bytes:
    """Return the private key of two shares."""
    return bytes(one ^ two for one, two in zip(first, second, strict=True))


def write_sheet(share: bytes, letter: str) -> str:
    """Return a share as it is printed: its letter, and groups of four signs with a check sum."""
    text = base64.b32encode(share + _check(share, letter)).decode().rstrip("=")
    return " ".join([letter, *(text[start : start + 4] for start in range(0, len(text), 4))])


def read_sheet(typed: str) -> tuple[str, bytes]:
    """Return letter and share of a sheet as typed. Raises WrongSecretError on a slip of the pen."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    letter, text = signs[:1], signs[1:].translate(_MISREAD)
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise WrongSecretError from error
    share, check = data[:KEY_BYTES], data[KEY_BYTES:]
    if letter not in LETTERS or len(share) != KEY_BYTES or check != _check(share, letter):
        raise WrongSecretError
    return letter, share


def _check(share: bytes, letter: str) -> bytes:
    return hashlib.sha256(b"tragnetz recovery sheet " + letter.encode() + share).digest()[:CHECK_BYTES]
