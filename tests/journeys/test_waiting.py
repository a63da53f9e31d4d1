"""A call asked for at night, a place on the waiting list, and the desk that keeps both promises."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.accessible import BOTH_SIZES, faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.personas import client_of, cookies_of
from tragnetz.core.clock import now
from tragnetz.demo.waiting import load_waiting
from tragnetz.network.models import Network
from tragnetz.network.scope import scope

WORK = ["telefon/", "rueckrufe/", "warteliste/", "telefonplan/", "telefonplan/ansage/"]
PUBLIC = ["rueckruf/", "warteliste/", "mein-platz/"]


@pytest.fixture
def alive(site):
    """Herne with a telephone plan, calls and people who wait."""
    network = Network.objects.get()
    with scope(network):
        load_waiting(network, now())
    return site


def staff_page(browser, site, persona, size):
    context = browser.new_context(viewport=size)
    context.add_cookies(cookies_of(client_of(persona), site))
    return context.new_page()


@pytest.mark.parametrize(("language", "looks"), [("de", BOTH_SIZES), ("ar", BOTH_SIZES[1:])])
def test_pages_are_accessible_and_fit_the_screen(browser, alive, language, looks):
    page = staff_page(browser, alive, "counsellor", looks[0][0])
    found = {}
    for path in [*(f"arbeit/{path}" for path in WORK), *PUBLIC]:
        found[path] = faults_in_looks(page, f"{alive}/{language}/{path}", looks, repeated=language == "ar")
    page.goto(f"{alive}/{language}/arbeit/warteliste/")
    page.locator(".queue a.kern-btn").first.click()
    found["edit"] = faults_in_looks(page, page.url, looks, repeated=language == "ar")
    page.context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_somebody_asks_for_a_call_and_the_desk_calls(browser, alive):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{alive}/de/")
    page.get_by_role("link", name="Rückruf wünschen").first.click()
    page.get_by_label("Wie dürfen wir Sie nennen?").fill("Frau Sommer")
    press(page, "Bitte rufen Sie mich an")
    expect(page.get_by_text("Wir brauchen Ihre Nummer").first).to_be_visible()
    page.get_by_label("Telefonnummer").fill("0170 5556677")
    page.get_by_label("Wann passt es Ihnen?").select_option("morning")
    press(page, "Bitte rufen Sie mich an")
    expect(page.get_by_text(re.compile(r"zwischen \d\d:\d\d und \d\d:\d\d Uhr"))).to_be_visible()
    context.close()

    desk = staff_page(browser, alive, "intake", DESKTOP)
    desk.goto(f"{alive}/de/arbeit/rueckrufe/")
    card = desk.locator("article", has_text="Frau Sommer")
    expect(card.get_by_text("Am besten vormittags anrufen.")).to_be_visible()
    card.get_by_role("button", name="Ich rufe an").focus()
    desk.keyboard.press("Enter")
    expect(card.get_by_text("Sie rufen an")).to_be_visible()
    card.get_by_role("link", name="Anruf aufnehmen").click()
    expect(desk.get_by_label("Name oder wie wir die Person nennen")).to_have_value("Frau Sommer")
    desk.get_by_label("SMS erlaubt").check()
    press(desk, "Auf die Warteliste")
    expect(desk.get_by_text(re.compile(r"Platz \d"))).to_be_visible()
    code = desk.locator(".code").inner_text()
    desk.goto(f"{alive}/de/arbeit/rueckrufe/")
    expect(desk.locator("article", has_text="Frau Sommer")).to_have_count(0)
    desk.context.close()

    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{alive}/de/mein-platz/")
    page.get_by_label("Ihr Code").fill(code.lower())
    press(page, "Platz zeigen")
    press(page, "Warteliste verlassen")
    press(page, "Ja, verlassen")
    expect(page.get_by_text("Sie stehen nicht mehr auf der Warteliste.")).to_be_visible()
    context.close()
