"""Reads the rows of one network out of a database, and puts them into another, as the application's role.

Below the second lock: what is read is of the network that the connection was told, and PostgreSQL refuses to write any
other row. Each statement names the network besides.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import LiteralString

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import sql

from tragnetz.config.backup.contents import Table, TableSum
from tragnetz.config.backup.database import SETTINGS, conninfo_of, digest
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.moving.tables import ACCOUNTS, Part
from tragnetz.network.fields import SETTING

_STAGED: LiteralString = "arriving"  # a table of this transaction alone
_MIGRATIONS: LiteralString = "SELECT app, name FROM public.django_migrations ORDER BY app, name"


@contextmanager
def in_network(network_id: uuid.UUID) -> Iterator[psycopg.Connection]:
    """Open a connection of its own, which sees one network; one transaction, all or nothing."""
    at = connections[DEFAULT_DB_ALIAS].settings_dict
    with psycopg.connect(conninfo_of(at), autocommit=True) as connection:
        connection.execute(SETTINGS)
        connection.execute("SET search_path = public")  # triggers name tables without it
        if role := at["OPTIONS"].get("assume_role"):
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        connection.execute(sql.SQL("SET {} = {}").format(sql.SQL(SETTING), sql.Literal(str(network_id))))
        connection.autocommit = False
        yield connection


def migrations_of(connection: psycopg.Connection) -> tuple[tuple[str, str], ...]:
    """Return what the tables went through."""
    return tuple((app, name) for app, name in connection.execute(_MIGRATIONS).fetchall())


def sums(connection: psycopg.Connection, parts: Iterable[Part]) -> tuple[TableSum, ...]:
    """Return number and digest of the rows of each part."""
    return tuple(digest(connection, part.table, part.where) for part in parts)


def put(connection: psycopg.Connection, part: Part, rows: Iterable[bytes], known: list[uuid.UUID]) -> None:
    """Write rows that were copied elsewhere, but for those of accounts that are known here already.

    COPY writes into no locked table, so they go by way of one that is gone with the transaction.
    """
    columns = sql.SQL(", ").join(map(sql.Identifier, part.table.columns))
    table, staged = sql.Identifier("public", part.name), sql.Identifier(_STAGED)
    connection.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} AS SELECT {} FROM {} WITH NO DATA").format(staged, columns, table)
    )
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(staged, columns)
    with connection.cursor() as cursor, cursor.copy(copy) as into:
        for block in rows:
            into.write(block)
    if part.name == ACCOUNTS:
        known += _known_accounts(connection)
    where: sql.Composable = sql.SQL("true")
    if part.account:
        where = sql.SQL("{} <> ALL ({})").format(sql.Identifier(part.account), sql.Literal(known))
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} WHERE {}").format(table, columns, columns, staged, where)
    )
    connection.execute(sql.SQL("DROP TABLE {}").format(staged))


def _known_accounts(connection: psycopg.Connection) -> list[uuid.UUID]:
    """Return which arriving accounts are here already, from a network that came before. Raises BackupError.

    Their keys open with their password: it must be the same one. An address stands for one account on a server.
    """
    staged = sql.Identifier(_STAGED)
    others = connection.execute(
        sql.SQL(
            "SELECT count(*) FROM {} AS new JOIN public.network_user AS old ON lower(old.email) = lower(new.email)"
            " WHERE old.id <> new.id"
        ).format(staged)
    ).fetchone()
    if others != (0,):
        message = (
            f"{others[0] if others else 0} people who work in this network have another account here, with the same "
            "address. Change the address of one of the two accounts, or end it, and try again."
        )
        raise BackupError(message)
    same = connection.execute(
        sql.SQL(
            "SELECT old.id, old.password = new.password FROM {} AS new JOIN public.network_user AS old USING (id)"
        ).format(staged)
    ).fetchall()
    if not all(is_same for _id, is_same in same):
        message = (
            "Somebody who works in this network has an account here too, with another password: what is sealed for "
            "them would not open. Let them set the same password at both places, and try again."
        )
        raise BackupError(message)
    return [one for one, _is_same in same]


def must_fit(made: Iterable[Table], here: Iterable[Table]) -> None:
    """Raise BackupError when tables have other columns than where the rows come from."""
    ours = {table.label: set(table.columns) for table in here}
    wrong = [table.label for table in made if ours.get(table.label) != set(table.columns)]
    if wrong or len(ours) != len(list(made)):
        message = f"The tables here are other ones than there: {', '.join(wrong) or 'some are missing'}."
        raise BackupError(message)
