"""The desk and the counsellor at work."""

import re
from datetime import datetime, timedelta

import pytest

from tests.personas import booked_enquiry, client_of
from tragnetz.appointments.models import Booking
from tragnetz.casework.models import Case, Enquiry
from tragnetz.core.clock import now

DESK = "/de/arbeit/telefon/"
TALK = {"kind": "phone", "held_on": now().date().isoformat(), "minutes": "15", "language": "de"}


@pytest.fixture
def desk(herne):
    return client_of("intake")


def send(desk, **typed):
    page = desk.get(DESK).content.decode()
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)[1]
    return desk.post(DESK, {"key": key, "may_call": "on", "language": "de", "urgency": "normal"} | typed)


def test_the_sheet_shows_district_three_times_and_projects(desk, filou):
    page = send(desk, address="Hauptstr. 241", language="tr", topic="work", children="2", show="1").content.decode()

    assert "Wanne" in page
    assert page.count('class="suggestion"') == 3
    assert "spricht die Sprache" in page
    assert re.search(r"Filou</strong>:\s+noch offen", page)


def test_booking_on_the_phone_gives_the_code_and_an_enquiry(desk):
    page = send(desk, show="1").content.decode()
    slot = re.search(r'name="slot"[^>]* value="([^"]+)"', page)[1]
    done = send(desk, slot=slot, name="Herr K.", phone="0170 1234567", safe_note="nur vormittags", book="1")

    assert done.status_code == 200
    assert "Termin gebucht" in done.content.decode()
    assert Enquiry.objects.get().contact.safe_note == "nur vormittags"


def test_information_only_counts_without_a_name(desk):
    send(desk, name="Herr K.", phone="0170 1234567", topic="work", address="Crange", information="1")

    enquiry = Enquiry.objects.get()
    assert (enquiry.outcome, enquiry.contact, enquiry.district.key) == ("information", None, "wanne")


def test_a_callback_needs_a_number_and_says_so(desk):
    assert "brauchen wir eine Telefonnummer" in send(desk, name="Herr K.", callback="1").content.decode()
    done = send(desk, name="Herr K.", phone="0170 1234567", urgency="today", callback="1").content.decode()
    assert "Rückruf versprochen" in done
    assert "Herr K." in desk.get("/de/arbeit/rueckrufe/").content.decode()


@pytest.mark.parametrize(
    ("at", "said", "day"),
    [
        ("2027-01-08T10:00", "Termin heute oder Rückruf.", "Freitag, 8. Januar"),
        ("2027-01-08T14:40", "heute ruft niemand mehr zurück", "Montag, 11. Januar"),
        ("2027-03-25T15:01", "heute ruft niemand mehr zurück", "Dienstag, 30. März"),  # over Easter
    ],
)
def test_the_desk_promises_no_call_today_that_nobody_can_make(desk, herne, monkeypatch, at, said, day):
    instant = datetime.fromisoformat(at).replace(tzinfo=herne.zone)
    monkeypatch.setattr("tragnetz.workspace.desk.views.now", lambda: instant)
    monkeypatch.setattr("tragnetz.workspace.desk.views.today", lambda _zone: instant.date())

    page = send(desk, urgency="today", show="1").content.decode()

    assert said in page
    assert f"Ein Rückruf ginge <strong>{day}, " in page


def test_wrong_input_keeps_the_rest(desk):
    response = send(desk, address="Gibtesnicht 3", age="alt", name="Herr K.", concern="Miete", book="1")
    page = response.content.decode()

    assert response.status_code == 422
    assert 'value="Herr K."' in page
    assert "Fragen Sie nach dem Ortsteil" in page
    assert "Miete</textarea>" in page


def test_a_prepared_case_opens_with_what_was_released(herne):
    taken = booked_enquiry(herne)
    client = client_of("counsellor")

    page = client.get(f"/de/arbeit/anfragen/{taken.enquiry.pk}/").content.decode()
    assert "Wie viele Kinder" in page
    response = client.post(f"/de/arbeit/anfragen/{taken.enquiry.pk}/", follow=True)

    assert "Rosa Geheimrat" in response.content.decode()
    assert Case.objects.get().household.people.get().name == "Rosa Geheimrat"


