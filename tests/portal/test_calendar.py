"""Calendar files: of an offer (all places, ids that stay), and of one's own appointment (neutral, by its code)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from icalendar import Calendar

from tests.personas import booked_enquiry
from tragnetz.core.clock import today
from tragnetz.directory.models import Service, ServiceAtLocation
from tragnetz.network.models import Site

WEEK = {"days": ["mo", "tu"], "opens": "08:00:00", "closes": "12:00:00"}


@pytest.fixture
def offer(herne):
    """An offer with hours of its own at one place, and others at a second one."""
    row = Service.objects.get(key="bewerbungshilfe")
    row.hours = [WEEK, {**WEEK, "days": ["fr"], "nth": [1], "note": {"de": "nur mit Termin"}}]
    row.save()
    first, second = Site.objects.filter(key__in=["drk-haus", "blickwinkel"]).order_by("key")
    ServiceAtLocation(network=herne, service=row, site=first, position=5).save()
    ServiceAtLocation(network=herne, service=row, site=second, position=6, hours=[{**WEEK, "days": ["we"]}]).save()
    return row


def events(client, key: str = "bewerbungshilfe"):
    return Calendar.from_ical(client.get(f"/de/angebote/{key}.ics").content).walk("VEVENT")


def test_file_holds_the_hours_of_all_places(client, offer):
    response = client.get("/de/angebote/bewerbungshilfe.ics")
    calendar = Calendar.from_ical(response.content)
    found = calendar.walk("VEVENT")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "bewerbungshilfe.ics" in response.headers["Content-Disposition"]
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Berlin"]
    assert [str(event["location"]).split(",")[0] for event in found] == ["Info-Café Blickwinkel"] * 2 + ["DRK-Haus"]
    assert [event["dtstart"].dt.strftime("%H:%M") for event in found] == ["08:00"] * 3
    assert str(found[1]["description"]) == "nur mit Termin"
    assert str(found[0]["url"]) == "http://testserver/de/angebote/bewerbungshilfe/"
    assert str(found[0]["transp"]) == "TRANSPARENT"


def test_ids_stay_and_the_sequence_grows_with_each_change(client, offer):
    def ids_and_sequence():
        from django.core.cache import cache

        cache.clear()
        found = events(client)
        return [str(event["uid"]) for event in found], {event["sequence"] for event in found}

    first = ids_and_sequence()
    Service.objects.filter(pk=offer.pk).update(
        hours=[{**WEEK, "opens": "09:00:00"}, *offer.hours[1:]], modified_at=offer.modified_at + timedelta(minutes=5)
    )
    second = ids_and_sequence()

    assert len(set(first[0])) == 3
    assert first[0] == second[0]
    assert second[1] == {number + 5 for number in first[1]}


def test_term_of_the_offer_ends_its_events(client, offer):
    end = today(offer.network.zone) + timedelta(days=30)
    Service.objects.filter(pk=offer.pk).update(valid_until=end)

    ends = [event["rrule"]["UNTIL"][0].date() for event in events(client) if "rrule" in event]

    assert ends
    assert max(ends) <= end


def test_file_looks_more_than_a_year_ahead_and_no_further(client, offer):
    last = max(event["rrule"]["UNTIL"][0].date() for event in events(client))

    assert today(offer.network.zone) + timedelta(days=390) < last <= today(offer.network.zone) + timedelta(days=400)


@pytest.mark.parametrize(
    "change", [{"sensitive": True}, {"status": "temporarily closed"}, {"status": "defunct"}, {"valid_until": date(2020, 1, 1)}]
)  # fmt: skip
def test_no_file_for_what_is_sensitive_or_not_given(client, offer, change):
    assert client.get("/de/angebote/bewerbungshilfe.ics").status_code == 200
    from django.core.cache import cache

    cache.clear()
    Service.objects.filter(pk=offer.pk).update(**change)

    assert client.get("/de/angebote/bewerbungshilfe.ics").status_code == 404


def test_no_file_without_hours_or_offer(client, herne):
    assert client.get("/de/angebote/wohngeld.ics").status_code == 404
    assert client.get("/de/angebote/nix.ics").status_code == 404


def test_lines_are_folded_as_the_standard_asks(client, offer):
    Service.objects.filter(pk=offer.pk).update(name={"de": "Ä" * 200 + "; x,\ny"})
    text = client.get("/de/angebote/bewerbungshilfe.ics").content

    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert str(events(client)[0]["summary"]) == "Ä" * 200 + "; x,\ny"
    assert all(one != two for one, two in pairwise(str(event["uid"]) for event in events(client)))


@pytest.fixture
def booked(herne):
    return booked_enquiry(herne).booked


def test_own_appointment_says_termin_and_nothing_else(client, booked):
    response = client.post("/de/mein-termin/termin.ics", {"code": booked.code.replace("-", " ").lower()})
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert "termin.ics" in response["Content-Disposition"]
    assert str(event["summary"]) == "Termin"
    assert event["dtstart"].dt == booked.booking.starts_at
    assert event["dtend"].dt == booked.booking.ends_at
    assert "description" not in event
    assert "location" not in event


def test_own_appointment_is_offered_after_booking_and_needs_the_code(client, booked):
    page = client.post("/de/mein-termin/", {"code": booked.code}).content.decode()
    wrong = client.post("/de/mein-termin/termin.ics", {"code": "0000-0000-0000"})

    assert 'action="/de/mein-termin/termin.ics"' in page
    assert wrong.status_code == 422
    assert "Diesen Code kennen wir nicht" in wrong.content.decode()
    assert client.get("/de/mein-termin/termin.ics").status_code == 405
