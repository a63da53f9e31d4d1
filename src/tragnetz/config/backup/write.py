"""Make a back-up: one pass over the database and the files, into one sealed file."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from psycopg import Error

from tragnetz.config.backup import contents
from tragnetz.config.backup.container import Sealer, write_head
from tragnetz.config.backup.contents import About, Summary
from tragnetz.config.backup.database import Snapshot, digests_at, refused, snapshot
from tragnetz.config.backup.entries import Entry, write_end
from tragnetz.config.backup.files import Reading, kept_files, must_lie_outside, name_of, new_file
from tragnetz.config.backup.keys import Seals, lock
from tragnetz.config.backup.ring import ring_of, signing
from tragnetz.vault.sealing import KEY_BYTES


@dataclass(frozen=True, slots=True)
class Written:
    """A back-up that lies on the disk. `content` counts bytes before they were squeezed."""

    path: Path
    about: About
    summary: Summary
    size: int
    content: int
    seconds: float


def write_backup(
    where: Path, seals: Seals, *, conninfo: str, var: Path, version: str, now: datetime,
    during: Callable[[], None] = lambda: None,
) -> Written:  # fmt: skip
    """Write a back-up to a file, or into a folder under a name with networks and time.

    `during` is called once the database is held still. Raises BackupError; then there is no file.
    """
    try:
        return _write(where, seals, conninfo=conninfo, var=var, version=version, now=now, during=during)
    except Error as error:
        raise refused(error) from error


def _write(
    where: Path, seals: Seals, *, conninfo: str, var: Path, version: str, now: datetime, during: Callable[[], None]
) -> Written:
    begun = time.monotonic()
    data_key = os.urandom(KEY_BYTES)
    with snapshot(conninfo) as taken, ThreadPoolExecutor(1) as beside:
        summing = beside.submit(digests_at, taken)
        during()
        about = _about(taken, data_key, version=version, now=now)
        path = where / name_of(about.networks, now) if where.is_dir() else where
        must_lie_outside(path, var)
        with new_file(path) as raw:
            counting = _Counting(Sealer(raw, data_key, write_head(raw, lock(data_key, seals))))
            _entry(counting, contents.ABOUT, about.written())
            _database(counting, taken)
            files, left_out = _files(counting, var)
            summary = Summary(
                tables=tuple(summing.result()), sequences=taken.sequences(), files=files, left_out=left_out
            )
            _entry(counting, contents.SUMMARY, summary.model_dump_json().encode())
            write_end(counting)
            counting.close()
    size = path.stat().st_size
    return Written(path, about, summary, size, counting.content, time.monotonic() - begun)


class _Counting:
    """A sealer with a count of what was taken before it was squeezed."""

    def __init__(self, sealer: Sealer) -> None:
        self.write, self.close, self.content = sealer.write, sealer.close, 0


def _about(taken: Snapshot, data_key: bytes, *, version: str, now: datetime) -> About:
    return About(
        version=version,
        made_at=now,
        networks=tuple(taken.column("network_network", "key")),
        migrations=tuple(taken.pairs("django_migrations", "app", "name")),
        server=taken.server,
        ring=ring_of(data_key),
        signing=signing(),
        tables=taken.tables,
    )


def _entry(sink: _Counting, name: str, content: bytes) -> None:
    with Entry(sink, name) as entry:
        entry.write(content)
    sink.content += len(content)


def _database(sink: _Counting, taken: Snapshot) -> None:
    _entry(sink, contents.BEFORE, taken.schema("pre-data"))
    for table in taken.tables:
        with Entry(sink, contents.TABLE + table.label) as entry:
            for row in taken.rows(table):
                entry.write(row)
                sink.content += len(row)
    _entry(sink, contents.AFTER, taken.schema("post-data"))


def _files(sink: _Counting, var: Path) -> tuple[tuple[contents.StoredFile, ...], tuple[str, ...]]:
    """Take the files after the database: whatever a row of the snapshot names is there, if nobody deleted it since."""
    found, left_out = [], []
    for path in kept_files(var):
        reading = Reading(var, path)
        try:
            raw: BinaryIO = path.open("rb")
        except FileNotFoundError:
            continue
        except OSError:
            left_out.append(path.relative_to(var).as_posix())
            continue
        with raw, Entry(sink, contents.FILE + path.relative_to(var).as_posix()) as entry:
            for block in reading.blocks(raw):
                entry.write(block)
                sink.content += len(block)
        found.append(reading.seen())
    return tuple(found), tuple(left_out)