def test_notes_steps_and_household_are_kept_and_shown(case):
    client = client_of("counsellor")
    address = f"/de/arbeit/faelle/{case.pk}/"
    client.post(f"{address}gespraech/", TALK | {"assessment": "Sehr gut sortiert"})
    client.post(f"{address}schritt/", {"text": "Antrag stellen", "owner": "person", "due_on": "2099-01-01"})
    client.post(f"{address}haushalt/", {"name_0": "Rosa", "relation_0": "self", "birth_0": "1985", "children": "3"})
    page = client.get(address).content.decode()

    for text in ("Sehr gut sortiert", "Einschätzung", "Antrag stellen", "1985"):
        assert text in page
    assert '"children": 3' in Case.objects.get().household.facts


@pytest.mark.parametrize(
    ("path", "typed", "message"),
    [
        ("gespraech/", {"kind": "alone", "minutes": "5"}, "braucht es eine Notiz"),
        ("gespraech/", {"minutes": "0", "agreement": "Hinfahren"}, "Minuten von 1 bis 1440"),
        ("schritt/", {"text": "Anruf", "owner": "person", "due_on": "2001-01-01"}, "schon vorbei"),
        ("schritt/", {"text": "Anruf", "owner": "person", "due_on": "bald"}, "Bitte ein Datum"),
        ("haushalt/", {"name_0": "Rosa", "relation_0": "self", "birth_0": "12"}, "Bitte ein Jahr"),
        ("haushalt/", {"name_0": "Rosa", "relation_0": "self", "name_1": "Emil"}, "wer diese Person ist"),
        (
            "haushalt/",
            {"name_0": "Rosa", "relation_0": "self", "name_1": "Emil", "relation_1": "self"},
            "Nur eine Person im Haushalt kann „fragt selbst“ sein.",
        ),
    ],
)
def test_bad_input_on_a_case_is_said(case, path, typed, message):
    response = client_of("counsellor").post(f"/de/arbeit/faelle/{case.pk}/{path}", typed)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert all(value in response.content.decode() for value in typed.values() if value.strip())


def test_notes_are_not_readable_in_the_database(case):
    from django.db import connection

    client_of("counsellor").post(f"/de/arbeit/faelle/{case.pk}/gespraech/", TALK | {"facts": "Zitronenfalter"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(n)::text, '') FROM casework_note n")
        stored = cursor.fetchone()[0]

    assert "Zitronenfalter" in client_of("counsellor").get(f"/de/arbeit/faelle/{case.pk}/").content.decode()
    assert "Zitronenfalter" not in stored
    assert b"Zitronenfalter".hex() not in stored


def test_a_day_costs_the_same_queries_however_full(herne, filou, django_assert_max_num_queries):
    tomorrow = now().astimezone(herne.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow += timedelta(days=1)

    def book(number):
        booked = booked_enquiry(herne, key=f"{number}" * 32).booked.booking
        begins = tomorrow + timedelta(hours=8 + number)
        Booking.objects.filter(pk=booked.pk).update(starts_at=begins, ends_at=begins + timedelta(minutes=50))

    book(1)
    client, page = client_of("counsellor"), f"/de/arbeit/?tag={tomorrow.date()}"
    with django_assert_max_num_queries(30) as first:
        client.get(page)
    for number in range(2, 7):
        book(number)
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(page)


def test_lost_session_keeps_the_call_and_a_new_log_in_sends_it(client, herne):
    typed = {"address": "Hauptstr. 241", "name": "Rosa", "safe_note": "nie abends", "information": "1"}
    lost = client.post("/de/arbeit/telefon/", typed)
    page = lost.content.decode()

    assert lost.status_code == 401
    assert lost.headers["Cache-Control"] == "no-store"
    assert "Nichts ist verloren" in page
    for name, value in typed.items():
        assert f'name="{name}" value="{value}"' in page

    again = client_of("intake").post("/de/arbeit/telefon/", typed)
    assert "Auskunft gezählt" in again.content.decode()


@pytest.mark.parametrize(
    ("persona", "page"),
    [("catalogue", "/de/arbeit/verzeichnis/"), ("dpo", "/de/arbeit/datenschutz/"), ("admin", "/de/arbeit/team/"),
     ("programme", "/de/arbeit/projekte/")],
)  # fmt: skip
def test_whoever_has_no_day_is_sent_on_to_their_own_first_page(herne, persona, page):
    response = client_of(persona).get("/de/arbeit/", follow=True)

    assert response.status_code == 200
    assert response.request["PATH_INFO"] == page
