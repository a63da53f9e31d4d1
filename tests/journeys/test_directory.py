"""Journey 4, the half of the directory: a provider keeps its entries true; an editor is told, looks, takes back.

A visitor says what is wrong; every editor's page is accessible, fits the screen and works by keyboard.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.architecture.test_matrix import WORK
from tests.journeys.accessible import faults_here_in_looks, faults_in_looks
from tests.journeys.by_hand import faults_of_stops
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.pictures import shoot
from tests.journeys.test_journeys import log_in
from tragnetz.directory.models import Office, Service
from tragnetz.network.models import Network, Site
from tragnetz.network.scope import scope

WRONG_LIST = {
    "name": "liste.csv",
    "mimeType": "text/csv",
    "buffer": b"Name;Beschreibung;Organisation;Alter ab\nHilfe;Wir helfen;Verein;acht\n",
}


@pytest.fixture
def offer(site):
    """An offer of the Caritas, which has four."""
    with scope(Network.objects.get()):
        yield Service.objects.select_related("organisation").filter(organisation__key="caritas").order_by("key").first()


def link_shown(page, site, offer) -> str:
    page.goto(f"{site}/de/arbeit/verzeichnis/organisationen/")
    with page.expect_navigation():
        page.get_by_role("link", name=offer.organisation.name).click()
    press(page, "Link hier zeigen")
    return page.locator(".link-address").inner_text()


def test_journey_4_a_provider_confirms_and_corrects_without_account(browser, site, offer):
    editor = browser.new_context(viewport=DESKTOP).new_page()
    log_in(editor, site, "catalogue")
    expect(editor.get_by_role("heading", name="Was ist zu tun?")).to_be_visible()
    shoot(editor, "directory")
    address = link_shown(editor, site, offer)

    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()  # neither account nor script
    page.goto(address)
    expect(page.get_by_text("4 Angebote warten auf Ihre Bestätigung.")).to_be_visible()
    shoot(page, "provider-phone")
    press(page, "Alles auf dieser Seite stimmt")
    expect(page.get_by_text("Alle Angebote sind bestätigt. Vielen Dank!")).to_be_visible()

    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(f"Ändern.*{offer.name['de']}")).click()
    page.get_by_label("Öffnungszeiten").fill("Mo-Fr ganztags")
    page.get_by_label("Telefon", exact=True).fill("02323 987654")
    press(page, "Speichern und bestätigen")
    expect(page.locator(".kern-error")).to_contain_text("Es fehlt die Uhrzeit")
    expect(page.get_by_label("Telefon", exact=True)).to_have_value("02323 987654")
    page.get_by_label("Öffnungszeiten").fill("Mo-Fr 9-13 (Eingang im Hof)\ngeschlossen 24.12.2026-01.01.2027")
    press(page, "Speichern und bestätigen")
    expect(page.get_by_text("Ihre Änderung ist gespeichert")).to_be_visible()
    page.goto(f"{site}/de/angebote/{offer.key}/")
    expect(page.get_by_text(re.compile("Mo\\.?–Fr\\.? 09:00–13:00"))).to_be_visible()
    page.context.close()

    editor.goto(f"{site}/de/arbeit/verzeichnis/?grund=provider")
    with editor.expect_navigation():
        editor.get_by_role("link", name=offer.name["de"]).click()
    expect(editor.locator("ins", has_text="987654")).to_be_visible()
    with editor.expect_navigation():
        editor.get_by_role("button", name=re.compile("Zurücknehmen.*3")).click()
    expect(editor.get_by_text("Die Änderung Nr. 3 ist zurückgenommen.")).to_be_visible()
    expect(editor.get_by_text("Der Träger hat etwas geändert")).to_have_count(0)
    editor.context.close()


def test_a_visitor_says_what_is_wrong_by_keyboard_and_an_editor_settles_it(browser, site, offer):
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site}/de/angebote/{offer.key}/")
    page.get_by_role("link", name="Stimmt etwas nicht? Sagen Sie es uns.").press("Enter")
    page.get_by_label("Die Zeiten stimmen nicht").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Mittwochs ist zu.")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Wir sehen es uns an und berichtigen es.")).to_be_visible()
    page.close()

    editor = browser.new_context(viewport=DESKTOP).new_page()
    log_in(editor, site, "catalogue")
    with editor.expect_navigation():
        editor.locator(".task a").first.click()
    expect(editor.get_by_text("Mittwochs ist zu.")).to_be_visible()
    press(editor, "berichtigt")
    expect(editor.get_by_text("Die Meldung ist erledigt.")).to_be_visible()
    editor.context.close()


def editors_pages(offer) -> list[str]:
    """Return all pages of editors by the addresses there are: a new one is walked through without being named here."""
    with scope(Network.objects.get()):
        place, office = Site.objects.first(), Office.objects.first()
    values = {
        "service": offer.pk, "organisation": offer.organisation_id, "site": place.pk, "office": office.pk,
    }  # fmt: skip
    return ["arbeit/zustaendig/"] + [
        path.format(**values)
        for name, (method, path, _statuses) in WORK.items()
        if method == "get"
        and (name.startswith("workspace:catalogue") or name in {"workspace:prerequisites", "workspace:office"})
        and not path.endswith("csv/")
    ]


def test_editors_pages_are_accessible_and_fit_the_screen(browser, site, offer):
    page = browser.new_context(viewport=PHONE).new_page()
    log_in(page, site, "catalogue")
    looks = ((PHONE, "light"), (DESKTOP, "dark"))
    found = {path: faults_in_looks(page, f"{site}/de/{path}", looks) for path in editors_pages(offer)}
    address = link_shown(page, site, offer)
    found["link"] = faults_in_looks(page, address, looks)
    found["correct"] = faults_in_looks(page, f"{address}{offer.pk}/", looks)
    page.goto(f"{site}/de/arbeit/verzeichnis/einlesen/")
    page.locator("input[type=file]").set_input_files(WRONG_LIST)
    page.get_by_label("Woher ist die Liste?").fill("Liste eines Vereins, 11/2026")
    press(page, "Prüfen, noch nicht schreiben")
    expect(page.get_by_role("table")).to_contain_text("acht")  # row, field and reason
    found["import"] = faults_here_in_looks(page, looks)
    page.context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.long
def test_each_stop_of_the_keyboard_is_framed_in_sight_and_uncovered_on_editors_pages(browser, site, offer):
    page = browser.new_context(viewport=DESKTOP).new_page()
    log_in(page, site, "catalogue")
    found = faults_of_stops(page, [f"{site}/de/{path}" for path in editors_pages(offer)], further=[PHONE])
    page.context.close()

    assert found == {}


def test_the_editors_form_tells_how_easy_a_text_is_while_typing(browser, site, offer):
    page = browser.new_context(viewport=DESKTOP).new_page()
    log_in(page, site, "catalogue")
    page.goto(f"{site}/de/arbeit/verzeichnis/{offer.pk}/bearbeiten/")
    text = page.get_by_label("Beschreibung", exact=True)

    text.fill("Die Inanspruchnahme der Leistung erfolgt unter Berücksichtigung der Einkommensverhältnisse.")

    told = page.locator(".edit__field", has=text).locator(".readability")
    expect(told).to_contain_text("schwer")
    text.fill("Wir helfen Ihnen. Rufen Sie an.")
    expect(told).to_contain_text("Gut: Der Text ist leicht genug.")
    page.context.close()
