"""Files of the var folder, and the folder in which back-ups lie."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from tragnetz.config.backup.contents import StoredFile
from tragnetz.config.backup.errors import BackupError, DamagedError

BACKUPS = "backups"  # the one folder below var in which they may lie
# Made again by our own commands, a database of their own, or on their way out: everything else in var is kept.
# `privacy` and `audit` (what was erased, the signed heads) are newer than any back-up: no old ones may come back.
MADE_AGAIN = frozenset(
    {
        "postgres",
        "test-postgres",
        "static",
        "law",
        "metrics",
        "tools",
        "outbox",
        "notice",
        "load",
        "chaos",
        BACKUPS,
        "privacy",
        "audit",
    }
)
_NAME = re.compile(r"tragnetz-[a-z0-9-]*-?\d{8}T\d{6}Z\.backup")
_PART = ".part"
_STALE = timedelta(hours=12)  # a part this old was left by a process that was killed
_BLOCK = 1 << 16
_OWNER_ONLY = 0o600


def name_of(networks: Iterable[str], at: datetime) -> str:
    """Return the name of a back-up in a folder: networks and time (UTC), so that names sort by time."""
    keys = [re.sub(r"[^a-z0-9]+", "-", key.lower()) for key in networks]
    return "-".join(["tragnetz", *keys, f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"])


def remove_older(folder: Path, newest: Path, keep: int) -> list[Path]:
    """Delete all but the newest back-ups with a name of ours from a folder; returns which. `newest` always stays."""
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path != newest and path.is_file()]
    gone = sorted(found, key=lambda path: path.name.rsplit("-", 1)[-1], reverse=True)[max(keep - 1, 0) :]
    for path in gone:
        path.unlink()
    return gone


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that gets its name only when it is complete and on the disk; only its owner may read it.

    Raises BackupError when there is one of that name already. Whoever is killed leaves a part that is no back-up;
    the next one in the folder removes it after some hours.
    """
    if path.exists():
        message = f"{path} is there already. A back-up is never written over."
        raise BackupError(message)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_PART}")
    try:
        _remove_stale(path.parent)
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except OSError as error:
        message = f"{path.parent}: {error.strerror}. The folder must be there and may be written to."
        raise BackupError(message) from error
    try:
        with os.fdopen(number, "wb", buffering=1 << 20) as raw:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
        _give_name(part, path)
    except OSError as error:
        message = f"{path} could not be written: {error.strerror or error}."
        raise BackupError(message) from error
    finally:
        with suppress(OSError):
            part.unlink()
    _sync_folder(path.parent)


def _give_name(part: Path, path: Path) -> None:
    """Name a complete file; unlike a renaming, a link never takes the name from a file that came meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as some network drives have
        if path.exists():
            raise
        part.rename(path)


def _remove_stale(folder: Path) -> None:
    before = datetime.now(UTC) - _STALE
    for part in folder.glob(f".*.backup.*{_PART}"):
        with suppress(FileNotFoundError):
            if datetime.fromtimestamp(part.stat().st_mtime, UTC) < before:
                part.unlink()


def _sync_folder(folder: Path) -> None:
    """Have the name on the disk too, where the system knows how."""
    if hasattr(os, "O_DIRECTORY"):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def must_lie_outside(path: Path, var: Path) -> None:
    """Refuse a back-up among the files that it holds, as it would hold itself and fill the disk. Raises BackupError."""
    here, kept = path.resolve(), var.resolve()
    if here.is_relative_to(kept) and here.relative_to(kept).parts[:1] != (BACKUPS,):
        message = (
            f"{path} lies in {var}, all of which goes into the back-up: it would hold itself, and all before it. "
            f"Choose a folder elsewhere, best on another disk; {var / BACKUPS} alone is left out."
        )
        raise BackupError(message)


def kept_files(var: Path) -> Iterator[Path]:
    """Yield the files of the var folder that no command could make again, sorted. Links are not followed."""
    for folder, names, files in os.walk(var):
        here = Path(folder)
        names[:] = sorted(
            name for name in names if not (here / name).is_symlink() and (here != var or name not in MADE_AGAIN)
        )
        for name in sorted(files):
            if (here / name).is_file() and not (here / name).is_symlink():
                yield here / name


class Reading:
    """A file while it is read or written: what was seen of it, however it grew meanwhile."""

    def __init__(self, var: Path, path: Path) -> None:
        self._name = path.relative_to(var).as_posix()
        self._hash, self._size = hashlib.sha256(), 0

    def take(self, block: bytes) -> bytes:
        """Return a block after it was counted."""
        self._hash.update(block)
        self._size += len(block)
        return block

    def blocks(self, raw: BinaryIO) -> Iterator[bytes]:
        """Yield its content as long as it is when it is begun: one that grows all the time has an end, too."""
        left = os.fstat(raw.fileno()).st_size
        while left and (block := raw.read(min(_BLOCK, left))):
            left -= len(block)
            yield self.take(block)

    def seen(self) -> StoredFile:
        """Return what it was."""
        return StoredFile(path=self._name, size=self._size, digest=self._hash.hexdigest())


class Staging:
    """Files of a back-up beside the var folder's own, until the database is restored too."""

    def __init__(self, var: Path, *, replace: bool) -> None:
        self._var, self._replace = var, replace
        self._folder = var / f".restore-{secrets.token_hex(4)}"
        self._names: list[str] = []

    def put(self, name: str, blocks: Iterable[bytes]) -> StoredFile:
        """Take a file. Raises DamagedError on a path that leads out of the folder, BackupError when one is there."""
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name or "\0" in name:
            message = "The back-up holds a file that would lie outside of the var folder."
            raise DamagedError(message)
        if (self._var / path).exists() and not self._replace:
            message = f"{self._var / path} is there already. With --replace it is written over."
            raise BackupError(message)
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        reading = Reading(self._folder, target)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as raw:
            for block in blocks:
                raw.write(reading.take(block))
        self._names.append(name)
        return reading.seen()

    def move_in(self) -> None:
        """Give the files their places."""
        for name in self._names:
            (self._var / name).parent.mkdir(parents=True, exist_ok=True)
            (self._folder / name).replace(self._var / name)

    def clear(self) -> None:
        """Remove what was not moved in."""
        for folder, names, files in os.walk(self._folder, topdown=False):
            for name in files:
                (Path(folder) / name).unlink()
            for name in names:
                (Path(folder) / name).rmdir()
        with suppress(FileNotFoundError):
            self._folder.rmdir()
