"""Another language in the middle of a form: the page is read on, what was typed stays, and nothing is done."""

import re

import pytest

from tragnetz.appointments.models import Booking
from tragnetz.casework.models import Enquiry
from tragnetz.directory.models import Report
from tragnetz.staff.models import Remark

LONG = "Donaudampfschifffahrt" * 9 + " 😟"
TYPED = {"key": "9" * 32, "name": "فاطمة", "phone": "0170", "concern": LONG, "language": "ar", "may_voicemail": "on"}


def way_of(page: str, code: str) -> tuple[str, str, dict[str, str]]:
    """Return where a language leads from a page: address, form, and what the button says."""
    found = re.search(
        rf'<button class="menu__way" form="(\w+)" formaction="([^"]+)" name="(\w+)" value="([^"]*)" lang="{code}"', page
    )
    return found[2], found[1], {found[3]: found[4]}


def hidden_of(page: str, form: str) -> dict[str, str]:
    """Return the hidden fields of a form."""
    inside = re.search(rf'<form[^>]* id="{form}"[^>]*>(.*?)</form>', page, re.DOTALL)[1]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', inside)) | dict(
        re.findall(r'name="(\w+)" value="([^"]*)" type="hidden"', inside)
    )


@pytest.mark.parametrize("path", ["termin/", "rueckruf/", "warteliste/"])
def test_what_was_typed_stays_and_nothing_is_sent_or_judged(client, herne, path):
    slot = re.search(r'name="slot" value="([^"]+)"', client.get("/ar/termin/").content.decode())[1]
    page = client.post(f"/ar/{path}", TYPED | {"slot": slot}).content.decode()
    where, _form, says = way_of(page, "de-simple")
    other = client.post(where, TYPED | {"slot": slot} | says)
    shown = other.content.decode()

    assert (other.status_code, where) == (200, f"/de-simple/{path}")
    assert 'value="فاطمة"' in shown
    assert LONG in shown
    assert 'value="0170"' in shown
    assert re.search(r'name="may_voicemail"[^>]* checked', shown)
    assert "kern-error" not in shown
    assert 'lang="de"' in shown
    assert not Enquiry.objects.exists()


def test_the_time_that_is_held_stays_held_in_the_other_language(client, herne):
    page = client.get("/ar/termin/").content.decode()
    sent = {
        "key": "9" * 32,
        "slot": re.search(r'name="slot" value="([^"]+)"', page)[1],
        "kind": "phone",
        "language": "ar",
    }
    details = client.post("/ar/termin/", sent).content.decode()
    where, form, says = way_of(details, "de")
    shown = client.post(where, hidden_of(details, form) | {"name": "Rosa"} | says).content.decode()

    assert "halten wir diese Zeit für Sie frei" in shown
    assert 'value="Rosa"' in shown
    assert Booking.objects.get().state == "held"


def test_a_step_of_the_finder_is_the_same_step_in_the_other_language(client, herne):
    answers = {"schritt": "3", "situations": ["debts"], "children": "2", "gross_wage": "900"}
    page = client.post("/tr/wegweiser/", answers | {"schritt": "2"}).content.decode()
    where, form, says = way_of(page, "de")
    shown = client.post(where, hidden_of(page, form) | answers | says).content.decode()

    assert "Schritt 3 von 4" in shown
    assert 'value="900"' in shown
    assert re.search(r'name="children" value="2"', shown)


def test_a_result_the_check_and_a_sheet_are_read_on(client, herne):
    answers = {"situations": ["cannot-pay-rent"], "children": "2", "address": "Hauptstr. 241"}
    result = client.post("/ar/wegweiser/ergebnis/", answers).content.decode()
    where, form, says = way_of(result, "de")
    assert "Für Wanne zuständig" in client.post(where, answers | says).content.decode()

    check = client.post("/ar/rechnen/", {"children": "2"}).content.decode()
    where, form, says = way_of(check, "de")
    again = client.post(where, hidden_of(check, form) | says).content.decode()
    assert re.search(rf'for="id_{says["aendern"]}"', again)
    assert "Wie viele Kinder" in again

    sheet = client.post("/ar/mitnehmen/", answers).content.decode()
    where, form, says = way_of(sheet, "de")
    german = client.post(where, hidden_of(sheet, form) | says).content.decode()
    assert where == "/de/mein-code/"
    assert "Hilfe bei Mietschulden" in german


def test_who_has_booked_reads_the_booking_in_the_other_language(client, herne):
    slot = re.findall(r'name="slot" value="([^"]+)"', client.get("/ar/termin/").content.decode())[-1]
    booked = client.post("/ar/termin/", TYPED | {"phone": "0170 1234567", "slot": slot}).content.decode()
    where, form, says = way_of(booked, "de")
    german = client.post(where, hidden_of(booked, form) | says).content.decode()

    assert where == "/de/mein-termin/"
    assert "Ihr Termin" in german
    assert re.search(r'class="code"><bdi>([0-9A-Z-]{14})<', german)[1] in booked
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("path", ["rueckmeldung/", "barrierefreiheit/melden/", "angebote/wohngeld/stimmt-nicht/"])
def test_what_somebody_tells_about_the_site_stays_and_is_not_sent(client, herne, path):
    page = client.get(f"/ar/{path}").content.decode()
    where, form, says = way_of(page, "de")
    shown = client.post(where, hidden_of(page, form) | {"text": LONG} | says).content.decode()

    assert where == f"/de/{path}"
    assert LONG in shown
    assert "aria-invalid" not in shown
    assert not Remark.objects.exists()
    assert not Report.objects.exists()
