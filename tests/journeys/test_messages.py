"""The desk works off its messages: a letter, a call, a problem; by keyboard and without script, on phone and desk."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.accessible import BOTH_SIZES, faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.test_journeys import log_in
from tests.personas import actor_of
from tragnetz.clients.commands import add_contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now
from tragnetz.messaging.commands import notify
from tragnetz.network.models import Network
from tragnetz.network.scope import scope

PEOPLE = {
    "Rosa Beispiel": {"may_letter": True, "address": "Weg 1\n44623 Herne", "may_call": False},
    "Amal Beispiel": {
        "may_call": True,
        "may_voicemail": True,
        "language": "ar",
        "safe_note": "Nur vormittags anrufen.",
    },
    "Emil Beispiel": {"may_text": True},
    "Niemand Beispiel": {"may_call": False},
}


@pytest.fixture
def outbox(site):
    """One message for each way, and one person whom nobody may reach."""
    network = Network.objects.get()
    with scope(network):
        actor, at = actor_of(network, "counsellor"), now()
        for number, (name, ways) in enumerate(PEOPLE.items()):
            details = ContactDetails(name=name, phone="0170 1234567", **({"may_call": True} | ways))
            contact = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
            params = {"starts_at": (at + timedelta(days=9)).isoformat(), "phone": "02323 16-9167", "link": ""}
            notify(
                actor=actor, recipient=recipient_of(contact), key=f"booking:{number}:moved", template="moved",
                params=params, code="K7M4-9XQ2-PD3A", due_at=at,
            )  # fmt: skip
        yield contact


def test_the_desk_works_off_letter_call_and_problem(browser, site, outbox):
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    log_in(page, site, "counsellor")
    page.get_by_role("link", name="Nachrichten").click()
    expect(page.get_by_text("Emil Beispiel", exact=True)).to_be_visible()

    page.get_by_role("link", name="Briefe").click()
    expect(page.get_by_label("Rosa Beispiel")).to_be_checked()
    press(page, "Gedruckt und eingeworfen")
    expect(page.get_by_text("1 Brief ist als eingeworfen vermerkt.")).to_be_visible()

    page.get_by_role("link", name="Anrufe").click()
    expect(page.get_by_text("Nur vormittags anrufen.")).to_be_visible()
    press(page, "Ich rufe an")
    press(page, "erreicht und gesagt")
    expect(page.get_by_text("Niemand ist anzurufen.")).to_be_visible()

    page.get_by_role("link", name="Probleme").click()
    page.get_by_role("link", name=re.compile("Kontakt ändern.*Niemand")).click()
    page.get_by_label("E-Mail-Adresse").fill("niemand@example.org")
    page.get_by_label("E-Mail erlaubt").check()
    press(page, "Speichern")
    expect(page.get_by_text("1 wartende Nachricht nimmt jetzt einen anderen Weg.")).to_be_visible()
    expect(page).to_have_url(re.compile("/probleme/"))  # back where the contact was opened from
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Nachrichten").click()
    expect(page.get_by_text("Niemand Beispiel", exact=True)).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_of_messages_are_accessible_and_fit_the_screen(browser, site, outbox, language):
    page = browser.new_context(viewport=DESKTOP).new_page()
    log_in(page, site, "counsellor")
    paths = ["", "briefe/", "anrufe/", "probleme/", "gesendet/", f"kontakt/{outbox.pk}/"]
    repeated = language == "ar"
    found = {
        path: faults_in_looks(page, f"{site}/{language}/arbeit/nachrichten/{path}", BOTH_SIZES, repeated=repeated)
        for path in paths
    }
    found["desk"] = faults_in_looks(page, f"{site}/{language}/arbeit/telefon/", BOTH_SIZES, repeated=repeated)
    page.context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
