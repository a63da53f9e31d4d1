"""Booking without account: what a resident sends, what comes back, what is lost (nothing)."""

import re

import pytest

from tragnetz.appointments.models import Booking
from tragnetz.casework.models import Enquiry

PAGE = "/de/termin/"


def slots(client, **query) -> list[str]:
    return re.findall(r'name="slot" value="([^"]+)"', client.get(PAGE, query).content.decode())


def key(client) -> str:
    return re.search(r'name="key" value="([0-9a-f]{32})"', client.get(PAGE).content.decode())[1]


@pytest.fixture
def typed(client, herne):
    # Not the first: it may leave the notice while the test runs.
    return {"slot": slots(client)[-1], "key": key(client), "name": "Frau Y.", "phone": "0170 1234567", "language": "de"}


def code_of(response) -> str:
    return re.search(r'class="code"><bdi>([0-9A-Z-]{14})<', response.content.decode())[1]


def test_a_booking_gives_a_code_and_prepares_an_enquiry(client, typed):
    response = client.post(PAGE, typed | {"concern": "Miete"})

    assert response.status_code == 200
    assert code_of(response)
    enquiry = Enquiry.objects.get()
    assert (enquiry.channel, enquiry.concern, enquiry.contact.name) == ("web", "Miete", "Frau Y.")
    assert "sessionid" not in response.cookies


def test_sent_twice_is_booked_once_with_the_same_code(client, typed):
    first, second = client.post(PAGE, typed), client.post(PAGE, typed)

    assert code_of(first) == code_of(second)
    assert Booking.objects.count() == 1


def test_the_slower_one_gets_three_others_and_keeps_what_was_typed(client, typed):
    client.post(PAGE, typed)
    response = client.post(PAGE, typed | {"key": "2" * 32, "name": "Herr Z.", "concern": "Bitte leise"})
    page = response.content.decode()

    assert response.status_code == 409
    assert "gerade vergeben" in page
    assert page.count("time--long") == 3
    assert 'value="Herr Z."' in page
    assert "Bitte leise" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Ein Vorname genügt"),
        ({"phone": ""}, "brauchen wir Ihre Nummer"),
        ({"phone": "abc"}, "Diese Nummer stimmt nicht"),
        ({"slot": ""}, "Bitte wählen Sie einen Termin"),
        ({"slot": "x.y.z"}, "Bitte wählen Sie einen Termin"),
        ({"code": "zu kurz"}, "12 Zeichen"),
        ({"code": "AAAA-AAAA-AAAA"}, "Diesen Code gibt es nicht"),
        ({"concern": "x" * 1_000_000}, "höchstens"),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(client, typed, change, message):
    response = client.post(PAGE, typed | {"may_text": "on"} | change)
    page = response.content.decode()

    assert response.status_code == 422
    assert message in page
    if "name" not in change:
        assert 'value="Frau Y."' in page
    assert re.search(r'name="may_text"[^>]* checked', page)
    assert not Booking.objects.exists()


def test_past_and_invented_times_are_refused(client, typed):
    member, _start, length, kind = typed["slot"].split(".")
    for start in ("1000000000", "4000000000"):
        response = client.post(PAGE, typed | {"slot": f"{member}.{start}.{length}.{kind}"})

        assert response.status_code == 409
    assert client.post(PAGE, typed | {"slot": f"{'0' * 32}.1900000000.3600.phone"}).status_code == 422


def test_answers_go_along_only_with_their_code(client, typed):
    page = client.post("/de/mitnehmen/", {"children": "2", "situations": ["debts"]})
    client.post(PAGE, typed | {"code": code_of(page).lower()})

    assert '"children": 2' in Enquiry.objects.get().released


