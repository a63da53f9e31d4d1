"""PostgreSQL itself keeps networks apart: raw SQL on every table with rows of a network, made from the models.

They work on a connection of the owner's, who lifts all other constraints to plant a row of either network in every table,
and then takes the application's role. Nothing of it is committed, and nothing else can use these tables meanwhile.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, models
from psycopg import errors, sql

from tests.owner import owner_conninfo
from tragnetz.config.database import READER
from tragnetz.network.database.rows import (
    OF_THE_INSTALLATION,
    POLICY,
    lock_tables,
    scoped_models,
    scoped_tables,
    unlocked_tables,
)

OURS, FOREIGN = uuid.uuid4(), uuid.uuid4()
TABLES = scoped_tables()


@pytest.fixture(scope="module")
def planted() -> Iterator[psycopg.Connection]:
    """A connection of the owner's to tables that hold one row of either network each."""
    with psycopg.connect(owner_conninfo()) as owner:
        for table in TABLES:
            _lift_all_but_policies(owner, table)
            for network in (OURS, FOREIGN):
                owner.execute(_insert(table), _row(table, network))
        yield owner
        owner.rollback()


@pytest.fixture
def owner(db, planted) -> Iterator[psycopg.Connection]:
    """The owner, whose deeds in a test are taken back after it."""
    with planted.transaction(force_rollback=True):
        yield planted


@pytest.fixture
def rows(owner) -> psycopg.Connection:
    """A connection that works as the application does."""
    owner.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(READER)))
    return owner


def _lift_all_but_policies(owner: psycopg.Connection, table: str) -> None:
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


def _key(table: str) -> str:
    """Return the column of the primary key, beside the network, that a row needs; empty if the network is the key."""
    model = next(one for one in scoped_models() if one._meta.db_table == table)
    return "" if model._meta.pk.name == "network" else model._meta.pk.column


def _insert(table: str) -> sql.Composed:
    columns = [column for column in (_key(table), "network_id") if column]
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.Placeholder() for _column in columns),
    )


def _row(table: str, network: uuid.UUID) -> list[object]:
    if not _key(table):
        return [network]
    model = next(one for one in scoped_models() if one._meta.db_table == table)
    is_number = isinstance(model._meta.pk, models.BigAutoField)
    return [uuid.uuid4().int % 2**31 if is_number else uuid.uuid4(), network]


def _see(asked: psycopg.Connection, network: uuid.UUID | None) -> None:
    asked.execute("SELECT set_config('tragnetz.network', %s, true)", [str(network or "")])


def _count(asked: psycopg.Connection, table: str) -> int:
    row = asked.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def _refused(asked: psycopg.Connection) -> Iterator[None]:
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"), asked.transaction():
        yield


def _run(asked: psycopg.Connection, statement: str, table: str, *values: object) -> int:
    return asked.execute(sql.SQL(statement).format(sql.Identifier(table)), values).rowcount  # type: ignore[arg-type]  # ours


def test_the_role_of_the_tests_is_neither_above_policies_nor_an_owner(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_every_table_is_locked_or_named_as_the_installations(db):
    with connection.cursor() as cursor:
        assert unlocked_tables(cursor) == []
        there = set(connection.introspection.table_names(cursor))

    assert there - set(TABLES) == set(OF_THE_INSTALLATION) & there
    assert len(TABLES) > 140


def test_every_row_of_a_network_says_which(db):
    nullable = [model._meta.db_table for model in scoped_models() if model._meta.get_field("network").null]

    assert nullable == []


def test_a_table_that_nobody_locked_is_found(owner):
    owner.execute(sql.SQL("DROP POLICY {} ON casework_note").format(sql.Identifier(POLICY)))
    owner.execute("ALTER TABLE casework_goal NO FORCE ROW LEVEL SECURITY")
    owner.execute("ALTER TABLE casework_step DISABLE ROW LEVEL SECURITY")

    assert sorted(unlocked_tables(owner.cursor())) == ["casework_goal", "casework_note", "casework_step"]


def test_raw_sql_reads_the_rows_of_the_network_in_scope_alone(rows):
    _see(rows, OURS)

    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 1)
    seen = {
        table: rows.execute(sql.SQL("SELECT network_id FROM {}").format(sql.Identifier(table))).fetchone()
        for table in TABLES
    }
    assert seen == dict.fromkeys(TABLES, (OURS,))


