"""PostgreSQL itself keeps networks apart: raw SQL on every table with rows of a network, made from the models.

They work on tables that hold one row of either network each (`planting`), as the application's role.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from psycopg import errors, sql

from tests.network.planting import FOREIGN, OURS, TABLES, insert, row, see
from tragnetz.config.database import READER
from tragnetz.network.database.rows import (
    OF_THE_INSTALLATION,
    POLICY,
    lock_tables,
    scoped_models,
    unlocked_tables,
)


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
    see(rows, OURS)

    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 1)
    seen = {
        table: rows.execute(sql.SQL("SELECT network_id FROM {}").format(sql.Identifier(table))).fetchone()
        for table in TABLES
    }
    assert seen == dict.fromkeys(TABLES, (OURS,))


def test_raw_sql_reads_nothing_without_a_scope(rows):
    see(rows, None)
    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 0)

    rows.execute("RESET tragnetz.network")
    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 0)


def test_raw_sql_changes_and_deletes_no_foreign_row(rows):
    see(rows, OURS)

    for table in TABLES:
        assert _run(rows, "UPDATE {} SET network_id = network_id WHERE network_id = %s", table, FOREIGN) == 0, table
        assert _run(rows, "UPDATE {} SET network_id = network_id", table) == 1, table
        assert _run(rows, "DELETE FROM {} WHERE network_id = %s", table, FOREIGN) == 0, table
        assert _run(rows, "DELETE FROM {}", table) == 1, table
    see(rows, FOREIGN)
    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 1)


def test_raw_sql_puts_no_row_into_a_foreign_network(rows):
    see(rows, OURS)

    for table in TABLES:
        with _refused(rows):
            rows.execute(insert(table), row(table, FOREIGN))
        with _refused(rows):
            _run(rows, "UPDATE {} SET network_id = %s", table, FOREIGN)


def test_raw_sql_writes_nothing_without_a_scope(rows):
    see(rows, None)

    for table in TABLES:
        with _refused(rows):
            rows.execute(insert(table), row(table, OURS))


def test_the_application_cannot_say_that_it_means_all_networks(rows):
    see(rows, OURS)
    rows.execute("SET LOCAL tragnetz.every_network = 'on'")

    assert {table: _count(rows, table) for table in TABLES} == dict.fromkeys(TABLES, 1)


def test_the_application_empties_no_table_past_its_policies(rows):
    see(rows, OURS)

    for table in TABLES:
        with pytest.raises(errors.InsufficientPrivilege, match="permission denied"), rows.transaction():
            _run(rows, "TRUNCATE {} CASCADE", table)


def test_without_the_lock_the_same_statements_leak(rows):
    """The negative control: what the tests above refuse is there to be seen."""
    rows.execute("RESET ROLE")
    for table in TABLES:
        rows.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))
    rows.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(READER)))
    see(rows, OURS)

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
    see(owner, OURS)
    assert _count(owner, "casework_note") == 1


class _Lent:
    """A connection of psycopg's, with as much of Django's as `lock_tables` asks for."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.cursor = connection.cursor
