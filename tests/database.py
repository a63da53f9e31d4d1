"""One PostgreSQL for the whole run, started before Django reads its settings; without fsync and autovacuum (tests only)."""

import os
from pathlib import Path

import psycopg

from tragnetz.config.database import embedded_url

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


if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = start()
