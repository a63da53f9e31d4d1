"""Calls that do not run as planned: somebody known, from elsewhere, who hangs up, who may not be called."""

import re
from datetime import datetime, time

import pytest
from django.utils import formats

from tests.personas import actor_of, booked_enquiry, client_of, first_free
from tragnetz.appointments.calls.queries import staffed
from tragnetz.appointments.models import Booking, Callback
from tragnetz.audit.models import Event
from tragnetz.casework.commands import open_case
from tragnetz.casework.models import Enquiry
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now, today
from tragnetz.workspace.desk import views as desk_views

DESK, FIND = "/de/arbeit/telefon/", "/de/arbeit/suche/"
SHEET = {"key": "7" * 32, "language": "de", "urgency": "normal", "may_call": "on"}


@pytest.fixture
def desk(herne):
    return client_of("counsellor")  # of Caritas, as the people of `booked_enquiry`


def text(response) -> str:
    return " ".join(response.content.decode().split())


def known_hint(browser, name):
    """Ask as the sheet does when a name was typed into it."""
    page = text(browser.post(FIND, {"name": name, "known": "1"}, headers={"HX-Request": "true"}))
    return page.split('<div id="found"')[1].split("</main>")[0]


def slot_of(browser, **typed):
    return re.search(r'name="slot"[^>]* value="([^"]+)"', text(browser.post(DESK, SHEET | typed | {"show": "1"})))[1]


def test_a_caller_spelled_otherwise_is_recognised_with_the_next_talk(desk, herne):
    taken = booked_enquiry(herne)
    hint = known_hint(desk, "Rosa Geheimrath")

    assert "Vielleicht schon bekannt" in hint
    assert f'name="adopt" value="{taken.enquiry.contact_id}"' in hint
    assert f"/de/arbeit/termine/{taken.booked.booking.pk}/" in hint
    assert hint.count("<a ") == hint.count('target="_blank"')


@pytest.mark.parametrize("name", ["Rosi", "Peter Niemand", "Ge"])
def test_who_is_nobody_we_know_is_no_hint(desk, herne, name):
    booked_enquiry(herne)

    assert "Vielleicht schon bekannt" not in known_hint(desk, name)
    assert "Niemand in Ihrer Organisation" not in known_hint(desk, name)


def test_another_organisation_gets_no_hint(desk, herne):
    booked_enquiry(herne)

    assert "Vielleicht schon bekannt" in known_hint(desk, "Rosa Geheimrat")
    assert "Rosa" not in known_hint(client_of("foreign"), "Rosa Geheimrat")


def test_whom_one_recognises_brings_the_safe_ways_and_what_was_typed_stays(desk, herne):
    contact = booked_enquiry(herne).enquiry.contact
    typed = {"address": "Hauptstr. 241", "topic": "work", "concern": "Ruft wegen der Miete an", "name": "Rosa G."}
    page = text(desk.post(DESK, SHEET | typed | {"adopt": str(contact.pk)}))

    assert 'value="Rosa Geheimrat"' in page
    assert "Nie auf die Mailbox" in page
    assert 'value="0170 1234567"' in page
    assert "Ruft wegen der Miete an" in page
    assert "Wanne" in page
    assert f'name="contact" value="{contact.pk}"' in page
    assert Event.objects.filter(verb="contact:read", object_id=contact.pk).exists()


def test_a_known_caller_stays_one_contact_and_leads_to_the_same_case(desk, herne):
    taken = booked_enquiry(herne)
    case = open_case(actor=actor_of(herne, "counsellor"), enquiry=taken.enquiry, today=today(herne.zone))
    sheet = SHEET | {
        "contact": str(taken.enquiry.contact_id), "name": "Rosa Geheimrat", "phone": "0170 7654321",
        "safe_note": "Nie auf die Mailbox", "callback": "1",
    }  # fmt: skip
    done = desk.post(DESK, sheet)

    assert "Rückruf versprochen" in text(done)
    fresh = Enquiry.objects.exclude(pk=taken.enquiry.pk).get()
    assert fresh.contact_id == taken.enquiry.contact_id == Contact.objects.get().pk
    assert Contact.objects.get().spoken_phone == "0170 7654321"
    page = text(desk.get(f"/de/arbeit/anfragen/{fresh.pk}/"))
    assert f"/de/arbeit/faelle/{case.pk}/" in page
    assert "Fall öffnen" not in page


def test_a_foreign_contact_is_neither_taken_over_nor_changed(desk, herne):
    contact = booked_enquiry(herne).enquiry.contact
    foreign = client_of("foreign")

    assert "Nie auf die Mailbox" not in text(foreign.post(DESK, SHEET | {"adopt": str(contact.pk)}))
    assert "Rosa" not in text(foreign.get(f"{DESK}?kontakt={contact.pk}"))
    foreign.post(DESK, SHEET | {"contact": str(contact.pk), "name": "Frau X", "phone": "0170 1", "callback": "1"})
    foreign.post(DESK, SHEET | {"contact": str(contact.pk), "name": "Frau X", "phone": "01701112223", "callback": "1"})
    contact.refresh_from_db()
    assert contact.name == "Rosa Geheimrat"
    assert Enquiry.objects.exclude(contact=contact).get().contact.name == "Frau X"


