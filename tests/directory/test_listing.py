"""What a search shows: at which place, how far, open or not; filters and order."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_service
from tragnetz.directory.commands import index_words
from tragnetz.directory.kept import kept_now
from tragnetz.directory.listing import Wanted, list_services
from tragnetz.network.models import Locality

TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
MORNING = [{"days": ["tu", "we"], "opens": "09:00", "closes": "12:00"}]
EVENING = [{"days": ["tu"], "opens": "17:00", "closes": "19:00"}]


@pytest.fixture
def tea(network):
    """Three places for tea: in Mitte in the morning, in Nord in the evening, somewhere at unknown times."""
    make_service(network, "mitte", "Tee am Morgen", locality="mitte-kern", hours=MORNING, languages=["tr"])
    make_service(network, "nord", "Tee am Abend", locality="nord-kern", hours=EVENING)
    make_service(network, "irgendwo", "Tee irgendwann")
    index_words()
    return network


def found(network, **wanted):
    return [row.service.key for row in list_services(network, Wanted(**wanted), TUESDAY, kept_now()).rows]


def test_listing_says_what_is_open_now_and_when_the_rest_opens(tea):
    rows = {row.service.key: row for row in list_services(tea, Wanted(typed="Tee"), TUESDAY, kept_now()).rows}

    assert rows["mitte"].opening.is_open
    assert (rows["nord"].opening.is_open, rows["nord"].opening.opens_at.hour) == (False, 17)
    assert rows["irgendwo"].opening is None
    assert rows["mitte"].hit.words == ("tee",)


def test_open_now_leaves_out_what_is_closed_or_unknown(tea):
    assert found(tea, typed="Tee", opening="now") == ["mitte"]


def test_open_on_a_day_looks_at_that_day(tea):
    assert sorted(found(tea, typed="Tee", opening="tu")) == ["mitte", "nord"]
    assert found(tea, typed="Tee", opening="we") == ["mitte"]


def test_language_spoken_there_is_a_filter(tea):
    assert found(tea, typed="Tee", language="tr") == ["mitte"]


def test_filters_work_without_words(tea):
    assert found(tea, opening="now") == ["mitte"]
    assert found(tea) == []


def test_of_equally_good_ones_the_nearer_comes_first(tea):
    home = Locality.objects.select_related("district").get(key="nord-kern")
    rows = list_services(tea, Wanted(typed="Tee", home=home, nearest_first=True), TUESDAY, kept_now()).rows

    assert [row.service.key for row in rows] == ["nord", "mitte", "irgendwo"]
    assert (rows[0].near.same_locality, rows[1].near.same_district, rows[2].near) == (True, False, None)


def test_distance_is_measured_from_the_middle_of_the_ortsteil(tea):
    Locality.objects.filter(key="nord-kern").update(latitude=51.55, longitude=7.2)
    Locality.objects.filter(key="mitte-kern").update(latitude=51.54, longitude=7.2)
    home = Locality.objects.select_related("district").get(key="nord-kern")

    rows = list_services(tea, Wanted(typed="Tee", home=home), TUESDAY, kept_now()).rows

    assert {row.service.key: row.near and round(row.near.km, 1) for row in rows} == {
        "nord": 0.0, "mitte": 1.1, "irgendwo": None,
    }  # fmt: skip


def test_empty_listing_tells_what_there_is_without_filters(tea):
    listing = list_services(tea, Wanted(typed="Tee", language="it"), TUESDAY, kept_now())

    assert (listing.rows, listing.unfiltered, listing.is_gap) == ([], 3, False)


def test_listing_is_a_gap_when_nothing_is_found_for_words(tea):
    assert list_services(tea, Wanted(typed="Tauchkurs"), TUESDAY, kept_now()).is_gap
    assert not list_services(tea, Wanted(typed="Tee"), TUESDAY, kept_now()).is_gap
    assert not list_services(tea, Wanted(opening="su"), TUESDAY, kept_now()).is_gap


def test_listing_costs_as_many_queries_for_one_as_for_many(tea):
    with CaptureQueriesContext(connection) as few:
        list_services(tea, Wanted(typed="Tee", language="tr"), TUESDAY, kept_now())
    for number in range(15):
        make_service(
            tea, f"tee-{number}", f"Tee Nummer {number}", locality="nord-kern", hours=EVENING, languages=["tr"]
        )
    index_words()

    with CaptureQueriesContext(connection) as many:
        shown = list_services(tea, Wanted(typed="Tee", language="tr"), TUESDAY, kept_now()).rows

    assert len(shown) == 16
    assert len(many) == len(few)


def test_second_search_reads_nothing_but_the_edition(tea, django_assert_num_queries):
    first = list_services(tea, Wanted(typed="Tee", language="tr"), TUESDAY, kept_now())

    with django_assert_num_queries(1):
        assert list_services(tea, Wanted(typed="Tee", language="tr"), TUESDAY, kept_now()) == first


def test_misspelled_and_unfinished_words_are_found(tea):
    rows = list_services(tea, Wanted(typed="irgendwan"), TUESDAY, kept_now()).rows

    assert [row.service.key for row in rows] == ["irgendwo"]
