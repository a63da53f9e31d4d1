"""A group in place of a talk that is far away: the sheet goes along, and nothing of it is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.personas import actor_of, client_of, group_with_people
from tragnetz.appointments.calls.commands import promise_callback
from tragnetz.appointments.models import Registration, Roster
from tragnetz.casework.models import Enquiry
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now, today

DESK = "/de/arbeit/telefon/"
SHEET = {"key": "8" * 32, "name": "Frau Öz", "phone": "0170 1234567", "may_call": "on", "may_voicemail": "on",
         "email": "oez@example.org", "may_email": "on", "safe_note": "nur vormittags", "concern": "Briefe & Mahnungen",
         "topic": "work", "language": "tr", "address": "Crange"}  # fmt: skip


@pytest.fixture
def group(herne):
    """A group on work in Turkish with one free place, and nobody who has time for a talk within a week."""
    session = group_with_people(herne, actor_of(herne, "foreign"), language="tr")
    Roster.objects.update(valid_from=today(herne.zone) + timedelta(days=9))
    return session.group


def hidden_of(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


@pytest.mark.parametrize(
    ("change", "shown"),
    [({}, True), ({"topic": "debt"}, False), ({"topic": ""}, False), ({"language": "de"}, False)],
)
def test_a_group_is_offered_that_has_topic_language_and_a_place(group, change, shown):
    page = client_of("intake").post(DESK, SHEET | change | {"show": "1"}).content.decode()

    assert ("Oder eine Gruppe zum Thema" in page) is shown
    assert (f'formaction="/de/arbeit/gruppen/{group.pk}/anmelden/"' in page) is shown
    if shown:
        assert "1 Platz ist frei." in page
        assert "Bewerbung mit Plan" in page


def test_no_group_is_offered_when_it_is_full_or_a_talk_is_soon(group):
    desk = client_of("intake")
    group.places = 2
    group.save()
    assert "Oder eine Gruppe" not in desk.post(DESK, SHEET | {"show": "1"}).content.decode()

    group.places = 5
    group.save()
    assert "3 Plätze sind frei." in desk.post(DESK, SHEET | {"show": "1"}).content.decode()
    Roster.objects.update(valid_from=today(group.network.zone))
    assert "Oder eine Gruppe" not in desk.post(DESK, SHEET | {"show": "1"}).content.decode()


def test_the_sheet_goes_along_to_the_registration_and_back(group):
    desk, address = client_of("intake"), f"/de/arbeit/gruppen/{group.pk}/anmelden/"
    page = desk.post(address, SHEET | {"carry_sheet": "1"})
    form = page.content.decode()

    assert page.status_code == 200
    for value in ("Frau Öz", "0170 1234567", "oez@example.org", "nur vormittags"):
        assert f'value="{value}"' in form, value
    assert '<option value="tr" selected' in form
    assert re.search(r'name="may_voicemail" id="[^"]*" checked', form)
    assert not re.search(r'name="may_text" id="[^"]*" checked', form)
    assert not Registration.objects.filter(contact__organisation=group.organisation_id).count() > 2

    typed = {"name": "Frau Öztürk", "phone": "abc", "may_call": "on", "language": "tr"}
    refused = desk.post(address, hidden_of(form) | typed)
    assert refused.status_code == 422
    back = desk.post(
        DESK, hidden_of(refused.content.decode()) | typed | {"phone": "0170 7654321", "back_to_sheet": "1"}
    )

    sheet = back.content.decode()
    assert back.status_code == 200
    for value in ("Frau Öztürk", "0170 7654321", "Crange"):
        assert f'value="{value}"' in sheet, value
    assert "Briefe &amp; Mahnungen" in sheet
    assert '<option value="work" selected' in sheet
    assert f'name="key" value="{"8" * 32}"' in sheet
    assert not re.search(r'name="may_voicemail" id="[^"]*" checked', sheet)


def test_who_was_called_back_and_joins_a_group_is_no_longer_to_be_called(group, herne):
    actor = actor_of(herne, "intake")
    contact = add_contact(
        actor=actor, organisation_id=actor.organisation_id, details=ContactDetails(name="Frau Öz", phone="0170 1234567")
    )
    callback = promise_callback(
        actor=actor, organisation_id=actor.organisation_id, contact=contact, district=None, topic="work",
        urgency="week", now=now(),
    )  # fmt: skip
    desk, address = client_of("intake"), f"/de/arbeit/gruppen/{group.pk}/anmelden/"
    form = desk.post(address, SHEET | {"promise": str(callback.pk), "carry_sheet": "1"}).content.decode()
    typed = {"name": "Frau Öz", "phone": "0170 1234567", "may_call": "on", "language": "tr"}
    done = desk.post(address, hidden_of(form) | typed)

    assert "Angemeldet" in done.content.decode()
    assert Enquiry.objects.get().outcome == "group"
    callback.refresh_from_db()
    assert (callback.state, callback.attempts.get().result) == ("done", "reached")
