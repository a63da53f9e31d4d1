"""A claim, a letter and a referral wholly by keyboard: from stop to stop with Tab, never with a mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.allowed import SECRETS, person_of, release
from tests.allowed import make_case as case_with_secrets
from tests.casework.papers_of import make_benefits
from tests.factories import make_actor
from tests.journeys.by_hand import choose_by_keys, press_by_keys, radio_by_keys, reach, write_by_keys
from tests.journeys.conftest import DESKTOP
from tests.journeys.test_coaching import staff_page
from tragnetz.casework.models import Claim, Deadline, Letter
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.referrals.models import Referral


@pytest.fixture
def case(small_site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        make_benefits(network)
        made = case_with_secrets(network, hanna)
        release(hanna, person_of(made), "contact", to=None, outside="Verein Anker, Hafenstraße 2")
        yield made


@pytest.fixture
def page(browser, small_site, case):
    found = staff_page(browser, small_site, DESKTOP)
    found.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/")
    yield found
    found.context.close()


def link(page, name):
    return page.get_by_role("main").get_by_role("link", name=name).first


def button(page, name):
    return page.get_by_role("main").get_by_role("button", name=name).first


def test_a_claim_goes_from_plan_to_refusal_and_its_deadline(page):
    press_by_keys(page, link(page, re.compile("^Anträge")))
    press_by_keys(page, link(page, "Antrag planen"))
    choose_by_keys(page, "Leistung", "Wohngeld")
    write_by_keys(page, "Aktenzeichen", "W 17")
    press_by_keys(page, button(page, "Antrag planen"))
    press_by_keys(page, link(page, "abgegeben"))
    press_by_keys(page, button(page, "Speichern"))
    press_by_keys(page, link(page, "abgelehnt"))
    write_by_keys(page, "Welchen Grund nennt der Bescheid?", "Einkommen zu hoch")
    press_by_keys(page, button(page, "Speichern"))
    press_by_keys(page, button(page, "Frist ausrechnen und eintragen"))
    box = page.get_by_label("Ich habe den Brief und die Rechnung geprüft")
    reach(page, box)
    page.keyboard.press("Space")
    press_by_keys(page, button(page, "Frist speichern"))

    expect(page.get_by_role("heading", name="Klage beim Verwaltungsgericht")).to_be_visible()
    with scope(Network.objects.get()):
        claim = Claim.objects.get()
        assert (claim.benefit, claim.state, Deadline.objects.get().rule) == ("wohngeld", "refused", "admin_court")


def test_a_letter_is_written_and_its_sending_noted(page):
    press_by_keys(page, link(page, "Briefe"))
    press_by_keys(page, link(page, "Widerspruch gegen einen Bescheid"))
    write_by_keys(page, "Aktenzeichen", "345FK678901")
    reach(page, page.get_by_label("Datum des Bescheids"))
    page.keyboard.type("11022026")  # the browser of the tests writes days as in America
    write_by_keys(page, "Worum geht es in dem Bescheid?", "mit dem Sie Wohngeld abgelehnt haben")
    reach(page, page.get_by_label("Empfänger mit Anschrift"))
    page.keyboard.type("Stadt Herne\nRing 2\n44623 Herne")
    reach(page, page.get_by_label("Anschrift der Person"))
    page.keyboard.type("Weg 1\n44623 Herne")
    press_by_keys(page, button(page, "Speichern"))
    reach(page, page.get_by_label("Wie?", exact=True))
    page.keyboard.type("als Ein")
    press_by_keys(page, button(page, "Versand eintragen"))

    with scope(Network.objects.get()):
        letter = Letter.objects.get()
        assert (letter.kind, letter.state) == ("objection", "sent")
        assert letter.sendings.get().way == "registered"


def test_a_referral_is_prepared_looked_at_and_sent(page):
    press_by_keys(page, link(page, "Vermittlungen"))
    press_by_keys(page, link(page, "Neue Vermittlung"))
    reach(page, page.locator("summary", has_text="Steht nicht im Verzeichnis"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Andere Stelle"))
    page.keyboard.type("Verein Anker\nHafenstraße 2")
    write_by_keys(page, "Worum geht es?", "Sucht eine Gruppe am Abend")
    radio_by_keys(page, page.get_by_label("mit Freigabe"))
    press_by_keys(page, button(page, "Angaben und Vorschau zeigen"))
    reach(page, page.get_by_label("Verein Anker, Hafenstraße 2"))
    page.keyboard.press("Space")
    press_by_keys(page, button(page, "Angaben und Vorschau zeigen"))
    reach(page, page.get_by_role("checkbox", name="Name Rosa Geheimrat"))
    page.keyboard.press("Space")
    press_by_keys(page, button(page, "Vorschau erneuern"))
    expect(page.locator("#vorschau")).to_contain_text("Rosa Geheimrat")
    expect(page.locator("#vorschau")).not_to_contain_text(SECRETS["goals"])
    press_by_keys(page, page.locator("#vorschau").get_by_role("button", name="Senden"))

    expect(page.get_by_text("wartet auf Antwort")).to_be_visible()
    assert Referral.objects.get().state == "requested"