def test_mere_information_to_somebody_known_is_counted_without_a_name(desk, herne):
    contact = booked_enquiry(herne).enquiry.contact
    desk.post(DESK, SHEET | {"contact": str(contact.pk), "name": "Rosa Geheimrat", "information": "1"})

    assert Enquiry.objects.get(outcome="information").contact is None


def test_who_lives_elsewhere_or_in_an_unknown_street_is_booked_all_the_same(desk):
    slot = slot_of(desk)
    page = text(desk.post(DESK, SHEET | {"address": "Königsallee 1, Bochum", "show": "1"}))
    done = desk.post(
        DESK,
        SHEET | {"address": "Königsallee 1, Bochum", "slot": slot, "name": "K.", "phone": "01701234567", "book": "1"},
    )

    assert "Fragen Sie nach dem Ortsteil" in page
    assert "Termin gebucht" in text(done)
    assert Enquiry.objects.get().district is None


def test_who_hangs_up_before_the_name_is_called_back_by_the_number(desk):
    done = desk.post(DESK, SHEET | {"phone": "0170 1234567", "concern": "Anruf brach ab", "callback": "1"})

    assert "Rückruf versprochen" in text(done)
    assert "0170 1234567" in text(desk.get("/de/arbeit/rueckrufe/"))
    assert desk.post(DESK, SHEET | {"key": "8" * 32, "phone": "0170 1234567", "waiting": "1"}).status_code == 422


def test_nobody_is_promised_a_call_who_may_not_be_called(desk):
    typed = {name: value for name, value in SHEET.items() if name != "may_call"}
    refused = desk.post(DESK, typed | {"name": "K.", "phone": "0170 1234567", "callback": "1"})

    assert refused.status_code == 422
    assert "gibt es keinen Rückruf" in text(refused)
    assert not Callback.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [({}, "es fehlt eine Nummer"), ({"phone": "0170 1234567"}, "„Anrufen erlaubt“ fehlt"), (None, "")],
)
def test_a_talk_on_the_phone_that_cannot_be_held_is_told_while_somebody_is_there(desk, herne, typed, told):
    wanted = first_free(herne, actor_of(herne, "counsellor"))
    slot = f"{wanted.membership_id.hex}.{wanted.start}.{wanted.length}.{wanted.kind}"
    reach = {"phone": "0170 1234567", "may_call": "on"} if typed is None else typed
    sheet = {name: value for name, value in SHEET.items() if name != "may_call"}
    page = text(desk.post(DESK, sheet | {"slot": slot, "name": "K.", "book": "1"} | reach))

    assert "Termin gebucht" in page
    assert (told in page) if told else ("solange die Person am Apparat ist" not in page)
    assert f"/de/arbeit/termine/{Booking.objects.get().pk}/" in page


def test_the_sheet_says_when_a_call_would_be_and_nothing_of_today_when_nobody_calls_any_more(desk, herne, monkeypatch):
    organisation = actor_of(herne, "counsellor").organisation_id
    begins = next(one.begins for one in staffed(herne, organisation, now()) if one.begins > now())
    said = []
    for at in (begins, datetime.combine(begins.astimezone(herne.zone), time(23, 30), herne.zone)):
        monkeypatch.setattr(desk_views, "now", lambda at=at: at)
        monkeypatch.setattr(desk_views, "today", lambda zone, at=at: at.astimezone(zone).date())
        said.append(text(desk.post(DESK, SHEET | {"urgency": "today", "show": "1"})))
    by_day, at_night = said

    assert f"Ein Rückruf ginge <strong>{formats.date_format(begins.astimezone(herne.zone), 'l, j. F')}" in by_day
    assert "Heute noch: Termin heute oder Rückruf." in by_day
    assert "heute ruft niemand mehr zurück" in at_night
    assert "Heute noch" not in at_night


def test_a_second_caller_has_a_window_of_their_own_and_a_sheet_is_not_lost_by_a_click(desk):
    page = text(desk.get(DESK))

    assert re.search(r'href="/de/arbeit/telefon/" target="_blank">Zweiter Anruf', page)
    assert "data-unsent" not in page
    assert "data-unsent" in text(desk.post(DESK, SHEET | {"name": "K.", "show": "1"}))


def test_the_place_is_one_key_away_and_no_key_leads_to_two_things(desk, herne):
    page = text(desk.post(DESK, SHEET | {"show": "1"}))
    keys = re.findall(r'accesskey="(\w)"', page)

    assert re.search(r'id="id_address"[^>]* accesskey="o"', page)
    assert len(keys) == len(set(keys))
    assert "k" not in keys  # that of somebody who may be known already
