"""One PostgreSQL for the whole run, started before Django reads its settings; without fsync and autovacuum (tests only).

Tests work as the application's role, for which row-level security holds. They log in as the owner and take that role, so
that a test may be the owner for a statement (`tests.owner.as_owner`) inside its transaction.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from tragnetz.config.database import READER, embedded_url, make_reader

# Some images forbid Python to keep what it compiled: a run starts hundreds of processes, and each compiled all of it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

FOLDER = Path(__file__).resolve().parent.parent / "var" / "test-postgres"
MEMORY, ROOM = Path("/dev/shm"), 2_000_000_000  # a disk in memory, and the bytes that it must have free
COPIES = "copies"  # the tablespace there


def start() -> str:
    """Start the run's cluster in the first process; the workers inherit its address.

    Nobody tidies up in it: its databases are short-lived copies.
    """
    url = embedded_url(FOLDER, "postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        keep_copies_in_memory(connection)
    return url


def has_room() -> bool:
    """Whether there is a disk in memory with room for what tests make and throw away."""
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM


def keep_copies_in_memory(connection: psycopg.Connection) -> None:
    """Give the copies that tests work on a place in memory, where there is room: the originals stay on the disk.

    A copy has 1,600 files; to make them took up to a second of a core on a disk, and takes 0.03 s in memory.
    """
    place = MEMORY / f"tragnetz-{hashlib.sha256(str(FOLDER).encode()).hexdigest()[:12]}"
    known = connection.execute("SELECT 1 FROM pg_tablespace WHERE spcname = %s", [COPIES]).fetchone()
    room = has_room()
    if known and room and place.is_dir():
        return
    if known:  # the machine was started anew, or something else needs the room
        left = connection.execute(
            "SELECT datname FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace WHERE spcname = %s",
            [COPIES],
        )
        for (name,) in left.fetchall():
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
        connection.execute(SQL("DROP TABLESPACE {}").format(Identifier(COPIES)))
    shutil.rmtree(place, ignore_errors=True)
    if room:
        server = (FOLDER / "postmaster.pid").stat()
        place.mkdir(mode=0o700)
        os.chown(place, server.st_uid, server.st_gid)
        connection.execute(SQL("CREATE TABLESPACE {} LOCATION {}").format(Identifier(COPIES), Literal(str(place))))


def as_test_reader(owner_url: str) -> str:
    """Return the address by which the owner logs in and takes the application's role."""
    return f"{owner_url}{'&' if '?' in owner_url else '?'}assume_role={READER}"


if "TRAGNETZ_OWNER_URL" not in os.environ:
    os.environ["TRAGNETZ_OWNER_URL"] = os.environ.get("DATABASE_URL") or start()
    make_reader(os.environ["TRAGNETZ_OWNER_URL"])
    os.environ["DATABASE_URL"] = as_test_reader(os.environ["TRAGNETZ_OWNER_URL"])
