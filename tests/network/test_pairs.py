"""Tables between two others carry the network of both; how many keys of all tables hold it."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import make_network
from tests.owner import as_owner
from tragnetz.network.database.rows import scoped_models
from tragnetz.network.database.shape import holds_network, keys_of, links_of


def test_a_row_between_two_others_carries_the_network_of_both(db):
    here, there = make_network(), make_network(key="elsewhere")
    with as_owner() as cursor:
        cursor.execute("SELECT id FROM network_hotline WHERE network_id = %s LIMIT 1", [here.pk])
        (line,) = cursor.fetchone()
        cursor.execute("SELECT id FROM network_district WHERE network_id = %s LIMIT 1", [there.pk])
        (district,) = cursor.fetchone()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for network in (here.pk, there.pk):
            with pytest.raises(IntegrityError, match="violates foreign key constraint"), transaction.atomic():
                cursor.execute(
                    "INSERT INTO network_hotline_districts (hotline_id, district_id, network_id) VALUES (%s, %s, %s)",
                    [line, district, network],
                )


def test_every_table_between_two_others_has_keys_to_both_that_hold_the_network(db):
    between = [model for model in scoped_models() if model._meta.auto_created]
    with connection.cursor() as cursor:
        held = {(key.table, key.columns) for key in links_of(cursor)}

    expected = {
        (model._meta.db_table, tuple(sorted([field.column, "network_id"])))
        for model in between
        for field in model._meta.concrete_fields
        if field.is_relation and field.name != "network"
    }
    assert len(between) == 11
    assert {(table, tuple(sorted(columns))) for table, columns in held} >= expected


def test_a_key_without_the_network_is_a_random_one_or_holds_a_link_by_which_its_network_is_clear(db):
    """So to add the network to it would let in and refuse the same rows, but for an id that a file brings along."""
    with connection.cursor() as cursor:
        keys, links = keys_of(cursor), links_of(cursor)
    tied = {(link.table, column) for link in links if holds_network(link) for column in link.columns}

    rest = [key for key in keys if not holds_network(key)]
    ids = [key for key in rest if key.columns == ("id",)]
    clear = [key for key in rest if any((key.table, column) in tied for column in key.columns)]
    others = {(key.table, *key.columns) for key in rest if key not in ids and key not in clear}

    assert (len(ids), len(clear)) == (150, 83)
    assert others == {
        ("appointments_calendarfeed", "secret_hash"), ("directory_confirmationlink", "secret_hash"),
        ("referrals_link", "secret_hash"), ("reporting_ownquestion", "secret_hash"), ("staff_invitation", "secret_hash"),
    }  # fmt: skip


def test_how_many_keys_hold_the_network(db):
    """What a distribution by network (Citus) would still need: docs/scaling.md tells the same figures."""
    with connection.cursor() as cursor:
        keys, links = keys_of(cursor), links_of(cursor)

    found = {"keys": (sum(map(holds_network, keys)), len(keys)), "links": (sum(map(holds_network, links)), len(links))}
    assert found == {"keys": (117, 355), "links": (331, 331)}
