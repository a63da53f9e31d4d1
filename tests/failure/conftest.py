"""A database that can be taken away, and looks at what was promised."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from tests.owner import as_owner, owner_conninfo


@pytest.fixture
def away(committed_herne):
    """Give a context in which the test's database ends every connection and takes no new one."""

    @contextmanager
    def gone() -> Iterator[None]:
        name = Identifier(connection.settings_dict["NAME"])
        connection.close()
        with psycopg.connect(owner_conninfo("postgres"), autocommit=True) as server:
            server.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name.as_string()[1:-1]]
            )
            try:
                yield
            finally:
                server.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))

    return gone


def kept(promised: list[str]) -> tuple[int, int]:
    """Return how many promised bookings are there once, and how many bookings overlap."""
    from tests.races.test_all_paths import overlaps

    with as_owner() as cursor:  # whatever network they are of
        cursor.execute(
            "SELECT count(*), count(DISTINCT idempotency_key) FROM appointments_booking"
            " WHERE idempotency_key = ANY(%s) AND state = 'booked'",
            [promised],
        )
        rows, keys = cursor.fetchone()
        return (keys if rows == keys else -1), overlaps()
