"""A row that points into another network, as only raw SQL can plant one, is found by each of the links."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import make_network
from tests.owner import as_owner
from tragnetz.config.models import TaskRun
from tragnetz.config.tasks import BY_NAME
from tragnetz.config.work import Rounds
from tragnetz.core.clock import now
from tragnetz.network.database.crossing import CrossingError, crossing, links, must_not_cross
from tragnetz.network.database.shape import links_of
from tragnetz.network.models import Locality
from tragnetz.network.scope import scope


@pytest.fixture
def both(db):
    return make_network("here"), make_network("there")


def plant(here, there) -> None:
    """Let a part of one city lie in a district of another, as a superuser may who bids the triggers be still."""
    with scope(there):
        district = Locality.objects.order_by("key").first().district_id
    move = "UPDATE network_locality SET district_id = %s WHERE key = 'mitte-kern' AND network_id = %s"
    with as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(move, [district, here.pk])
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(move, [district, here.pk])
        assert cursor.rowcount == 1
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_rows_that_stay_in_their_network_cross_nothing(both):
    for network in both:
        with scope(network):
            assert list(crossing()) == []


def test_a_planted_row_is_found_in_its_network_alone(both):
    here, there = both
    plant(here, there)

    with scope(here):
        assert [(link.table, link.column, number) for link, number in crossing()] == [
            ("network_locality", "district_id", 1)
        ]
        with pytest.raises(CrossingError, match=r"^network_locality\.district_id \(1\)$"):
            must_not_cross()
    with scope(there):
        must_not_cross()


def test_the_worker_looks_once_a_day_and_says_so(both):
    here, there = both
    plant(here, there)
    rounds, runs = Rounds(), list[TaskRun]()

    with scope(here):
        assert not rounds.run(here, BY_NAME["links"], runs)

    assert runs[0].error == "tragnetz.network.database.crossing.CrossingError"
    assert runs[0].failures == 1
    assert runs[0].ran_at <= now()


def test_every_foreign_key_is_looked_at(db):
    with connection.cursor() as cursor:
        keys = {(one.table, column) for one in links_of(cursor) for column in one.columns if column != "network_id"}

    assert {(one.table, one.column) for one in links()} == keys
    assert len(keys) == 331


def test_tables_between_two_others_refuse_it_themselves(both):
    here, there = both
    swap = (
        "UPDATE network_hotline_districts SET district_id = (SELECT id FROM network_district WHERE network_id = %s"
        " LIMIT 1) WHERE network_id = %s"
    )
    with as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(swap, [there.pk, here.pk])
