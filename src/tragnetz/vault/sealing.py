"""Seal and open. The key ring comes from the settings: newest first, older ones still open what they sealed."""

import base64
import hashlib
import hmac
import os
from functools import cache, lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from tragnetz.core.ids import CODE_ALPHABET, CODE_LENGTH, format_code

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"
# N of scrypt: with r = 8 that is 32 MB. Another figure closes every code that is out there.
CODE_COST = 2**15


class CannotOpenError(Exception):
    """Sealed data was changed, or none of our keys fits."""


def new_key() -> str:
    """Return a new key for the key ring, as it stands in the environment."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


@cache
def _ring(keys: str) -> tuple[bytes, ...]:
    ring = tuple(base64.b64decode(key) for key in keys.split(","))
    if any(len(key) != KEY_BYTES for key in ring):
        message = "TRAGNETZ_VAULT_KEYS: each key must be 32 bytes in base64; make one with `tragnetz key`."
        raise ValueError(message)
    return ring


@lru_cache(maxsize=64)
def _derive(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def keys_for(purpose: str) -> list[bytes]:
    """Return the keys for one purpose, newest first: a leak of one purpose's key opens no other."""
    return [_derive(key, purpose) for key in _ring(settings.TRAGNETZ_VAULT_KEYS)]


def seal(data: bytes, key: bytes, context: bytes = b"") -> bytes:
    """Encrypt and authenticate; `context` (what and whose) must be the same to open."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, data, context)


def open_sealed(sealed: bytes, key: bytes, context: bytes = b"") -> bytes:
    """Decrypt what `seal` made; raises CannotOpenError."""
    if sealed[:1] != FORMAT:
        message = "unknown format"
        raise CannotOpenError(message)
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], context)
    except InvalidTag as error:
        message = "changed, or sealed with another key"
        raise CannotOpenError(message) from error


def key_from_code(code: str) -> bytes:
    """Stretch a short code into a key: 32 MB and some 0.1 s a guess, so that a stolen table cannot be tried out."""
    salt = keys_for("code-salt")[-1]
    return Scrypt(salt=salt, length=KEY_BYTES, n=CODE_COST, r=8, p=1).derive(code.encode())


def lookup_hash(code: str) -> str:
    """Return what the database may know of a code: a keyed hash, useless without the key ring."""
    return hmac.new(keys_for("code-lookup")[-1], code.encode(), hashlib.sha256).hexdigest()


def code_for(request_key: str) -> str:
    """Return the code of a request, the same for the same key: whoever sends a form twice gets one code.

    Only the key ring can make it; from the database alone it cannot be found.
    """
    number = int.from_bytes(hmac.new(keys_for("request-code")[-1], request_key.encode(), hashlib.sha256).digest())
    signs = []
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(CODE_ALPHABET))
        signs.append(CODE_ALPHABET[rest])
    return format_code("".join(signs))
