"""The database's disk is full: nothing that was said to be kept is lost, and all goes on when there is room again."""

import os
import pwd
import uuid

import psycopg
import pytest

from tests.failure.booking import answer
from tests.failure.conftest import kept
from tests.load.disks import CannotMountError, filled, small_disk
from tests.owner import owner_conninfo
from tests.races.test_booking_rush import Visitor, apart
from tests.server import serve

TABLES = ("appointments_booking", "casework_enquiry", "clients_contact")


@pytest.fixture
def disk():
    """A small disk that the database's own user may write to."""
    try:
        owner = pwd.getpwnam("embedded_postgres")
        with small_disk(24) as where:
            os.chown(where, owner.pw_uid, owner.pw_gid)
            yield where
    except (CannotMountError, KeyError):
        pytest.skip("needs root, to mount a small disk, and the embedded server")


@pytest.fixture
def small_tables(committed_herne, disk):
    """The tables that a booking writes, on the small disk."""
    folder = disk / "tables"
    folder.mkdir()
    os.chown(folder, disk.stat().st_uid, disk.stat().st_gid)
    with psycopg.connect(owner_conninfo(), autocommit=True) as cursor:
        cursor.execute(f"CREATE TABLESPACE small LOCATION '{folder}'")
        try:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} SET TABLESPACE small")
            yield disk
        finally:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} SET TABLESPACE pg_default")
            cursor.execute("DROP TABLESPACE small")


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_of_the_database_refuses_clearly_and_keeps_what_was_promised(small_tables, tmp_path):
    promised, refused = [], None
    with serve(tmp_path) as site:
        visitor = Visitor(site)
        slots = iter(apart(visitor.slots()[4:]))
        with filled(small_tables):
            for _ in range(60):
                slot, key = next(slots), uuid.uuid4().hex
                status, text, _headers = answer(visitor, slot, key)
                if status == 503:
                    refused = (slot, key, text)
                    break
                promised += [key] if status == 200 else []
            assert refused is not None
        slot, key, text = refused
        assert answer(visitor, slot, key)[0] == 200

    assert "02323 16-9167" in text
    assert "Traceback" not in text
    assert kept([*promised, key]) == (len(promised) + 1, 0)
