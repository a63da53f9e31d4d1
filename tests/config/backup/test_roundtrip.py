"""What is restored is what was backed up, to the last byte, however much was written meanwhile."""

import re
import threading

import psycopg
import pytest
from django.db import connections, transaction

from tests.config.backup.conftest import scalar
from tests.processes import PATIENCE
from tragnetz.audit.commands import record
from tragnetz.config.backup.database import digests, snapshot, tables_of
from tragnetz.config.backup.inspect import prove
from tragnetz.config.backup.restore import restore_into
from tragnetz.network.actors import system
from tragnetz.network.scope import scope
from tragnetz.vault.models import DataKey

PAIRS = """SELECT (SELECT count(*) FROM vault_datakey) = (SELECT count(*) FROM audit_event WHERE verb = 'test:pair')"""


def _digests(conninfo):
    with psycopg.connect(conninfo) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return digests(connection, tables_of(connection))


def _said(schema: bytes) -> str:
    """Return statements without brackets and casts: PostgreSQL prints an expression that it printed before anew.

    Its headings are left out, too: of the lock on rows nothing else comes along.
    """
    lines = (line for line in schema.decode().splitlines() if line and not line.startswith("--"))
    return re.sub(r"[()\[\]]|::text|::character varying", "", "\n".join(lines))


class Writers:
    """Threads that write pairs, a row in each of two tables, in one transaction each."""

    def __init__(self, network, number: int) -> None:
        self._network, self._stop, self._committed = network, threading.Event(), threading.Semaphore(0)
        self._threads = [threading.Thread(target=self._write) for _ in range(number)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def wait_for(self, more: int) -> None:
        """Wait until so many more are committed from now on, whatever was before."""
        while self._committed.acquire(blocking=False):
            pass
        for _ in range(more):
            assert self._committed.acquire(timeout=PATIENCE)

    def _write(self) -> None:
        try:
            with scope(self._network):
                while not self._stop.is_set():
                    with transaction.atomic():
                        DataKey(network=self._network).save()
                        record(system(self._network), "test:pair")
                    self._committed.release()
        finally:
            connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_backup_under_write_load_is_restored_to_the_last_byte(committed_herne, place, empty_database):
    (place.var / "papers").mkdir()
    (place.var / "papers" / "one.pdf").write_bytes(b"%PDF-1.7 invented" * 5000)
    (place.var / "postgres").mkdir()
    (place.var / "postgres" / "PG_VERSION").write_text("18")

    with Writers(committed_herne, 3) as writers:
        writers.wait_for(20)
        written = place.back_up(during=lambda: writers.wait_for(20))
        writers.wait_for(20)
    proven = prove(written.path, place.secret)
    target = place.folder.parent / "new"
    target.mkdir()
    restore_into(written.path, proven, conninfo=empty_database, var=target, replace=False)

    assert _digests(empty_database) == list(written.summary.tables)
    assert _digests(place.conninfo) != list(written.summary.tables)  # it was written to meanwhile
    assert scalar(empty_database, "SELECT count(*) FROM vault_datakey") >= 20
    assert scalar(empty_database, PAIRS)  # no transaction was torn
    restored = [path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()]
    assert restored == ["papers/one.pdf"]
    assert (target / "papers" / "one.pdf").read_bytes() == b"%PDF-1.7 invented" * 5000


@pytest.mark.django_db(transaction=True)
def test_without_one_snapshot_the_same_load_tears_pairs(committed_herne, place):
    """The negative control: read one table after the other, and the writers show through."""
    with Writers(committed_herne, 3) as writers, psycopg.connect(place.conninfo, autocommit=True) as reader:
        keys = reader.execute("SELECT count(*) FROM vault_datakey").fetchone()
        writers.wait_for(20)
        events = reader.execute("SELECT count(*) FROM audit_event WHERE verb = 'test:pair'").fetchone()

    assert keys != events


def test_the_restored_schema_is_the_same(standing_herne, place, empty_database):
    written = place.back_up()

    restore_into(
        written.path, prove(written.path, place.secret), conninfo=empty_database, var=place.folder, replace=False
    )

    with snapshot(place.conninfo) as before, snapshot(empty_database) as after:
        for section in ("pre-data", "post-data"):
            assert _said(after.schema(section)) == _said(before.schema(section))
        assert after.sequences() == before.sequences()
        assert after.tables == before.tables
