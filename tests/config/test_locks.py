"""What could lift the lock between networks is named before anything starts."""

import pytest
from django.core.checks import ERROR, WARNING
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import connection, connections

from tests.owner import as_owner
from tragnetz.config.checks import networks_are_kept_apart, refuse_mixed_networks
from tragnetz.config.database import READER, as_reader, parse_url
from tragnetz.config.management.commands.migrate import Command
from tragnetz.network.database.rows import TELL_NOTHING

LOGGED_IN = f"SET LOCAL SESSION AUTHORIZATION {READER}"


def found(*statements: str) -> list[tuple[str, int]]:
    """What the check says when the application has logged in as its own role, after some statements of the owner's."""
    with as_owner() as cursor:
        for statement in statements:
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute(LOGGED_IN)
    return [(one.id, one.level) for one in networks_are_kept_apart(databases=["default"])]


def test_two_roles_and_locked_tables_pass(db):
    assert found() == []


@pytest.mark.parametrize(("production", "level"), [(False, WARNING), (True, ERROR)])
def test_a_role_above_policies_is_named(settings, db, production, level):
    settings.PRODUCTION = production

    assert found(f"ALTER ROLE {READER} BYPASSRLS") == [("tragnetz.E009", level)]


def test_a_superuser_who_only_took_the_role_is_named(db):
    """As in these tests: whoever logged in could take it off again."""
    (one,) = networks_are_kept_apart(databases=["default"])

    assert one.id == "tragnetz.E009"
    assert "TRAGNETZ_OWNER_URL" in one.hint


def test_an_owner_is_named(db):
    assert found(f"ALTER TABLE casework_note OWNER TO {READER}") == [("tragnetz.W009", WARNING)]


def test_tables_that_are_not_locked_are_named(db):
    assert found("ALTER TABLE casework_note DISABLE ROW LEVEL SECURITY") == [("tragnetz.E010", ERROR)]


def test_no_web_process_begins_for_mixed_networks(db):
    assert found("ALTER TABLE casework_note DISABLE ROW LEVEL SECURITY") == [("tragnetz.E010", ERROR)]

    with pytest.raises(ImproperlyConfigured, match="does not keep networks apart in casework_note"):
        refuse_mixed_networks()


def test_a_web_process_begins_when_all_is_locked(db, monkeypatch):
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own
    assert found() == []

    refuse_mixed_networks()


@pytest.mark.parametrize("function", TELL_NOTHING)
def test_operators_that_no_index_is_asked_by_are_named_with_what_mends_it(db, function):
    assert found(f"ALTER FUNCTION {function} NOT LEAKPROOF") == [("tragnetz.W010", WARNING)]
    (one,) = networks_are_kept_apart(databases=["default"])
    assert f"ALTER FUNCTION {function} LEAKPROOF;" in one.msg


def test_who_does_not_own_the_tables_is_told_so_before_a_migration(db):
    with connection.cursor() as cursor:
        cursor.execute(LOGGED_IN)

    with pytest.raises(CommandError, match=f"{READER} does not own the tables: .*TRAGNETZ_OWNER_URL"):
        Command()._must_own_the_tables()


@pytest.mark.parametrize(
    ("owner", "reader"),
    [
        ("postgresql://postgres:@/tragnetz?host=/run/it", "postgresql://tragnetz_app@/tragnetz?host=/run/it"),
        ("postgresql://postgres:pw@127.0.0.1:5433/tragnetz", "postgresql://tragnetz_app@127.0.0.1:5433/tragnetz"),
    ],
)
def test_the_embedded_server_is_reached_by_the_applications_role(owner, reader):
    assert as_reader(owner) == reader
    assert parse_url(reader)["USER"] == READER
