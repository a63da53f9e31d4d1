"""Wrap keys for holders, and stretch what people remember into keys. Pure."""

import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tragnetz.vault.sealing import KEY_BYTES, CannotOpenError, keys_for, open_sealed, seal
from tragnetz.vault.turns import turn

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
SALT_BYTES = 16
# With 128 MB a guess costs an attacker some 0.4 s.
ROUNDS, LANES = 2, 2


def new_private() -> bytes:
    """Return a new private key (32 bytes)."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public key of a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def wrap(key: bytes, holder_public: bytes, *, subject: uuid.UUID, holder: uuid.UUID) -> bytes:
    """Seal a key so that only the holder of the private key opens it; bound to what it is and whose copy it is."""
    return SUITE.encrypt(key, X25519PublicKey.from_public_bytes(holder_public), info=_bound(subject, holder))


def unwrap(wrapped: bytes, holder_private: bytes, *, subject: uuid.UUID, holder: uuid.UUID) -> bytes:
    """Open what `wrap` made; raises CannotOpenError."""
    private = X25519PrivateKey.from_private_bytes(holder_private)
    try:
        return SUITE.decrypt(wrapped, private, info=_bound(subject, holder))
    except InvalidTag as error:
        message = "wrapped for another holder, or changed"
        raise CannotOpenError(message) from error


def _bound(subject: uuid.UUID, holder: uuid.UUID) -> bytes:
    return b"tragnetz wrapped key 1" + subject.bytes + holder.bytes


def new_salt() -> bytes:
    """Return a salt for `stretch`."""
    return os.urandom(SALT_BYTES)


def stretch(secret: str, salt: bytes, *, memory_kib: int) -> list[bytes]:
    """Return the keys that a password makes, newest of the key ring first.

    The ring is mixed in, so that a stolen database without it cannot even be guessed at.
    """
    stretched = stretch_alone(secret, salt, memory_kib=memory_kib)
    return [_mixed(stretched, pepper) for pepper in keys_for("password-pepper")]


def stretch_alone(secret: str, salt: bytes, *, memory_kib: int) -> bytes:
    """Return the key that a passphrase makes without the key ring: for what must open where the ring is not."""
    with turn():
        return Argon2id(salt=salt, length=KEY_BYTES, iterations=ROUNDS, lanes=LANES, memory_cost=memory_kib).derive(
            secret.encode()
        )


def _mixed(stretched: bytes, pepper: bytes) -> bytes:

    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=pepper, info=b"key of a private key").derive(
        stretched
    )


def seal_private(private: bytes, keys: list[bytes], pair: uuid.UUID) -> bytes:
    """Seal a private key with the first of the keys that a secret makes."""
    return seal(private, keys[0], pair.bytes)


def open_private(sealed: bytes, keys: list[bytes], pair: uuid.UUID) -> bytes:
    """Open a private key with whichever of the keys fits; raises CannotOpenError."""
    for key in keys:
        try:
            return open_sealed(sealed, key, pair.bytes)
        except CannotOpenError:
            continue
    message = "wrong password"
    raise CannotOpenError(message)
