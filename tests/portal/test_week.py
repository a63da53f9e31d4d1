"""What is open when: the week with its holidays and exceptions, now, and by topic and district."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache

from tragnetz.core.clock import today
from tragnetz.directory.models import Service, ServiceAtLocation
from tragnetz.directory.opening import opening_services, openings_of
from tragnetz.network.models import Site
from tragnetz.portal.week.table import days_of, open_now, service_rows
from tragnetz.portal.week.weeks import WEEKS_AWAY, name_of, week_of

ALWAYS = {"days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "opens": "00:00:00", "closes": "23:59:00", "on_holidays": True}  # fmt: skip
WEEK = {"days": ["mo", "tu", "we", "th", "fr"], "opens": "08:00:00", "closes": "12:00:00"}
TUESDAY = date(2026, 11, 24)


def open_service(key: str, rows: list, site: str = "", **changes) -> Service:
    """Give a service hours, and one place or none."""
    Service.objects.filter(key=key).update(hours=rows, **changes)
    row = Service.objects.get(key=key)
    row.places.all().delete()
    if site:
        ServiceAtLocation(network_id=row.network_id, service=row, site=Site.objects.get(key=site)).save()
    return row


def cells(network, row: Service, monday: date) -> list[list[str]]:
    found = opening_services(monday, limit=10)
    days = days_of(network, week_of(name_of(monday), monday), monday)
    return next(one for one in service_rows(network, found, days) if one.service == row).cells


def test_week_is_named_bounded_and_has_neighbours():
    this = week_of("", TUESDAY)
    last = week_of(name_of(TUESDAY + timedelta(weeks=WEEKS_AWAY)), TUESDAY)

    assert (this.monday, this.name, this.earlier, this.later) == (
        date(2026, 11, 23),
        "2026-W48",
        "2026-W47",
        "2026-W49",
    )
    assert (last.monday, last.later) == (date(2027, 1, 18), "")
    assert week_of("2026-W53", TUESDAY).later == "2027-W01"


@pytest.mark.parametrize(
    "typed", ["2026-W99", "2026-W00", "2028-W01", "x", "-W", "99999-W1", "²-W1", "2026-W48-1", "0000-W00", "2026-W٤٨"]
)
def test_week_that_cannot_be_shown_is_this_one(typed):
    assert week_of(typed, TUESDAY).monday == date(2026, 11, 23)


def test_week_knows_holidays_and_exceptions(herne):
    row = open_service(
        "moebelhof", [WEEK, {"from": "2026-12-22", "until": "2026-12-22", "note": {"de": "Betriebsausflug"}},
                      {**WEEK, "opens": "10:00:00", "closes": "11:00:00", "from": "2026-12-23", "until": "2026-12-23", "instead": True}],
    )  # fmt: skip
    herne.closing_days = {"12-24": "Heiligabend"}
    monday = date(2026, 12, 21)
    found = cells(herne, row, monday)

    assert [cell.times for cell in found] == [["08:00–12:00"], [], ["10:00–11:00"], [], [], [], []]
    assert [cell.day.holiday for cell in found][3:6] == ["Heiligabend", "Erster Weihnachtstag", "Zweiter Weihnachtstag"]
    assert openings_of(row)[0].notes(monday) == [{"de": "Betriebsausflug"}]
    assert openings_of(row)[0].notes(date(2026, 11, 23)) == []


def test_week_ends_with_the_term_of_the_offer(herne):
    row = open_service("moebelhof", [WEEK], valid_from=date(2026, 11, 24), valid_until=date(2026, 11, 26))

    times = [openings_of(row)[0].times(herne, date(2026, 11, day)) for day in (23, 24, 26, 27)]

    assert [bool(one) for one in times] == [False, True, True, False]


def test_open_now_says_until_when(herne):
    row = open_service("moebelhof", [WEEK], "blickwinkel")
    found = opening_services(TUESDAY, limit=10)
    at = datetime(2026, 11, 24, 9, tzinfo=herne.zone)

    assert [(one.service, one.site.key, one.until.hour) for one in open_now(herne, found, at)] == [
        (row, "blickwinkel", 12)
    ]
    assert open_now(herne, found, at.replace(hour=12)) == []
    assert open_now(herne, found, datetime(2026, 12, 25, 9, tzinfo=herne.zone)) == []


def test_page_lists_offers_with_hours_and_leaves_out_what_nobody_else_may_see(client, herne):
    open_service("moebelhof", [ALWAYS], "blickwinkel")
    open_service("frauenhaus-herne", [ALWAYS])
    open_service("bewerbungshilfe", [ALWAYS], status="temporarily closed")
    page = client.get("/de/offen/").content.decode()

    assert page.count("Kleidung und Haushaltssachen") == 3  # now, in the table, in the list of the day
    assert "00:00–23:59" in page
    assert "02323 16-9167" in page
    assert "Frauenhaus" not in page
    assert "Bewerbung und Lebenslauf" not in page
    assert '<th scope="row">' in page


def test_page_chooses_topic_district_week_and_day(client, herne):
    open_service("moebelhof", [ALWAYS], "blickwinkel")
    open_service("kadesch-sucht", [ALWAYS], "kadesch-haus")
    open_service("beratungsstelle-arbeit", [ALWAYS])
    topic = Service.objects.get(key="kadesch-sucht").topics.first().key
    names = {
        "moebel": "Kleidung und Haushaltssachen",
        "sucht": "Suchtberatung Kadesch",
        "arbeit": "Beratungsstelle Arbeit",
    }

    def shown(**asked) -> set[str]:
        page = client.get("/de/offen/", asked).content.decode()
        return {key for key, name in names.items() if name in page}

    assert shown() == {"moebel", "sucht", "arbeit"}
    assert shown(bezirk="wanne") == {"sucht", "arbeit"}
    assert shown(bezirk="herne-mitte") == {"moebel", "arbeit"}
    assert "sucht" in shown(thema=topic)
    assert shown(thema="nix") == {"moebel", "sucht", "arbeit"}
    later = name_of(today(herne.zone) + timedelta(weeks=1))
    page = client.get("/de/offen/", {"woche": later, "tag": "su", "bezirk": "wanne"}).content.decode()
    assert 'aria-current="date"' not in page
    assert re.search(r"tag=su#su\" aria-current", page)
    assert "02323 16-9167" not in page


def test_page_answers_nonsense_kindly(client, herne):
    for asked in ({"woche": "x" * 9999}, {"tag": "<b>"}, {"thema": "'\x00"}, {"bezirk": "<script>alert(1)</script>"}):
        response = client.get("/de/offen/", asked)

        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_page_costs_the_same_number_of_queries_however_long(client, herne, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    open_service("moebelhof", [ALWAYS], "blickwinkel")
    open_service("wohngeld", [ALWAYS])
    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get("/de/offen/")
    for key in Service.objects.filter(authority=None, sensitive=False).values_list("key", flat=True):
        open_service(key, [ALWAYS], "drk-haus")
    Service.objects.exclude(authority=None).update(hours=[ALWAYS])
    cache.clear()

    with django_assert_num_queries(len(first)):
        page = client.get("/de/offen/").content.decode()
    assert page.count('<th scope="row">') > 60
    assert len(first) <= 12
