"""The edition of a directory: the database gives it a new number whenever something of it that is shown has changed.

Triggers do it at commit (migration 0006), so it holds for raw SQL and for other processes too. Whoever keeps something
reads the edition first and the directory after it: then what is kept is never older than its edition.
"""

from typing import NamedTuple

from django.db import connection

from tragnetz.network.scope import current_network_id


class State(NamedTuple):
    """Which state of a directory somebody sees. Numbers differ, no more: they are never used again, nor in order.

    `unfinished` is a transaction that has written something and is not committed: it sees what nobody else does.
    """

    number: int | None
    unfinished: str | None = None


def edition() -> State:
    """Return the edition of the network in scope; without a number where nothing was ever written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT number FROM directory_edition WHERE network_id = %s),"
            " pg_current_xact_id_if_assigned()::text",
            [current_network_id()],
        )
        return State(*cursor.fetchone())
