"""Journey 5: the programme manager from the log-in to curve, filter, map, gaps and the paper; the pages for axe."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.accessible import faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.pictures import shoot
from tests.personas import EMAILS, actor_of, client_of, cookies_of
from tests.reporting.figures import counted_slowly, enter_many
from tragnetz.core.clock import today
from tragnetz.demo.staff import PASSWORD
from tragnetz.network.models import District, Network, Programme
from tragnetz.network.scope import scope

WHOLE = "arbeit/zahlen/?projekt=bqb-sued.gut"


@pytest.fixture
def rows(site):
    """Two years of participations in BQB-Süd and G.U.T."""
    network = Network.objects.get()
    with scope(network):
        first = today(network.zone).replace(day=1) - timedelta(days=700)
        projects = Programme.objects.filter(key__in=["bqb-sued", "gut"])
        projects.update(starts=first, ends=first + timedelta(days=1095), terms={})
        yield enter_many(actor_of(network, "counsellor"), [actor_of(network, "foreign")], list(projects), people=300)


def test_pages_are_accessible_and_fit_the_screen(browser, site, rows):
    context = browser.new_context(viewport=DESKTOP)
    context.add_cookies(cookies_of(client_of("programme"), site))
    page = context.new_page()
    paths = [WHOLE, f"{WHOLE}&karte=anfragen&bezirk=wanne&thema=debt", "arbeit/zahlen/luecken/"]
    found = {path: faults_in_looks(page, f"{site}/de/{path}") for path in paths}
    context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_journey_5_the_programme_manager_sees_the_curve_and_takes_the_paper_along(browser, site, rows):
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/de/arbeit/start/")
    page.get_by_label("E-Mail-Adresse").fill(EMAILS["programme"])
    page.get_by_label("Passwort").fill(PASSWORD)
    press(page, "Anmelden")
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Zahlen").click()

    page.get_by_label("Projekt", exact=True).select_option(label="BQB-Süd und G.U.T.")
    press(page, "Zeigen")
    whole, part = counted_slowly(rows), District.objects.get(key="wanne")
    expect(page.get_by_text(f"{whole.households // 5 * 5} von 1.300")).to_be_visible()
    expect(page.get_by_role("img", name="Kurve: Plan, erreicht und Ausblick")).to_be_visible()
    shoot(page, "figures")

    page.get_by_label("Stadtbezirk", exact=True).select_option(label="Wanne")
    press(page, "Zeigen")
    persons = counted_slowly(rows, district_id=part.pk).persons
    expect(page.locator(".key-figures").first).to_contain_text(str(persons // 5 * 5))
    page.locator("#karte-titel").scroll_into_view_if_needed()
    expect(page.get_by_role("img", name="Wo die Erreichten wohnen")).to_be_visible()
    shoot(page, "figures-map", at="#karte-titel")

    paper = page.get_by_role("link", name="Vorlage für Rat oder Ausschuss").get_attribute("href")
    assert context.request.get(f"{site}{paper}").body().startswith(b"%PDF")
    page.get_by_role("link", name="Lücken der Hilfe").click()
    expect(page.get_by_role("heading", name="Gesucht und nicht gefunden")).to_be_visible()
    context.close()
