"""The edition of a directory: the database gives it a new number whenever something of it that is shown has changed.

Triggers do it at commit (migration 0006), so it holds for raw SQL and for other processes too. Whoever keeps something
reads the edition first and the directory after it: then what is kept is never older than its edition.
"""

from typing import NamedTuple

from django.db import connection

from tragnetz.network.scope import current_network_id

# The tables with a trigger for editions.
SHOWN = (
    "directory_authority", "directory_office", "directory_office_districts", "directory_paper", "directory_service",
    "directory_service_districts", "directory_service_papers", "directory_service_topics",
    "directory_serviceatlocation", "directory_situation", "directory_situation_topics", "directory_topic",
    "network_district", "network_locality", "network_organisation", "network_site",
)  # fmt: skip
# PostgreSQL counts what this transaction did to a table; the count may hold what those before it did, too (it is handed
# in once a second), never less. So a count above 0 asks for the lock that only a statement of this transaction left
# there. The look at all locks is the dearer one: hardly anybody has a count.
_EDITION = """
SELECT (SELECT number FROM directory_edition WHERE network_id = %(network)s),
    CASE WHEN pg_current_xact_id_if_assigned() IS NOT NULL AND (
        SELECT sum(pg_stat_get_xact_tuples_inserted(shown) + pg_stat_get_xact_tuples_updated(shown)
            + pg_stat_get_xact_tuples_deleted(shown))
        FROM unnest(%(shown)s::regclass[]::oid[]) AS shown
    ) > 0 THEN (
        SELECT pg_current_xact_id_if_assigned()::text FROM pg_locks
        WHERE pid = pg_backend_pid() AND locktype = 'relation' AND mode = 'RowExclusiveLock'
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND relation = ANY(%(shown)s::regclass[]::oid[])
        LIMIT 1
    ) END
"""


class State(NamedTuple):
    """Which state of a directory somebody sees. Numbers differ, no more: they are never used again, nor in order.

    `unfinished` is a transaction that has changed something of the directory and is not committed: it sees what nobody
    else does. One that wrote elsewhere, an event of the audit trail say, sees what all see.
    """

    number: int | None
    unfinished: str | None = None


def edition() -> State:
    """Return the edition of the network in scope; without a number where nothing was ever written."""
    with connection.cursor() as cursor:
        cursor.execute(_EDITION, {"network": current_network_id(), "shown": list(SHOWN)})
        return State(*cursor.fetchone())
