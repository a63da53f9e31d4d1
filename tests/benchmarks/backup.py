"""How fast everything goes into one sealed file, is proven, and is restored to the last byte."""

import os
import tempfile
import time
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

from tests.owner import as_owner, owner_conninfo
from tragnetz.config.backup.inspect import prove
from tragnetz.config.backup.keys import new_secret
from tragnetz.config.backup.restore import restore_into
from tragnetz.config.backup.write import write_backup
from tragnetz.core.clock import now
from tragnetz.network.models import Network

# As sealed texts are: they do not shrink. 160 bytes a row.
ROWS = int(os.environ.get("TRAGNETZ_BACKUP_ROWS", "600000"))
BULK = """CREATE TABLE bench_bulk AS SELECT id::bigint, decode(
    md5(random()::text) || md5(random()::text) || md5(random()::text) || md5(random()::text) || md5(random()::text)
    || md5(random()::text) || md5(random()::text) || md5(random()::text) || md5(random()::text) || md5(random()::text),
    'hex') AS content FROM generate_series(1, %s) id"""
TEN_GB, GOAL = 10_000, 15 * 60


def backup(network: Network) -> None:
    """Back up the demo with bulk beside it, prove it, restore it into a database that goes again."""
    name, secret = "bench_restored", new_secret()
    with as_owner() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bulk")
        cursor.execute(BULK, [ROWS])
        cursor.execute("ALTER TABLE bench_bulk ADD PRIMARY KEY (id)")
        cursor.execute("SELECT pg_database_size(current_database())")
        on_disk = cursor.fetchone()[0] / 1e6
    connection.close()
    try:
        with (
            psycopg.connect(owner_conninfo("postgres"), autocommit=True) as server,
            tempfile.TemporaryDirectory(dir=settings.TRAGNETZ_VAR) as folder,
        ):
            server.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
            server.execute(SQL("CREATE DATABASE {} TEMPLATE template1").format(Identifier(name)))
            try:
                _measure(Path(folder), on_disk, owner_conninfo(name), secret)
            finally:
                server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
    finally:
        with as_owner() as cursor:
            cursor.execute("DROP TABLE bench_bulk")


def _measure(folder: Path, on_disk: float, target: str, secret) -> None:
    empty = folder / "var"
    empty.mkdir()
    written = write_backup(
        folder / "one.backup", secret.public, conninfo=owner_conninfo(), var=empty,
        version="0", now=now(),
    )  # fmt: skip
    _show(f"back-up ({on_disk:.0f} MB on disk, {written.size / 1e6:.0f} MB sealed)", on_disk, written.seconds)
    begun = time.perf_counter()
    proven = prove(written.path, secret)
    _show("proof of every byte", on_disk, time.perf_counter() - begun)
    begun = time.perf_counter()
    restore_into(written.path, proven, conninfo=target, var=empty, replace=False)
    _show("restore, compared to the last byte", on_disk, time.perf_counter() - begun)


def _show(name: str, megabytes: float, seconds: float) -> None:
    rate = megabytes / seconds
    print(
        f"{name:<52} {seconds:.1f} s, {rate:.0f} MB/s   10 GB in {TEN_GB / rate / 60:.1f} min   goal < {GOAL // 60} min",
        flush=True,
    )
