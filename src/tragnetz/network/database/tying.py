"""Ties every link to its network: PostgreSQL refuses a row that points to a row of another one (decision 0032).

PostgreSQL compares foreign keys past all policies. One that holds nothing but the id of the other row, as Django makes
it, lets a row point into another network. So each of them is replaced by one that holds the network of both rows. That
follows from what is in the database and is done by each `migrate` at its end, so a new link is tied before anybody uses
it. Nobody waits longer than for a statement that looks at no row: an index is built, and rows are compared, beside
those who write.
"""

from django.db import IntegrityError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper, truncate_name
from psycopg import sql

from tragnetz.network.database.crossing import links
from tragnetz.network.database.shape import ForeignKey, holds_network, links_of
from tragnetz.network.fields import NETWORK

LONGEST_NAME = 63  # bytes of a name in PostgreSQL

# A foreign key needs a unique index on just these columns, in whatever order.
_SERVED = """
SELECT EXISTS (
  SELECT FROM pg_index WHERE indrelid = %s::regclass AND indisunique AND indimmediate AND indisvalid
    AND indpred IS NULL AND indexprs IS NULL AND indnkeyatts = 2
    AND (SELECT count(*) FROM pg_attribute
         WHERE attrelid = indrelid AND attnum = ANY (indkey) AND attname IN (%s, 'network_id')) = 2)
"""


def tie_links(connection: BaseDatabaseWrapper) -> list[str]:
    """Give each link between rows of a network a foreign key that holds it, and take away the one that does not.

    For the owner of the tables, who says that all networks are meant (else no row would be compared), and outside of a
    transaction: an index is built while others write. Returns the links, as table.column, that could not be proven
    because a row points to another network already: new rows are refused from now on, these stay until somebody mends
    them and `migrate` runs again.
    """
    with connection.cursor() as cursor:
        _drop_led_elsewhere(connection, cursor)
        keys = links_of(cursor)
        loose = [key for key in keys if not holds_network(key)]
        for to, column in sorted({(key.to, key.keys[0]) for key in loose}):
            _make_unique(cursor, to, column)
        return [
            f"{key.table}.{key.columns[0]}" for key in loose if not _tie(connection, cursor, key, _tie_of(key, keys))
        ]


def untied_links(cursor: CursorWrapper) -> list[str]:
    """Return the links, as table.column, by which rows of two networks may be or are connected."""
    keys = links_of(cursor)
    return sorted({f"{key.table}.{_column(key)}" for key in keys if not (holds_network(key) and key.is_proven)})


def _column(key: ForeignKey) -> str:
    return next(column for column in key.columns if column != NETWORK)


def _tie_of(loose: ForeignKey, keys: list[ForeignKey]) -> ForeignKey | None:
    """Return the foreign key that does the same and holds the network, if there is one."""
    wanted = {(loose.columns[0], loose.keys[0]), (NETWORK, NETWORK)}
    of_link = (key for key in keys if (key.table, key.to) == (loose.table, loose.to))
    return next((key for key in of_link if set(zip(key.columns, key.keys, strict=True)) == wanted), None)


def _drop_led_elsewhere(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> None:
    """Take away what ties a link to a table that it led to before some migration: Django knows nothing of it."""
    wanted = {(link.table, link.column, link.to) for link in links()}
    for key in links_of(cursor):
        if holds_network(key) and (key.table, _column(key), key.to) not in wanted:
            _drop(connection, cursor, key)


def _make_unique(cursor: CursorWrapper, table: str, column: str) -> None:
    cursor.execute(_SERVED, [table, column])
    if cursor.fetchone() == (True,):
        return
    name = sql.Identifier(truncate_name(f"{table}_with_network", LONGEST_NAME))
    # What is there by this name is the half of one: building it was broken off.
    cursor.execute(sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(name))
    make = sql.SQL("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} ({}, {})")
    cursor.execute(make.format(name, sql.Identifier(table), sql.Identifier(column), sql.Identifier(NETWORK)))


def _tie(connection: BaseDatabaseWrapper, cursor: CursorWrapper, loose: ForeignKey, tie: ForeignKey | None) -> bool:
    """Replace a foreign key; returns whether the other one holds for all rows."""
    name = tie.name if tie else _add(connection, cursor, loose)
    if not (tie and tie.is_proven):
        validate = sql.SQL("ALTER TABLE {} VALIDATE CONSTRAINT {}")
        try:
            cursor.execute(validate.format(sql.Identifier(loose.table), sql.Identifier(name)))
        except IntegrityError:
            return False
    _drop(connection, cursor, loose)
    return True


def _add(connection: BaseDatabaseWrapper, cursor: CursorWrapper, loose: ForeignKey) -> str:
    """Add the foreign key that holds for new rows from now on; returns its name."""
    column, key = loose.columns[0], loose.keys[0]
    name = truncate_name(f"{loose.table}_{column}_network", LONGEST_NAME)
    add = sql.SQL(
        "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}, {}) REFERENCES {} ({}, {}) DEFERRABLE INITIALLY DEFERRED"
        " NOT VALID"
    )
    network, to = sql.Identifier(NETWORK), sql.Identifier(loose.to)
    with transaction.atomic(using=connection.alias):
        # The other table first, as those take it who write a row and then what points to it: no deadlock with them.
        cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(to))
        cursor.execute(
            add.format(
                sql.Identifier(loose.table), sql.Identifier(name), sql.Identifier(column), network,
                to, sql.Identifier(key), network,
            )
        )  # fmt: skip
    return name


def _drop(connection: BaseDatabaseWrapper, cursor: CursorWrapper, key: ForeignKey) -> None:
    with transaction.atomic(using=connection.alias):
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(key.to)))  # as above
        drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
        cursor.execute(drop.format(sql.Identifier(key.table), sql.Identifier(key.name)))
