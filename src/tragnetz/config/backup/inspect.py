"""Read a whole back-up and prove every byte of it; needs neither database nor key ring."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from tragnetz.config.backup import contents
from tragnetz.config.backup.container import Opener, read_head
from tragnetz.config.backup.contents import About, StoredFile, Summary, read_part
from tragnetz.config.backup.entries import read_entries
from tragnetz.config.backup.errors import BackupError, DamagedError
from tragnetz.config.backup.keys import Opens, PublicKey, sealed_for, unlock

_LONGEST_PART = 1 << 28  # a list of two million files


@dataclass(frozen=True, slots=True)
class Proven:
    """A back-up of which every byte was read and is as it was written."""

    about: About
    summary: Summary
    data_key: bytes
    size: int


def whose(path: Path) -> PublicKey | None:
    """Return whose key a file needs; nothing when it needs a passphrase. Raises BackupError."""
    with _opened(path) as raw:
        return sealed_for(read_head(raw)[0])


def prove(path: Path, opens: Opens) -> Proven:
    """Read a whole back-up. Raises WrongKeyError, DamagedError, BackupError."""
    with _opened(path) as raw:
        locked, bound = read_head(raw)
        data_key = unlock(locked, opens)
        about, summary = _read_through(Opener(raw, data_key, bound))
        return Proven(about, summary, data_key, raw.tell())


@contextmanager
def entries_of(path: Path, data_key: bytes) -> Iterator[Iterator[tuple[str, Iterator[bytes]]]]:
    """Give the entries of a back-up that was proven, once more. Raises DamagedError when it changed meanwhile."""
    with _opened(path) as raw:
        _locked, bound = read_head(raw)
        yield read_entries(Opener(raw, data_key, bound))


def _read_through(opener: Opener) -> tuple[About, Summary]:
    about, summary, names, files = None, None, [], []
    for name, content in read_entries(opener):
        names.append(name)
        if name == contents.ABOUT:
            about = read_part(About, whole(content))
        elif name == contents.SUMMARY:
            summary = read_part(Summary, whole(content))
        elif name.startswith(contents.FILE):
            files.append(_seen(name.removeprefix(contents.FILE), content))
    opener.end()
    if about is None or summary is None or names != _expected(about, summary) or tuple(files) != summary.files:
        message = "Something is missing in the back-up, or stands in another place: it was not made by this program."
        raise DamagedError(message)
    return about, summary


def _expected(about: About, summary: Summary) -> list[str]:
    tables = [contents.TABLE + table.label for table in about.tables]
    files = [contents.FILE + file.path for file in summary.files]
    if about.network:  # it goes into tables that are there
        return [contents.ABOUT, *tables, *files, contents.SUMMARY]
    return [contents.ABOUT, contents.BEFORE, *tables, contents.AFTER, *files, contents.SUMMARY]


def _seen(path: str, content: Iterator[bytes]) -> StoredFile:
    size, digest = 0, sha256()
    for block in content:
        size += len(block)
        digest.update(block)
    return StoredFile(path=path, size=size, digest=digest.hexdigest())


def whole(content: Iterator[bytes]) -> bytes:
    """Return a short entry in one piece. Raises DamagedError on one that is not short."""
    held = bytearray()
    for block in content:
        held += block
        if len(held) > _LONGEST_PART:
            message = "A part of the back-up is too long: it was not made by this program."
            raise DamagedError(message)
    return bytes(held)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        raw = path.open("rb")
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise BackupError(message) from error
    with raw:
        yield raw
