"""The calendar feed: neutral, right in time, cheap to ask again; without the secret there is nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from tests.factories import make_actor
from tragnetz.appointments.calendars.commands import end_feed, make_feed
from tragnetz.appointments.models import Absence, Booking, CalendarFeed, Group, Session, Workload
from tragnetz.audit.models import Event
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.network.models import Membership, Organisation, Site, User

HOUR = timedelta(hours=1)


@pytest.fixture
def counsellor(network):
    return make_actor(network, "alpha", "counsellor")


@pytest.fixture
def site(network):
    row = Site(
        network=network, key="haus", organisation=Organisation.objects.get(key="alpha"), name="Schuldnerberatung",
        street="Weg", number="1", postcode="44623", city="Testtal",
    )  # fmt: skip
    row.save()
    return row


def booking(actor, starts_at: datetime, **fields) -> Booking:
    row = Booking(
        network=actor.network, membership_id=actor.membership_id, starts_at=starts_at, ends_at=starts_at + HOUR,
        code_hash=new_id().hex, idempotency_key=new_id().hex,
        **{"kind": "phone", "topic": "debt", "changed_at": starts_at - timedelta(days=1), **fields},
    )  # fmt: skip
    row.save()
    return row


def address(actor) -> str:
    return f"/kalender/{make_feed(actor=actor, now=now())[1]}.ics"


def events(response) -> list:
    return Calendar.from_ical(response.content).walk("VEVENT")


def soon(days: int = 1) -> datetime:
    return now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)


def test_feed_shows_neutral_appointments_with_place(client, counsellor, site):
    first, second, third = (
        booking(counsellor, soon(1)),
        booking(counsellor, soon(2), kind="on_site", site=site),
        soon(3),
    )
    booking(counsellor, third, kind="video")
    Workload(
        network=counsellor.network, membership_id=counsellor.membership_id, video_url="https://video.example/raum"
    ).save()
    response = client.get(address(counsellor))
    found = events(response)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(event["summary"]) for event in found] == ["Termin am Telefon", "Termin vor Ort", "Termin per Video"]
    assert [str(event.get("location", "")) for event in found] == [
        "",
        "Weg 1, 44623 Testtal",
        "https://video.example/raum",
    ]
    assert [str(event["uid"]) for event in found][:2] == [f"{row.pk}@testtal" for row in (first, second)]
    assert [event["dtstart"].dt.astimezone(UTC) for event in found] == [soon(1), soon(2), third]
    assert b"debt" not in response.content
    assert b"Schuldnerberatung" not in response.content
    assert [str(zone["tzid"]) for zone in Calendar.from_ical(response.content).walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_feed_shows_absences_groups_and_what_is_held_or_gone(client, counsellor, site):
    at = now()
    group = Group(
        network=counsellor.network, organisation=site.organisation, key="g", title={"de": "Geheimer Kurs"}, places=5
    )
    group.save()
    session = Session(
        network=counsellor.network, group=group, leader_id=counsellor.membership_id, site=site, room="Raum 3",
        starts_at=soon(1), ends_at=soon(1) + HOUR,
    )  # fmt: skip
    session.save()
    booking(counsellor, soon(1), session=session, kind="on_site", via="group")
    booking(counsellor, soon(2), state="held", held_until=at + HOUR)
    booking(counsellor, soon(3), state="held", held_until=at - HOUR)
    booking(counsellor, soon(4), state="cancelled", changed_at=at - timedelta(days=29), sequence=1)
    booking(counsellor, soon(5), state="cancelled", changed_at=at - timedelta(days=31))
    Absence(
        network=counsellor.network, membership_id=counsellor.membership_id, starts_at=soon(6), ends_at=soon(8),
        kind="vacation",
    ).save()  # fmt: skip
    response = client.get(address(counsellor))

    assert [(str(event["summary"]), str(event["status"]), str(event["transp"])) for event in events(response)] == [
        ("Gruppe", "CONFIRMED", "OPAQUE"),
        ("Termin am Telefon", "TENTATIVE", "OPAQUE"),
        ("Termin am Telefon", "CANCELLED", "TRANSPARENT"),
        ("Abwesend", "CONFIRMED", "OPAQUE"),
    ]
    assert str(events(response)[0]["location"]) == "Weg 1, 44623 Testtal, Raum 3"
    assert b"Geheimer" not in response.content


def test_feed_holds_own_times_alone_of_sixty_days_back_and_a_year_ahead(client, counsellor):
    colleague = make_actor(counsellor.network, "alpha", "counsellor", name="Bea")
    booking(colleague, soon(1))
    for days in (-61, -59, 365, 367):
        booking(counsellor, soon(days))

    found = [event["dtstart"].dt.astimezone(UTC) for event in events(client.get(address(counsellor)))]
    assert found == [soon(-59), soon(365)]


def test_same_calendar_is_not_sent_again(client, counsellor):
    row = booking(counsellor, soon(1))
    path = address(counsellor)
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert first["Last-Modified"]
    assert first["Cache-Control"] == "private, no-cache"
    Booking.objects.filter(pk=row.pk).update(starts_at=soon(2), ends_at=soon(2) + HOUR, sequence=1)
    changed = client.get(path, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert events(changed)[0]["sequence"] == 1


def test_an_absence_taken_out_is_noticed_by_programs_that_ask_by_date(client, counsellor):
    absence = Absence(
        network=counsellor.network, membership_id=counsellor.membership_id, starts_at=soon(1), ends_at=soon(2)
    )
    absence.save()
    path = address(counsellor)
    before = client.get(path)
    absence.delete()

    after = client.get(path, headers={"if-modified-since": before["Last-Modified"]})
    assert after.status_code == 200
    assert events(after) == []


def test_head_tells_the_same_without_the_body(client, counsellor):
    path = address(counsellor)
    told, whole = client.head(path), client.get(path)

    assert (told.status_code, told.content) == (200, b"")
    assert told["ETag"] == whole["ETag"]
    assert client.post(path).status_code == 405


def test_unknown_ended_and_renewed_addresses_answer_alike(client, counsellor):
    ended = address(counsellor)
    renewed = address(counsellor)
    assert client.get(renewed).status_code == 200
    gone = client.get(ended)
    end_feed(actor=counsellor, now=now())
    answers = [gone, client.get(renewed), client.get("/kalender/unbekannt.ics")]

    assert {(one.status_code, one.content, one["Content-Type"]) for one in answers} == {
        (404, b"Not found.", "text/plain; charset=utf-8")
    }
    assert CalendarFeed.objects.filter(ended_at=None).count() == 0


def test_right_and_wrong_secrets_cost_one_look(client, counsellor, django_assert_num_queries):
    path = address(counsellor)
    end_feed(actor=counsellor, now=now())
    client.get("/health/")  # the network is known from here on
    for one in (path, "/kalender/unbekannt.ics"):
        with django_assert_num_queries(2):  # the limit, and the look
            assert client.get(one).status_code == 404


def test_number_of_queries_does_not_grow_with_the_appointments(client, counsellor, django_assert_num_queries):
    path = address(counsellor)
    client.get(path)
    for days in range(1, 30):
        booking(counsellor, soon(days))

    with django_assert_num_queries(5):  # the limit, the feed, the note that it was read, appointments, absences
        assert len(events(client.get(path))) == 29


def test_who_leaves_takes_the_feed_along(client, counsellor):
    path = address(counsellor)
    assert client.get(path).status_code == 200
    Membership.objects.filter(pk=counsellor.membership_id).update(ended_on=date(2026, 1, 1))
    assert client.get(path).status_code == 404
    Membership.objects.filter(pk=counsellor.membership_id).update(ended_on=None)
    User.objects.filter(pk=counsellor.user_id).update(is_active=False)
    assert client.get(path).status_code == 404


def test_secret_is_kept_as_a_hash_and_reading_is_noted(client, counsellor):
    path = address(counsellor)
    secret = path.removeprefix("/kalender/").removesuffix(".ics")
    client.get(path)
    feed = CalendarFeed.objects.get()

    assert len(secret) >= 43
    assert secret not in str(CalendarFeed.objects.values().get())
    assert secret not in str(list(Event.objects.values()))
    assert feed.read_at is not None
    assert list(Event.objects.filter(verb="feed:make").values_list("details", flat=True)) == [{"renewed": False}]


def test_a_flood_from_one_address_is_slowed_down(client, network):
    statuses = [client.get("/kalender/unbekannt.ics").status_code for _ in range(200)]

    assert statuses[:120] == [404] * 120
    assert 429 in statuses[120:]
