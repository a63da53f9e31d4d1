"""Groups for residents: the calendar, registering without account, leaving, signing in, files for calendars."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from icalendar import Calendar

from tests.factories import make_actor
from tests.personas import group_with_people
from tragnetz.appointments.groups.attending import sign_session
from tragnetz.appointments.groups.planning import Meeting, call_off, cancel_date, move_date
from tragnetz.appointments.groups.rules import Span
from tragnetz.appointments.models import Attendance, Booking, Group, Registration, Session
from tragnetz.casework.models import Enquiry
from tragnetz.core.clock import now
from tragnetz.directory.models import Topic
from tragnetz.messaging.models import Message
from tragnetz.portal.groups.months import grid_of, month_of

KEY = "1" * 32
TYPED = {"key": KEY, "name": "Frau Y.", "phone": "0170 1234567", "may_text": "on"}


@pytest.fixture
def owner(network):
    for key, name in (("work", "Arbeit"), ("debt", "Schulden")):
        Topic(network=network, key=key, name={"de": name}).save()
    return make_actor(network, "alpha", "counsellor")


@pytest.fixture
def session(network, owner):
    return group_with_people(network, owner, title={"de": "Bewerbung mit Plan", "tr": "Planlı başvuru"})


def address(session, more="") -> str:
    return f"/de/gruppen/{session.group.key}/{more}"


def page_of(client, address, **query) -> str:
    cache.clear()
    return client.get(address, query).content.decode()


def code_of(response) -> str:
    return re.search(r'class="code"><bdi>([0-9A-Z-]{14})<', response.content.decode())[1]


def month(session) -> str:
    return f"{session.starts_at:%Y-%m}"


def test_calendar_shows_dates_with_free_places_in_list_and_grid(client, network, session):
    page = page_of(client, "/de/gruppen/", monat=month(session))

    assert "Bewerbung mit Plan" in page
    assert "1 Platz frei" in page
    assert 'class="month__entry"' in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [({"thema": "work"}, True), ({"thema": "debt"}, False), ({"sprache": "de"}, True), ({"ort": "nix"}, True)],
)
def test_calendar_is_filtered_and_odd_filters_choose_nothing(client, session, query, shown):
    page = page_of(client, "/de/gruppen/", monat=month(session), **query)

    assert ("Bewerbung mit Plan" in page) is shown


@pytest.mark.parametrize("typed", ["", "nix", "2020-01", "9999-12", "2026-13", "2026-1\0"])
def test_odd_months_show_this_one(client, network, typed):
    assert client.get("/de/gruppen/", {"monat": typed}).status_code == 200


def test_months_know_their_neighbours_and_weeks():
    from datetime import date

    this = month_of("", date(2026, 11, 25))
    later = month_of("2027-02", date(2026, 11, 25))

    assert (this.name, this.earlier, this.later) == ("2026-11", "", "2026-12")
    assert (later.earlier, later.later) == ("2027-01", "2027-03")
    assert month_of("2027-11", date(2026, 11, 25)).later == ""
    weeks = grid_of([], later)
    assert [len(week) for week in weeks] == [7] * 4
    assert weeks[0][0].date == date(2027, 2, 1)


@pytest.mark.parametrize("given", [{"is_public": False}, {}])
def test_what_is_not_public_or_a_draft_does_not_exist(client, network, owner, given):
    group = group_with_people(network, owner, people=0, **given).group
    if not given:
        Group.objects.filter(pk=group.pk).update(state="draft")

    for path in (f"{group.key}/", f"{group.key}/anmelden/", f"{group.key}.ics"):
        assert client.get(f"/de/gruppen/{path}").status_code == 404
    assert group.key not in page_of(client, "/de/gruppen/")


def test_page_says_what_one_needs_in_the_language_asked_for(client, session):
    page = page_of(client, address(session).replace("/de/", "/tr/"))

    assert "Planlı başvuru" in page
    events = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])["@graph"]
    assert [event["eventStatus"].rpartition("/")[2] for event in events] == ["EventScheduled"] * 2
    assert {event["remainingAttendeeCapacity"] for event in events} == {1}


def test_registering_gives_a_place_a_code_an_enquiry_and_no_cookie(client, session):
    response = client.post(address(session, "anmelden/"), TYPED)

    assert response.status_code == 200
    assert "Sie haben einen Platz" in response.content.decode()
    enquiry = Enquiry.objects.get()
    assert (enquiry.outcome, enquiry.channel, enquiry.contact.name) == ("group", "web", "Frau Y.")
    assert enquiry.registration.seat == 3
    assert "sessionid" not in response.cookies
    assert response.headers["Cache-Control"] == "no-store"


def test_sent_twice_is_registered_once_with_the_same_code(client, session):
    first, second = (client.post(address(session, "anmelden/"), TYPED) for _ in range(2))

    assert code_of(first) == code_of(second)
    assert Registration.objects.filter(idempotency_key=KEY).count() == Enquiry.objects.count() == 1


def test_a_full_group_offers_the_waiting_list_and_one_moves_up(client, session):
    first = client.post(address(session, "anmelden/"), TYPED)
    assert "Auf die Warteliste" in page_of(client, address(session))
    second = client.post(address(session, "anmelden/"), TYPED | {"key": "2" * 32})
    assert "Platz 1." in second.content.decode()

    asked = client.post("/de/meine-gruppe/", {"code": code_of(first), "ask": "1"}).content.decode()
    assert "Kommen Sie doch nicht?" in asked
    assert "Sie haben einen Platz" in asked
    left = client.post("/de/meine-gruppe/", {"code": code_of(first), "leave": "1"})
    mine = client.post("/de/meine-gruppe/", {"code": code_of(second).lower()})

    assert "Sie sind abgemeldet" in left.content.decode()
    assert "Sie haben einen Platz" in mine.content.decode()
    assert Message.objects.filter(template="group_moved_up").count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Ein Vorname genügt"),
        ({"phone": "abc"}, "Diese Nummer stimmt nicht"),
        ({"email": "ohne-at"}, "Diese E-Mail-Adresse stimmt nicht"),
        ({"name": "x" * 100}, "höchstens"),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(client, session, change, message):
    response = client.post(address(session, "anmelden/"), TYPED | change)
    page = response.content.decode()

    assert response.status_code == 422
    assert message in page
    assert 'id="id_may_text" checked' in page
    assert Registration.objects.filter(idempotency_key=KEY).count() == 0


def test_mail_goes_out_only_if_allowed(client, session):
    typed = {"key": KEY, "name": "Y", "email": "y@beispiel.example"}
    client.post(address(session, "anmelden/"), typed)
    client.post(address(session, "anmelden/"), typed | {"key": "2" * 32, "may_email": "on"})

    mails = Message.objects.filter(channel="email", template__in=["group_registered", "group_waiting"])
    assert [row.address for row in mails] == ["y@beispiel.example"]


def test_an_unknown_code_is_told(client, network):
    assert client.post("/de/meine-gruppe/", {"code": "AAAA-AAAA-AAAA"}).status_code == 422


def test_a_group_that_was_called_off_says_so_everywhere(client, owner, session):
    registered = client.post(address(session, "anmelden/"), TYPED)
    call_off(actor=owner, group=session.group, now=now())

    assert "Diese Gruppe ist abgesagt" in page_of(client, address(session))
    assert "abgesagt" in page_of(client, "/de/gruppen/", monat=month(session))
    assert client.post(address(session, "anmelden/"), TYPED | {"key": "2" * 32}).status_code == 409
    mine = client.post("/de/meine-gruppe/", {"code": code_of(registered)}).content.decode()
    assert "Diese Gruppe ist abgesagt" in mine
    assert not {'name="ask"', 'name="leave"'} & set(mine.split())


def events(client, path):
    cache.clear()
    return Calendar.from_ical(client.get(path).content).walk("VEVENT")


def test_calendar_file_keeps_ids_counts_changes_and_says_what_was_called_off(client, network, owner, session):
    path = f"/de/gruppen/{session.group.key}.ics"
    before = events(client, path)
    moved = Span(session.starts_at + timedelta(minutes=30), session.ends_at + timedelta(minutes=30))
    move_date(actor=owner, session=session, span=moved, meeting=Meeting(owner.membership_id), now=now())
    cancel_date(actor=owner, session=Session.objects.exclude(pk=session.pk).get(), now=now())

    after = events(client, path)

    assert [one["uid"] for one in after] == [one["uid"] for one in before]
    assert [int(one["sequence"]) for one in before] == [0, 0]
    assert [int(one["sequence"]) for one in after] == [1, 1]
    assert [str(one["status"]) for one in after] == ["CONFIRMED", "CANCELLED"]
    assert after[0]["dtstart"].dt == moved.starts_at
    assert str(after[0]["dtstart"].dt.tzinfo) == "Europe/Berlin"
    assert [one["uid"] for one in events(client, "/de/gruppen/kalender.ics")] == [one["uid"] for one in after]


def test_the_file_is_right_over_the_change_of_the_clocks(client, network, owner):
    session = group_with_people(network, owner, people=0)
    for number, row in enumerate(Session.objects.order_by("starts_at")):
        start = row.starts_at.replace(year=2027, month=3, day=27 + number, hour=9 - number)
        for model, which in ((Session, {"pk": row.pk}), (Booking, {"session": row})):
            model.objects.filter(**which).update(starts_at=start, ends_at=start + timedelta(hours=1))

    found = events(client, f"/de/gruppen/{session.group.key}.ics")

    assert [one["dtstart"].dt.strftime("%d %H:%M %z") for one in found] == ["27 10:00 +0100", "28 10:00 +0200"]


def during(session) -> None:
    """Move a date to now, as time does."""
    at = now()
    for model, which in ((Session, {"pk": session.pk}), (Booking, {"session": session})):
        model.objects.filter(**which).update(starts_at=at, ends_at=at + timedelta(hours=1))


def test_people_sign_in_at_the_address_of_the_sheet_and_looking_does_nothing(client, session):
    code = code_of(client.post(address(session, "anmelden/"), TYPED))
    path = f"/de/gruppen/da/{sign_session(session)}/"
    assert "Gerade ist die Seite zu" in client.get(path).content.decode()
    assert client.post(path, {"code": code}).status_code == 422
    during(session)

    client.get(path)
    assert Attendance.objects.filter(marked_by=None).count() == 0
    assert client.post(path, {"code": "AAAA-AAAA-AAAA"}).status_code == 422
    response = client.post(path, {"code": code})

    assert "Willkommen" in response.content.decode()
    assert Attendance.objects.get(marked_by=None).registration.idempotency_key == KEY


def test_start_page_tells_the_next_dates_and_stays_small(client, session):
    page = page_of(client, "/de/")

    assert "Bewerbung mit Plan" in page
    assert len(page.encode()) < 60_000


def test_the_calendar_asks_the_database_as_often_for_many_groups_as_for_one(client, network, owner):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as found:
            client.get("/de/gruppen/")
        return len(found)

    group_with_people(network, owner, people=0)
    one = queries()
    for name in ("Bea", "Cem"):
        group_with_people(network, make_actor(network, "beta", "lead", name=name), people=1)

    assert queries() == one
