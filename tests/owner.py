"""To be the owner of the tables for a statement or two, inside a test's own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tragnetz.config.backup.database import conninfo_of
from tragnetz.config.database import READER
from tragnetz.network.database.owner import owner_settings


@contextmanager
def as_owner() -> Iterator[Any]:
    """Yield a cursor of the owner, who may alter tables and sees all networks; then the application's role again."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            yield cursor
        finally:
            if not connection.needs_rollback:
                cursor.execute(f"SET ROLE {READER}")


def owner_conninfo(name: str = "") -> str:
    """Return the owner's address of the database in use, or of another one beside it, as libpq wants it."""
    return conninfo_of(owner_settings("back up and restore") | ({"NAME": name} if name else {}))