def test_raw_sql_reads_nothing_without_a_scope(rows):
    _see(rows, None)
    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 0)

    rows.execute("RESET tragnetz.network")
    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 0)


def test_raw_sql_changes_and_deletes_no_foreign_row(rows):
    _see(rows, OURS)

    for table in TABLES:
        assert _run(rows, "UPDATE {} SET network_id = network_id WHERE network_id = %s", table, FOREIGN) == 0, table
        assert _run(rows, "UPDATE {} SET network_id = network_id", table) == 1, table
        assert _run(rows, "DELETE FROM {} WHERE network_id = %s", table, FOREIGN) == 0, table
        assert _run(rows, "DELETE FROM {}", table) == 1, table
    _see(rows, FOREIGN)
    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 1)


def test_raw_sql_puts_no_row_into_a_foreign_network(rows):
    _see(rows, OURS)

    for table in TABLES:
        with _refused(rows):
            rows.execute(_insert(table), _row(table, FOREIGN))
        with _refused(rows):
            _run(rows, "UPDATE {} SET network_id = %s", table, FOREIGN)


def test_raw_sql_writes_nothing_without_a_scope(rows):
    _see(rows, None)

    for table in TABLES:
        with _refused(rows):
            rows.execute(_insert(table), _row(table, OURS))


def test_the_application_cannot_say_that_it_means_all_networks(rows):
    _see(rows, OURS)
    rows.execute("SET LOCAL tragnetz.every_network = 'on'")

    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 1)


def test_the_application_empties_no_table_past_its_policies(rows):
    _see(rows, OURS)

    for table in TABLES:
        with pytest.raises(errors.InsufficientPrivilege, match="permission denied"), rows.transaction():
            _run(rows, "TRUNCATE {} CASCADE", table)


def test_without_the_lock_the_same_statements_leak(rows):
    """The negative control: what the tests above refuse is there to be seen."""
    rows.execute("RESET ROLE")
    for table in TABLES:
        rows.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))
    rows.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(READER)))
    _see(rows, OURS)

    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 2)
    for table in TABLES:
        assert _run(rows, "DELETE FROM {} WHERE network_id = %s", table, FOREIGN) == 1, table


def test_an_owner_who_is_no_superuser_is_held_too_until_it_says_every_network(owner):
    """As on a server where the owner is a plain role: FORCE holds for it, and `migrate` and back-ups see all."""
    for name in ("plain_owner", "plain_app"):
        owner.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
    owner.execute("GRANT USAGE, CREATE ON SCHEMA public TO plain_owner")
    for table in (*TABLES, *OF_THE_INSTALLATION):
        owner.execute(sql.SQL("ALTER TABLE IF EXISTS {} OWNER TO plain_owner").format(sql.Identifier(table)))
    owner.execute("ALTER SEQUENCE directory_edition_number OWNER TO plain_owner")
    owner.execute("SET LOCAL ROLE plain_owner")
    lock_tables(_Lent(owner), reader="plain_app")
    assert _count(owner, "casework_note") == 0

    owner.execute("SET LOCAL tragnetz.every_network = 'on'")
    assert _count(owner, "casework_note") == 2

    owner.execute("RESET ROLE; SET LOCAL ROLE plain_app")
    assert _count(owner, "casework_note") == 0
    _see(owner, OURS)
    assert _count(owner, "casework_note") == 1


class _Lent:
    """A connection of psycopg's, with as much of Django's as `lock_tables` asks for."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.cursor = connection.cursor
