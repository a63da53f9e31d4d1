"""Writes one network into a sealed file: rows at one instant, and the files that are its own."""

import os
import uuid
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from psycopg import Error, IsolationLevel, sql

from tragnetz.audit.heads import file_of_heads
from tragnetz.config.backup import contents
from tragnetz.config.backup.container import Sealer, write_head
from tragnetz.config.backup.contents import About, StoredFile, Summary, TableSum
from tragnetz.config.backup.database import copied, refused
from tragnetz.config.backup.entries import Entry, Sink, write_end
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.backup.files import Reading, new_file
from tragnetz.config.backup.keys import Seals, lock
from tragnetz.config.backup.ring import ring_of, signing
from tragnetz.config.moving.rows import in_network, migrations_of, sums
from tragnetz.config.moving.tables import parts_of
from tragnetz.network.models import Network
from tragnetz.privacy.erasing import journal_file
from tragnetz.vault.sealing import KEY_BYTES


def files_of(network: Network) -> list[Path]:
    """Return the files of the var folder that are a network's own: its signed heads, and what was erased in it."""
    return [path for path in (file_of_heads(network), journal_file(network)) if path.exists()]


def export(network: Network, path: Path, seals: Seals, *, now: datetime) -> Summary:
    """Write a network that stands still into a new file; returns what is in it. Raises BackupError; then no file is."""
    must_stand_still(network)
    try:
        with new_file(path) as raw:
            data_key = os.urandom(KEY_BYTES)
            sealer = Sealer(raw, data_key, write_head(raw, lock(data_key, seals)))
            summary = _write(sealer, network, data_key, now)
            sealer.close()
            return summary
    except Error as error:
        raise refused(error) from error


def must_stand_still(network: Network) -> None:
    """Raise BackupError unless a network is frozen: else two would live on, and both send messages."""
    if network.frozen_at is None:
        message = f"{network.key} is in use. First let it stand still: tragnetz network freeze {network.key}"
        raise BackupError(message)


def _write(sink: Sink, network: Network, data_key: bytes, now: datetime) -> Summary:
    with in_network(network.pk) as connection:
        connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
        parts = parts_of(connection, network.pk)
        about = About(
            version=version("tragnetz"), made_at=now, networks=(network.key,), migrations=migrations_of(connection),
            server=connection.info.server_version, ring=ring_of(data_key), signing=signing(),
            tables=tuple(part.table for part in parts), network=str(network.pk),
        )  # fmt: skip
        _entry(sink, contents.ABOUT, about.written())
        for part in parts:
            with Entry(sink, contents.TABLE + part.table.label) as entry:
                for row in copied(connection, part.table, part.where):
                    entry.write(row)
        files = tuple(_file(sink, path) for path in files_of(network))
        summary = Summary(tables=sums(connection, parts), sequences=(), files=files, left_out=())
    _entry(sink, contents.SUMMARY, summary.model_dump_json().encode())
    write_end(sink)
    return summary


def _entry(sink: Sink, name: str, content: bytes) -> None:
    with Entry(sink, name) as entry:
        entry.write(content)


def _file(sink: Sink, path: Path) -> StoredFile:
    var = Path(settings.TRAGNETZ_VAR)
    reading = Reading(var, path)
    with path.open("rb") as raw, Entry(sink, contents.FILE + path.relative_to(var).as_posix()) as entry:
        for block in reading.blocks(raw):
            entry.write(block)
    return reading.seen()


def numbers_now(network_id: uuid.UUID) -> dict[str, int]:
    """Return how many rows a network has, by table."""
    with in_network(network_id) as connection:
        query = sql.SQL("SELECT count(*) FROM {} WHERE {}")
        return {
            part.name: (connection.execute(query.format(sql.Identifier(part.name), part.where)).fetchone() or (0,))[0]
            for part in parts_of(connection, network_id)
        }


def sums_now(network_id: uuid.UUID) -> tuple[TableSum, ...]:
    """Return number and digest of the rows of a network as they are now."""
    with in_network(network_id) as connection:
        connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
        return sums(connection, parts_of(connection, network_id))
