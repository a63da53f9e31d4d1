"""A counsellor takes somebody into a project, who would not say everything; they leave, and work is the result."""

import pytest

from tests.factories import make_actor, make_network
from tests.journeys.accessible import faults
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.pictures import shoot
from tests.journeys.test_coaching import staff_page
from tests.reporting.conftest import make_case, make_programme
from tragnetz.core.clock import today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.reporting.models import Participation


@pytest.fixture
def site(live_server, transactional_db):
    """A small network: this journey needs no city."""
    make_network()
    return live_server.url


@pytest.fixture
def case(site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        day = today(network.zone)
        make_programme(
            network, starts=day.replace(month=1, day=1), ends=day.replace(year=day.year + 1, month=12, day=31)
        )
        yield make_case(hanna, name="Anna Mayer", opened_on=day)


def test_from_the_entry_with_a_refusal_to_the_result(browser, site, case):
    page = staff_page(browser, site, DESKTOP, "light")
    page.goto(f"{site}/de/arbeit/faelle/{case.pk}/projekt/")
    page.get_by_role("link", name="Anna Mayer aufnehmen").click()
    page.get_by_label("Geburtsdatum").fill("1985-05-04")
    for question, answer in {
        "Geschlecht": "w", "Was trifft am Tag des Eintritts zu?": "unemployed", "Höchster Schulabschluss": "haupt",
        "Am Tag des Eintritts in Schule": "no", "Höchster Berufsabschluss": "none",
        "Anerkannte Behinderung": "no_answer",
    }.items():  # fmt: skip
        page.get_by_label(question).select_option(answer)
    page.get_by_label("Seit wie vielen Monaten arbeitslos").fill("20")
    press(page, "Speichern")
    assert "Die Angaben sind vollständig" in page.inner_text("main")
    assert "keine Angabe" in page.inner_text("main")
    shoot(page, "participation")
    row = Participation.objects.get()
    paths = [
        f"faelle/{case.pk}/projekt/", f"faelle/{case.pk}/projekt/{row.pk}/", f"faelle/{case.pk}/projekt/{row.pk}/eintritt/",
        "projekte/", "projekte/filou/teilnahmen/", "projekte/fehlt/",
    ]  # fmt: skip
    small = staff_page(browser, site, PHONE, "dark")
    found = {path: faults(small, f"{site}/de/arbeit/{path}") for path in paths}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}

    page.get_by_role("link", name="Austritt eintragen").click()
    page.get_by_label("Wie endete die Teilnahme?").select_option("early_job")
    page.get_by_label("Beschäftigt oder selbstständig").select_option("yes")
    press(page, "Speichern")
    assert "früher beendet: Arbeit oder Ausbildung" in page.inner_text("main")
    row.refresh_from_db()
    assert "EECR04" in row.codes
