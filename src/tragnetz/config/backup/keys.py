"""Who opens a back-up: the holder of a key on paper, or whoever knows a passphrase. Pure.

The public half may lie on the server, even a stolen one makes nothing readable; the secret half stays on paper. The
installation's key ring takes no part in it: it must not be in the file, and the file must open without it.
"""

import base64
import hashlib
import struct
import uuid
from dataclasses import dataclass

from tragnetz.config.backup.errors import DamagedError, WrongKeyError
from tragnetz.vault.sealing import KEY_BYTES, CannotOpenError, open_sealed, seal
from tragnetz.vault.wrapping import SALT_BYTES, new_private, new_salt, public_of, stretch_alone, unwrap, wrap

SHORTEST = 16  # signs of a passphrase
MEMORY_KIB = 256 * 1024  # what one guess at a passphrase costs
_LEAST_KIB, _MOST_KIB = 64, 1 << 20
_CHECK_BYTES = 3
_MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})  # base32 has no 0, 1 and 8
_FILE_BYTES = 16
_RECIPIENT, _PASSPHRASE = b"R", b"P"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Seals back-ups and opens none."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """What tells one key from another on the screen."""
        return hashlib.sha256(b"tragnetz backup recipient" + self.raw).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SecretKey:
    """Opens back-ups."""

    raw: bytes

    @property
    def public(self) -> PublicKey:
        """The half that seals."""
        return PublicKey(public_of(self.raw))


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Seals and opens. `memory_kib` is what one guess costs; a file remembers its own."""

    text: str
    memory_kib: int = MEMORY_KIB


Seals = PublicKey | Passphrase
Opens = SecretKey | Passphrase


def new_secret() -> SecretKey:
    """Make a recipient's pair."""
    return SecretKey(new_private())


def write_key(key: PublicKey | SecretKey) -> str:
    """Return a key as it is printed: its kind, and groups of four signs with a check sum."""
    kind = "public" if isinstance(key, PublicKey) else "secret"
    text = base64.b32encode(key.raw + _check(kind, key.raw)).decode().rstrip("=")
    return "-".join(["backup", kind, *(text[start : start + 4] for start in range(0, len(text), 4))])


def read_key(typed: str) -> PublicKey | SecretKey:
    """Return the key that somebody typed; blanks and small letters do not matter. Raises WrongKeyError."""
    start, _, rest = "".join(typed.split()).lower().partition("-")
    kind, _, signs = rest.partition("-")
    if start != "backup" or kind not in {"public", "secret"}:
        message = "This is no key for back-ups: it begins with backup-public- or backup-secret- (tragnetz backup key)."
        raise WrongKeyError(message)
    text = signs.replace("-", "").upper().translate(_MISREAD)
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise WrongKeyError(_SLIP) from error
    raw, check = data[:KEY_BYTES], data[KEY_BYTES:]
    if len(raw) != KEY_BYTES or check != _check(kind, raw):
        raise WrongKeyError(_SLIP)
    return PublicKey(raw) if kind == "public" else SecretKey(raw)


_SLIP = "The key for back-ups is not typed correctly: its check sum does not fit. Compare each group of four signs."


def read_passphrase(text: str, memory_kib: int = MEMORY_KIB) -> Passphrase:
    """Return a passphrase that may seal. Raises WrongKeyError on one that could be guessed."""
    text = text.strip()
    if len(text) < SHORTEST:
        message = f"The passphrase is too short: take at least {SHORTEST} signs, for example six words by chance."
        raise WrongKeyError(message)
    return Passphrase(text, memory_kib)


def lock(data_key: bytes, seals: Seals) -> bytes:
    """Return the lock of a file: its data key, sealed."""
    file = uuid.uuid4()
    if isinstance(seals, PublicKey):
        return _RECIPIENT + file.bytes + seals.raw + wrap(data_key, seals.raw, subject=file, holder=_holder(seals))
    salt = new_salt()
    stretched = stretch_alone(seals.text, salt, memory_kib=seals.memory_kib)
    start = _PASSPHRASE + file.bytes + salt + struct.pack(">I", seals.memory_kib)
    return start + seal(data_key, stretched, start)


def sealed_for(locked: bytes) -> PublicKey | None:
    """Return whose key a file needs; nothing when it needs a passphrase. Raises DamagedError."""
    kind = locked[:1]
    if kind not in {_RECIPIENT, _PASSPHRASE}:
        message = "The file is locked in a way that this version does not know."
        raise DamagedError(message)
    return PublicKey(locked[1 + _FILE_BYTES :][:KEY_BYTES]) if kind == _RECIPIENT else None


def unlock(locked: bytes, opens: Opens) -> bytes:
    """Return the data key of a file. Raises WrongKeyError, DamagedError."""
    wanted = sealed_for(locked)
    file, rest = uuid.UUID(bytes=locked[1 : 1 + _FILE_BYTES]), locked[1 + _FILE_BYTES :]
    if wanted is not None:
        if not isinstance(opens, SecretKey) or opens.public != wanted:
            message = f"The file is sealed for the key {wanted.fingerprint}: that key's secret half is needed."
            raise WrongKeyError(message)
        try:
            return unwrap(rest[KEY_BYTES:], opens.raw, subject=file, holder=_holder(wanted))
        except (CannotOpenError, ValueError) as error:
            message = "The beginning of the file was changed: its key does not open."
            raise DamagedError(message) from error
    if not isinstance(opens, Passphrase):
        message = "The file is sealed with a passphrase, not for a key."
        raise WrongKeyError(message)
    salt, sealed = rest[:SALT_BYTES], rest[SALT_BYTES + 4 :]
    memory_kib = int.from_bytes(rest[SALT_BYTES : SALT_BYTES + 4])
    if not _LEAST_KIB <= memory_kib <= _MOST_KIB:
        message = "The beginning of the file was changed: it asks for an absurd amount of memory."
        raise DamagedError(message)
    start = locked[: len(locked) - len(sealed)]
    try:
        return open_sealed(sealed, stretch_alone(opens.text, salt, memory_kib=memory_kib), start)
    except CannotOpenError as error:
        message = "The passphrase does not open the file."
        raise WrongKeyError(message) from error


def _holder(key: PublicKey) -> uuid.UUID:
    return uuid.UUID(bytes=hashlib.sha256(b"tragnetz backup holder" + key.raw).digest()[:16])


def _check(kind: str, raw: bytes) -> bytes:
    return hashlib.sha256(b"tragnetz backup key " + kind.encode() + raw).digest()[:_CHECK_BYTES]
