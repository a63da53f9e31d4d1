"""A row of either network in every table, for raw SQL of tests; made from the models.

They are planted on a connection of the owner's, who lifts all other constraints for it. Nothing of it is committed, and
nothing else can use these tables meanwhile.
"""

import uuid

import psycopg
from django.db import models
from psycopg import sql

from tragnetz.network.database.rows import scoped_models, scoped_tables

OURS, FOREIGN = uuid.uuid4(), uuid.uuid4()
TABLES = scoped_tables()


def lift_all_but_policies(owner: psycopg.Connection, table: str) -> None:
    """Let a table take any row."""
    name = sql.Identifier(table)
    owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(name))
    found = owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x', 'u')", [table]
    ).fetchall()
    for (constraint,) in found:
        owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {} CASCADE").format(name, sql.Identifier(constraint)))
    found = owner.execute(
        """SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
           WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary
             AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)""",
        [table],
    ).fetchall()
    for (index,) in found:
        owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
    found = owner.execute(
        """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnotnull AND attnum > 0
             AND attname <> 'network_id' AND attnum <> ALL (
               SELECT unnest(indkey::int2[]) FROM pg_index WHERE indrelid = attrelid AND indisprimary)""",
        [table],
    ).fetchall()
    for (column,) in found:
        owner.execute(sql.SQL("ALTER TABLE {} ALTER {} DROP NOT NULL").format(name, sql.Identifier(column)))


def key_of(table: str) -> str:
    """Return the column of the primary key, beside the network, that a row needs; empty if the network is the key."""
    model = next(one for one in scoped_models() if one._meta.db_table == table)
    return "" if model._meta.pk.name == "network" else model._meta.pk.column


def insert(table: str) -> sql.Composed:
    """Return the statement that writes a row of nothing but its key and its network."""
    columns = [column for column in (key_of(table), "network_id") if column]
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.Placeholder() for _column in columns),
    )


def row(table: str, network: uuid.UUID) -> list[object]:
    """Return the values of such a row."""
    if not key_of(table):
        return [network]
    model = next(one for one in scoped_models() if one._meta.db_table == table)
    is_number = isinstance(model._meta.pk, models.BigAutoField)
    return [uuid.uuid4().int % 2**31 if is_number else uuid.uuid4(), network]


def see(asked: psycopg.Connection, network: uuid.UUID | None) -> None:
    """Tell a connection the network in scope."""
    asked.execute("SELECT set_config('tragnetz.network', %s, true)", [str(network or "")])
