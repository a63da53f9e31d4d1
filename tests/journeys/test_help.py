"""Help, keys, remarks and the tour of the demo in a real browser: by keyboard, on a phone, without script, for axe."""

import pytest
from playwright.sync_api import expect

from tests.journeys.accessible import faults_here, faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.personas import client_of, cookies_of
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.staff.models import Remark

PAGES = ["hilfe/", "hilfe/?q=Frist", "hilfe/beratung/", "hilfe/verwaltung/", "hilfe/tasten/", "melden/", "meldungen/"]


def page_of(browser, site, persona, size=DESKTOP, **given):
    with scope(Network.objects.get()):
        cookies = cookies_of(client_of(persona), site)
    context = browser.new_context(viewport=size, **given)
    context.add_cookies(cookies)
    return context.new_page()


def test_pages_are_accessible_and_fit_the_screen(browser, site):
    page = page_of(browser, site, "admin")

    found = {path: faults_in_looks(page, f"{site}/de/arbeit/{path}") for path in PAGES}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_keys_lead_to_pages_show_themselves_and_can_be_switched_off(browser, site):
    page = page_of(browser, site, "intake")
    page.goto(f"{site}/de/arbeit/telefon/")
    page.locator("body").press("?")

    dialog = page.get_by_role("dialog", name="Tasten dieser Seite")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("g r")
    expect(dialog).to_contain_text("Alt+T")
    assert page.evaluate("document.querySelector('#keys').contains(document.activeElement)")
    for _number in range(6):  # the focus stays inside, or in the browser's own bar
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('#keys') !== null"
        )
    assert faults_here(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Rückrufe", level=1)).to_be_visible()

    page.goto(f"{site}/de/arbeit/telefon/")
    page.get_by_label("Name oder wie wir die Person nennen").press_sequentially("g r ?")
    expect(dialog).to_be_hidden()
    assert page.url.endswith("/telefon/")

    page.goto(f"{site}/de/arbeit/hilfe/tasten/")
    page.get_by_label("Tasten ausschalten").first.check()
    page.goto(f"{site}/de/arbeit/telefon/")
    page.locator("body").press("?")
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(dialog).to_be_hidden()
    assert page.url.endswith("/telefon/")


def test_without_script_the_keys_are_a_page_and_a_remark_arrives(browser, site):
    page = page_of(browser, site, "intake", PHONE, java_script_enabled=False)
    page.goto(f"{site}/de/arbeit/telefon/")
    page.get_by_role("link", name="Tasten", exact=True).click()
    expect(page.get_by_role("heading", name="Tasten", level=1)).to_be_visible()

    page.goto(f"{site}/de/arbeit/telefon/")
    page.get_by_role("link", name="Rückmeldung geben").click()
    page.get_by_label("Was ist geschehen?").fill("Der Knopf blieb grau.")
    press(page, "Senden")

    expect(page.get_by_role("status")).to_contain_text("ist angekommen")
    with scope(Network.objects.get()):
        one = Remark.objects.get()
        assert (one.text, one.route, one.reply_to) == ("Der Knopf blieb grau.", "workspace:desk", "")


def test_on_a_phone_the_menu_is_folded_and_says_where_one_is(browser, site):
    page = page_of(browser, site, "intake", PHONE)
    page.goto(f"{site}/de/arbeit/rueckrufe/")
    link = page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Telefon", exact=True)
    expect(link).to_be_hidden()

    page.locator("summary", has_text="Hauptmenü: Rückrufe").press("Enter")
    expect(link).to_be_visible()
    assert faults_here(page) == []
    page.set_viewport_size(DESKTOP)
    expect(link).to_be_visible()
    expect(page.locator("summary", has_text="Hauptmenü")).to_be_hidden()


def test_below_a_page_of_the_menu_one_sees_where_one_is(browser, site):
    page = page_of(browser, site, "intake", PHONE)
    page.goto(f"{site}/de/arbeit/nachrichten/briefe/")

    expect(page.locator("summary", has_text="Hauptmenü: Nachrichten")).to_be_visible()
    here = page.locator(".site-nav [aria-current]")
    assert [one.get_attribute("aria-current") for one in here.all()] == ["true"]


@pytest.mark.parametrize(("size", "script"), [(DESKTOP, True), (PHONE, False)])
def test_the_tour_makes_somebody_of_me_and_ticks_what_i_did(browser, site, size, script):
    page = browser.new_context(viewport=size, java_script_enabled=script).new_page()
    page.goto(f"{site}/de/konto/anmelden/")
    page.get_by_role("main").get_by_role("link", name="Rundgang").click()
    press(page, "Beginnen als Telefon und Annahme")

    panel = page.get_by_role("complementary", name="Rundgang")
    expect(panel).to_contain_text("0 von 5")
    panel.locator("summary").press("Enter")
    expect(panel.get_by_role("listitem").first).to_contain_text("Buchen Sie den nächsten Termin")
    page.get_by_label("Name oder wie wir die Person nennen").first.wait_for()
    page.goto(f"{site}/de/arbeit/telefon/")
    press(page, "Nur Auskunft gegeben")
    page.goto(f"{site}/de/arbeit/telefon/")

    expect(panel).to_contain_text("1 von 5")
    if script:
        assert faults_here(page) == []
    panel.locator("summary").press("Enter")
    press(page, "Rundgang beenden")
    expect(panel).to_have_count(0)
    assert page.url.endswith("/de/arbeit/telefon/")
