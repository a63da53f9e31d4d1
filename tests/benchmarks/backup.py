"""How fast everything goes into one sealed file, is proven, and is restored to the last byte; and how little memory it takes.

`make bench PART=backup GB=10` adds so many gigabytes of files, sealed in pieces of a megabyte as those of cases are. It
needs three times that on the disk: the database, the back-up, the database that is restored.
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
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
GIGABYTES = float(os.environ.get("TRAGNETZ_BACKUP_GB") or "0")
PIECE, MIB = 1_000_000, 1 << 20
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
        cursor.execute("DROP TABLE IF EXISTS bench_files")
        cursor.execute("CREATE TABLE bench_files (id bigint PRIMARY KEY, content bytea)")
        cursor.execute("ALTER TABLE bench_files ALTER content SET STORAGE EXTERNAL")  # as it is, it does not shrink
    try:
        _fill_files()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            on_disk = cursor.fetchone()[0] / 1e6
        free = shutil.disk_usage(settings.TRAGNETZ_VAR).free / 1e6
        if free < 2.2 * on_disk:
            message = f"{on_disk:.0f} MB need {2.2 * on_disk:.0f} MB on the disk for back-up and restore; {free:.0f} are free."
            raise SystemExit(message)
        connection.close()
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
            cursor.execute("DROP TABLE bench_bulk, bench_files")


def _fill_files() -> None:
    """Write pieces of chance, as sealed files are: in the database's own binary form, which is quick."""
    with (
        psycopg.connect(owner_conninfo()) as database,
        database.cursor() as cursor,
        cursor.copy("COPY bench_files FROM STDIN (FORMAT binary)") as rows,
    ):
        rows.set_types(["int8", "bytea"])
        for number in range(int(GIGABYTES * 1e9 / PIECE)):
            rows.write_row((number, os.urandom(PIECE)))


@contextmanager
def _memory(name: str) -> Iterator[None]:
    """Print how much memory this process and its children take at most, beside what they took before."""
    here, done, most = psutil.Process(), threading.Event(), [0.0]

    def taken() -> float:
        found = 0
        for process in (here, *here.children(recursive=True)):
            with suppress(psutil.Error):
                found += process.memory_info().rss
        return found / MIB

    def look() -> None:
        while not done.wait(0.2):
            most[0] = max(most[0], taken())

    before, looker = taken(), threading.Thread(target=look, daemon=True)
    looker.start()
    try:
        yield
    finally:
        done.set()
        looker.join()
        print(f"{f'  memory of {name}':<52} {before:.0f} MiB before, at most {max(most[0], before):.0f}", flush=True)


def _measure(folder: Path, on_disk: float, target: str, secret) -> None:
    empty = folder / "var"
    empty.mkdir()
    with _memory("the back-up"):
        written = write_backup(
            folder / "one.backup", secret.public, conninfo=owner_conninfo(), var=empty,
            version="0", now=now(),
        )  # fmt: skip
    _show(f"back-up ({on_disk:.0f} MB on disk, {written.size / 1e6:.0f} MB sealed)", on_disk, written.seconds)
    begun = time.perf_counter()
    with _memory("the proof"):
        proven = prove(written.path, secret)
    _show("proof of every byte", on_disk, time.perf_counter() - begun)
    begun = time.perf_counter()
    with _memory("the restore"):
        restore_into(written.path, proven, conninfo=target, var=empty, replace=False)
    _show("restore, compared to the last byte", on_disk, time.perf_counter() - begun)


def _show(name: str, megabytes: float, seconds: float) -> None:
    rate = megabytes / seconds
    print(
        f"{name:<52} {seconds:.1f} s, {rate:.0f} MB/s   10 GB in {TEN_GB / rate / 60:.1f} min   goal < {GOAL // 60} min",
        flush=True,
    )