def test_a_takeaway_shows_and_forgets(client, herne):
    code = code_of(client.post("/de/mitnehmen/", {"children": "2", "situations": ["debts"]}))
    shown = client.post("/de/mein-code/", {"code": code}).content.decode()

    assert "Wie viele Kinder" in shown
    assert "gelöscht" in client.post("/de/mein-code/", {"code": code, "forget": "1"}).content.decode()
    assert client.post("/de/mein-code/", {"code": code}).status_code == 422


def test_moving_and_cancelling_by_code(client, typed):
    code = code_of(client.post(PAGE, typed))
    times = re.findall(
        r'name="slot" value="([^"]+)"', client.post("/de/mein-termin/", {"code": code, "move": "1"}).content.decode()
    )
    moved = client.post("/de/mein-termin/", {"code": code, "slot": times[5]}).content.decode()
    cancelled = client.post("/de/mein-termin/", {"code": code, "cancel": "1"}).content.decode()

    assert "verschoben" in moved
    assert "abgesagt" in cancelled
    assert Booking.objects.get().state == "cancelled"


def test_one_tap_does_not_cancel_but_asks_and_offers_to_move(client, typed):
    code = code_of(client.post(PAGE, typed))
    asked = client.post("/de/mein-termin/", {"code": code, "ask": "1"}).content.decode()

    assert "Möchten Sie diesen Termin absagen?" in asked
    assert asked.count('name="cancel"') == asked.count('name="move"') == 1
    assert "absagen?" not in client.post("/de/mein-termin/", {"code": code, "keep": "1"}).content.decode()
    assert Booking.objects.get().state == "booked"
    client.post("/de/mein-termin/", {"code": code, "cancel": "1"})
    assert "absagen?" not in client.post("/de/mein-termin/", {"code": code, "ask": "1"}).content.decode()


def test_moving_twice_to_one_time_moves_once_and_is_told_once(client, typed):
    code = code_of(client.post(PAGE, typed | {"may_text": "on"}))
    page = client.post("/de/mein-termin/", {"code": code, "move": "1"}).content.decode()
    slot = re.findall(r'name="slot" value="([^"]+)"', page)[5]
    for _tap in range(2):
        answer = client.post("/de/mein-termin/", {"code": code, "slot": slot})

    assert "Ihr Termin ist verschoben." in answer.content.decode()
    assert Booking.objects.get().sequence == 1


def test_who_booked_reads_what_helps_and_comes_to_the_papers(client, typed):
    kept = code_of(client.post("/de/mitnehmen/", {"children": "2", "situations": ["cannot-pay-rent"]}))
    booked = client.post(PAGE, typed | {"code": kept}).content.decode()
    papers = client.post("/de/mein-code/", {"code": kept}).content.decode()

    assert "den Brief, um den es geht" in booked
    assert f'name="code" value="{kept}"' in booked
    assert "Mietvertrag" in papers.split("Diese Papiere brauchen Sie")[1]
    without = client.post(PAGE, typed | {"key": "2" * 32, "slot": slots(client)[-1]}).content.decode()
    assert "den Brief, um den es geht" in without
    assert "Welche Papiere brauche ich?" not in without


def test_an_unknown_code_shows_nothing(client, herne):
    response = client.post("/de/mein-termin/", {"code": "<script>"})

    assert response.status_code == 422
    assert "&lt;script&gt;" in response.content.decode()


def test_on_site_times_are_offered_too(client, herne):
    assert all(slot.endswith(".on_site") for slot in slots(client, art="on_site"))


def test_on_paper_a_picture_leads_back_and_the_german_words_stand_below(client, typed):
    german = client.post(PAGE, typed).content.decode()
    mine = client.post("/ar/mein-termin/", {"code": code_of(client.post(PAGE, typed))}).content.decode()

    assert "<svg" in german.split('class="qr"')[1][:200]
    assert '<span lang="de"' not in german
    assert re.search(r'<span lang="de" dir="ltr">\w+tag, \d+\. \w+ \d{4}, \d\d:\d\d Uhr, [^<]+</span>', mine)
