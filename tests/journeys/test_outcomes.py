"""What came of the help in a real browser: narrowed by the filters, for axe, on a phone and dark."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.casework.conftest import make_case
from tests.factories import make_actor, make_network
from tests.journeys.accessible import faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.test_coaching import staff_page
from tests.reporting.outcomes.test_tally import granted, rated
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.workspace.outcomes.views import PARTS


@pytest.fixture
def site(live_server, transactional_db):
    """A small network with two dozen cases that were looked at twice."""
    make_network()
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        for number in range(24):
            case = make_case(hanna, name=f"Person {number}", opened_on=date(2025 + number % 2, 2, 3))
            rated(case, case.opened_on, money=(2, 2), work=(3, 3))
            rated(case, case.opened_on + timedelta(days=90), money=(4, 3), work=(2 + number % 3, 3))
            granted(case, (100, case.opened_on.replace(day=1), None))
    return live_server.url


def test_the_page_is_accessible_and_fits_the_screen(browser, site):
    page = staff_page(browser, site, DESKTOP)

    parts = ("", *(f"{key}/" for key in PARTS), "lebenslagen/?jahr=2025")
    assert [fault for part in parts for fault in faults_in_looks(page, f"{site}/de/arbeit/zahlen/wirkung/{part}")] == []


def test_a_year_is_chosen_and_stands_in_the_address(browser, site):
    page = staff_page(browser, site, DESKTOP)
    page.goto(f"{site}/de/arbeit/zahlen/wirkung/")
    page.get_by_role("navigation", name="Teile der Wirkung").get_by_role("link", name="Lebenslagen und Ziele").click()
    expect(page.get_by_text("Von 20 Fällen, die in dieser Zeit liefen, haben 20 zwei Einschätzungen")).to_be_visible()

    page.get_by_label("Jahr", exact=True).select_option("2025")
    press(page, "Zeigen")

    expect(page.get_by_text("haben 10 zwei Einschätzungen")).to_be_visible()
    page.get_by_text("So wird gezählt").first.click()
    expect(page.get_by_text("auf volle 5 gerundet").first).to_be_visible()
    assert "jahr=2025" in page.url
    expect(page.get_by_label("Jahr", exact=True)).to_have_value("2025")
    sheet = page.request.get(f"{site}{page.get_by_role('link', name='Alle Teile als PDF').get_attribute('href')}")
    assert (sheet.status, sheet.headers["content-type"]) == (200, "application/pdf")
