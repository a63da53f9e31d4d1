"""Every foreign key holds the network of both rows, and `migrate` brings an older database there."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import errors, sql

from tests.factories import make_network
from tests.owner import owner_conninfo
from tragnetz.config import serving
from tragnetz.config.checks import networks_are_kept_apart
from tragnetz.config.cli import main
from tragnetz.config.operation import database
from tragnetz.network.database.shape import ForeignKey, holds_network, keys_of, links_of
from tragnetz.network.database.tying import untied_links
from tragnetz.network.models import Network

TIED = "network_locality_district_id_network"
MOVE = """
UPDATE network_locality SET district_id = (SELECT id FROM network_district WHERE network_id = %s LIMIT 1)
WHERE network_id = %s AND key = 'mitte-kern'
"""


def test_every_link_holds_its_network(db):
    with connection.cursor() as cursor:
        assert [key for key in links_of(cursor) if not (holds_network(key) and key.is_proven)] == []
        assert untied_links(cursor) == []


def loosen(owner: psycopg.Connection, key: ForeignKey) -> None:
    """Replace a foreign key by what Django makes."""
    held = dict(zip(key.columns, key.keys, strict=True))
    (column,) = held.keys() - {"network_id"}
    statement = (
        "ALTER TABLE {} DROP CONSTRAINT {}, ADD FOREIGN KEY ({}) REFERENCES {} ({}) DEFERRABLE INITIALLY DEFERRED"
    )
    names = (key.table, key.name, column, key.to, held[column])
    owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture
def older(transactional_db):
    """A database as an earlier version left it, with two networks: links to and from one table are loose."""
    make_network("here")
    make_network("there")
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        for key in links_of(owner.cursor()):
            if key.to == "network_locality" or key.name == TIED:
                loosen(owner, key)
        owner.execute("DROP INDEX network_locality_with_network")
        yield owner


def state() -> tuple:
    """Return all keys and links, names and all."""
    with connection.cursor() as cursor:
        return keys_of(cursor), links_of(cursor)


def untied() -> list[str]:
    with connection.cursor() as cursor:
        return untied_links(cursor)


def told() -> list[tuple[str, str]]:
    """Return what the check and the doctor say of links."""
    found = [(one.id, one.msg) for one in networks_are_kept_apart(databases=["default"]) if "W014" in one.id]
    return found + [(one.check, one.text) for one in database.rows() if one.check == "links"]


def networks() -> dict:
    return {one.key: one.pk for one in Network.objects.all()}


def test_migrate_ties_what_an_earlier_version_left_loose(transactional_db):
    keys, before = state()
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        for key in before[::9]:
            loosen(owner, key)
    assert len(untied()) == len(before[::9])

    call_command("migrate", verbosity=0)

    again, after = state()
    assert untied() == []
    assert {(key.table, *key.columns, key.to) for key in after} == {(key.table, *key.columns, key.to) for key in before}
    assert again == keys


def test_an_index_whose_building_was_broken_off_is_built_anew(older, monkeypatch):
    monkeypatch.setattr(serving, "PAUSE", 0.0)
    with psycopg.connect(owner_conninfo()) as beside:  # somebody reads for long, and the index waits for them
        beside.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        beside.execute("SELECT count(*) FROM network_user")
        assert main(["migrate", "--lock-seconds", "0.1"]) == 1
    half = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'network_locality_with_network'::regclass"
    assert older.execute(half).fetchone() == (False,)

    assert main(["migrate", "--lock-seconds", "5"]) == 0

    assert older.execute(half).fetchone() == (True,)
    assert untied() == []


def test_a_row_that_leads_astray_already_is_told_and_no_other_is_taken(older, capsys):
    pk = networks()
    older.execute(MOVE, [pk["there"], pk["here"]])
    assert [name for name, _text in told()] == ["tragnetz.W014", "links"]
    assert "network_locality.district_id" in told()[0][1]

    call_command("migrate", verbosity=0)

    assert "network_locality.district_id: a row points to another network already." in capsys.readouterr().err
    assert untied() == ["network_locality.district_id"]
    with pytest.raises(errors.ForeignKeyViolation):
        older.execute(MOVE, [pk["here"], pk["there"]])

    older.execute(MOVE, [pk["here"], pk["here"]])
    call_command("migrate", verbosity=0)

    assert told() == []
    assert capsys.readouterr().err == ""


def test_what_ties_a_link_to_where_it_led_before_goes(transactional_db):
    before = state()
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        owner.execute(
            "ALTER TABLE network_locality ADD CONSTRAINT elsewhere FOREIGN KEY (district_id, network_id)"
            " REFERENCES network_hotline (id, network_id)"
        )

    call_command("migrate", verbosity=0)

    assert state() == before
