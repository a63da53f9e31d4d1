"""One PostgreSQL for the whole run, started before Django reads its settings; without fsync and autovacuum (tests only).

Tests work as the application's role, for which row-level security holds. They log in as the owner and take that role, so
that a test may be the owner for a statement (`tests.owner.as_owner`) inside its transaction.
"""

import os
import sys
from pathlib import Path

import psycopg

from tragnetz.config.database import READER, embedded_url, make_reader

# Some images forbid Python to keep what it compiled: a run starts hundreds of processes, and each compiled all of it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

FOLDER = Path(__file__).resolve().parent.parent / "var" / "test-postgres"


def start() -> str:
    """Start the run's cluster in the first process; the workers inherit its address.

    Nobody tidies up in it: its databases are short-lived copies.
    """
    url = embedded_url(FOLDER, "postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


def as_test_reader(owner_url: str) -> str:
    """Return the address by which the owner logs in and takes the application's role."""
    return f"{owner_url}{'&' if '?' in owner_url else '?'}assume_role={READER}"


if "TRAGNETZ_OWNER_URL" not in os.environ:
    os.environ["TRAGNETZ_OWNER_URL"] = os.environ.get("DATABASE_URL") or start()
    make_reader(os.environ["TRAGNETZ_OWNER_URL"])
    os.environ["DATABASE_URL"] = as_test_reader(os.environ["TRAGNETZ_OWNER_URL"])
