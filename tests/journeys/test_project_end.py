"""A project ends in two months: a counsellor sees it, opens the case, and decides how the help goes on."""

from datetime import timedelta

import pytest

from tests.factories import make_actor
from tests.journeys.accessible import faults
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.test_coaching import staff_page
from tests.reporting.conftest import make_case, make_programme, take_in
from tragnetz.core.clock import today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.reporting.ending.models import EndDecision


@pytest.fixture
def case(small_site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        day = today(network.zone)
        programme = make_programme(network, starts=day - timedelta(days=300), ends=day + timedelta(days=60))
        case = make_case(hanna, name="Anna Mayer", opened_on=day - timedelta(days=200))
        take_in(hanna, case, programme, entered_on=day - timedelta(days=100))
        yield case


def test_from_the_day_page_to_the_decision(browser, small_site, case):
    page = staff_page(browser, small_site, DESKTOP, "light")
    page.goto(f"{small_site}/de/arbeit/")
    assert "Filou endet in 60 Tagen." in page.inner_text("main")
    page.get_by_role("link", name="Ansehen").click()
    page.get_by_role("link", name="Anna Mayer").click()
    page.get_by_label("Wie geht die Hilfe weiter?").select_option("stays")
    press(page, "Entscheidung festhalten")
    assert "Die Hilfe geht bei uns weiter" in page.inner_text("main")
    assert EndDecision.objects.get().state == "decided"

    small = staff_page(browser, small_site, PHONE, "dark")
    paths = ["projekte/", "projekte/filou/ende/?zeigen=entschieden", f"projekte/filou/ende/faelle/{case.pk}/"]
    found = {path: faults(small, f"{small_site}/de/arbeit/{path}") for path in paths}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
