"""A new database gets its tables at once, and they are those that the migrations make.

That an upgraded database has them too, made by one migration after the other, is shown by tests/config/test_upgrade.py.
"""

import importlib.util

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.owner import owner_conninfo
from tests.release import ROOT
from tragnetz.config import new_database


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("print_tables", ROOT / "tools" / "print_tables.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


@pytest.fixture
def no_tables(transactional_db):
    """Empty the database of all that is in it."""
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        owner.execute("DROP SCHEMA public CASCADE")
        owner.execute("CREATE SCHEMA public")
        owner.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
        yield owner


def is_new() -> bool:
    with connection.cursor() as cursor:
        return new_database.is_new(cursor)


def test_the_file_is_made_from_the_migrations_that_are_there(tool):
    """Else: python tools/print_tables.py."""
    assert f"\n-- Migrations: {tool.made_from()}\n" in tool.TABLES.read_text()


def test_a_new_database_is_as_the_file_says(tool, db):
    assert tool.printed(owner_conninfo()) == tool.TABLES.read_text()


def test_nothing_is_left_for_a_migration_to_do(tool, db):
    ran = set(tool.applied(owner_conninfo()))

    assert set(MigrationLoader(None).graph.nodes) - ran == set()


def test_an_empty_database_is_filled_and_locked(no_tables, capsys):
    assert is_new()

    call_command("migrate", verbosity=1)

    assert "A new database: its tables are made." in capsys.readouterr().out
    locked = no_tables.execute("SELECT relrowsecurity FROM pg_class WHERE relname = 'casework_case'").fetchone()
    assert locked == (True,)
    assert no_tables.execute("SELECT count(*) > 100 FROM django_content_type").fetchone() == (True,)
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ('"$user", public',)


@pytest.mark.parametrize(
    "there", ["CREATE TABLE other (id int)", "CREATE VIEW other AS SELECT 1", "CREATE SEQUENCE other"]
)
def test_a_database_with_anything_in_it_gets_its_tables_by_migrations(no_tables, there):
    assert is_new()
    no_tables.execute(there)

    assert not is_new()


def test_tables_for_another_schema_are_made_by_migrations(no_tables):
    no_tables.execute("CREATE SCHEMA city; GRANT USAGE ON SCHEMA city TO PUBLIC")
    assert is_new()

    with connection.cursor() as cursor:
        cursor.execute("SET search_path = city")
    assert not is_new()
    connection.close()


def test_rows_that_a_migration_leaves_are_told(tool, db):
    left = tool.rows_left(owner_conninfo())

    assert set(left) == {"auth_permission", "django_content_type"}  # these are made after all migrations
