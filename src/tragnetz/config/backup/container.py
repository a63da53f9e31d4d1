"""Seal a stream of any length so that a changed, cut, lengthened or reordered file does not open. Pure.

STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance,
CRYPTO 2015): AES-256-GCM in chunks of one size; number of the chunk and whether it is the last one stand in nonce and
associated data, together with a hash of the head. The data key is random and used for one file, so nonces may count.
"""

import hashlib
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tragnetz.config.backup.errors import DamagedError

MAGIC = b"tragnetz backup\n"
FORMAT = 1
CHUNK = 1 << 18  # bytes of content in each chunk but the last
TAG = 16
_HEAD = struct.Struct(">HH")  # format, length of the lock
_CHECK_BYTES = 8
_LONGEST_LOCK = 1024


def write_head(raw: BinaryIO, lock: bytes) -> bytes:
    """Write the head: what the file is, and the lock of its data key. Returns what the chunks are bound to."""
    head = MAGIC + _HEAD.pack(FORMAT, len(lock)) + lock
    raw.write(head + _check(head))
    return hashlib.sha256(head).digest()


def read_head(raw: BinaryIO) -> tuple[bytes, bytes]:
    """Return the lock of a file and what its chunks are bound to.

    Raises DamagedError. The check sum only tells damage from a wrong key; the chunks prove the head.
    """
    start = raw.read(len(MAGIC) + _HEAD.size)
    if len(start) < len(MAGIC) + _HEAD.size or not start.startswith(MAGIC):
        message = "This is no back-up of Tragnetz, or its beginning is damaged."
        raise DamagedError(message)
    version, length = _HEAD.unpack(start[len(MAGIC) :])
    lock = raw.read(min(length, _LONGEST_LOCK))
    if raw.read(_CHECK_BYTES) != _check(start + lock):
        message = "The beginning of the file is damaged."
        raise DamagedError(message)
    if version != FORMAT:
        message = f"The file has format {version}; this version of Tragnetz reads format {FORMAT}. Use a newer version."
        raise DamagedError(message)
    return lock, hashlib.sha256(start + lock).digest()


def _check(head: bytes) -> bytes:
    return hashlib.sha256(b"head" + head).digest()[:_CHECK_BYTES]


class Sealer:
    """Takes bytes, writes sealed chunks; `close` writes the last one, without which the file does not open."""

    def __init__(self, raw: BinaryIO, key: bytes, bound: bytes) -> None:
        self._raw, self._bound, self._cipher = raw, bound, AESGCM(key)
        self._held = bytearray()
        self._number = 0

    def write(self, data: bytes) -> None:
        """Take more. A full chunk waits until it is known whether another one follows."""
        self._held += data
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def close(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def _seal(self, content: bytes, *, last: bool) -> None:
        place = _place(self._number, last=last)
        self._raw.write(self._cipher.encrypt(place, content, self._bound + place))
        self._number += 1


class Opener:
    """Gives the bytes that a Sealer took. Every byte that it returns was proven."""

    def __init__(self, raw: BinaryIO, key: bytes, bound: bytes) -> None:
        self._raw, self._bound, self._cipher = raw, bound, AESGCM(key)
        self._ahead = raw.read(CHUNK + TAG)
        self._held = memoryview(b"")
        self._number = 0
        self._ended = False

    def read(self, size: int) -> bytes:
        """Return exactly so many bytes. Raises DamagedError when the file was changed or ends before."""
        parts: list[memoryview] = []
        while size:
            if not self._held:
                self._open_next()
            parts.append(self._held[:size])
            self._held = self._held[len(parts[-1]) :]
            size -= len(parts[-1])
        return b"".join(parts)

    def end(self) -> None:
        """Say that no more is expected. Raises DamagedError when there is more."""
        if not self._held and not self._ended:  # content may have ended with a chunk, or there is none at all
            self._open_next()
        if self._held or not self._ended:
            message = "The file goes on where it should end: it is damaged."
            raise DamagedError(message)

    def _open_next(self) -> None:
        if self._ended:
            message = "The file ends before its content does: it is damaged."
            raise DamagedError(message)
        frame, self._ahead = self._ahead, self._raw.read(CHUNK + TAG)
        last = not self._ahead
        place = _place(self._number, last=last)
        try:
            content = self._cipher.decrypt(place, frame, self._bound + place)
        except (InvalidTag, ValueError) as error:
            at = self._number * (CHUNK + TAG)
            message = f"The file is damaged or cut (chunk {self._number + 1}, {at:,} bytes after its head)."
            raise DamagedError(message) from error
        self._number, self._ended, self._held = self._number + 1, last, memoryview(content)


def _place(number: int, *, last: bool) -> bytes:
    """Return the nonce of a chunk: its number in eleven bytes, and one that says whether it is the last."""
    return number.to_bytes(11) + bytes([last])
