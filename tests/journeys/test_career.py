"""From an empty page to a letter on the list in a real browser, by keyboard; the pages for axe, on a phone and dark."""

import pytest
from playwright.sync_api import expect

from tests.casework.career.test_career import able, add, begin, told
from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tests.journeys.accessible import faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.test_coaching import staff_page
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.core.clock import today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope


@pytest.fixture
def coaching(small_site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        case = case_of(hanna, "Anna Mayer")
        made = start_coaching(
            actor=hanna, case=case, person=case.household.people.first(), today=today(network.zone)
        )  # fmt: skip
        made.hanna = hanna
        yield made


def test_pages_are_accessible_and_fit_the_screen(browser, small_site, coaching):
    told(coaching, coaching.hanna)
    entry = add(coaching.hanna, coaching, "Verkäuferin", ends_on=None, tasks="Kasse")
    add(
        coaching.hanna,
        coaching,
        "Schule",
        starts_on=entry.starts_on.replace(year=2010),
        ends_on=entry.starts_on.replace(year=2015),
    )
    skill, letter = able(coaching.hanna, coaching), begin(coaching.hanna, coaching)
    page = staff_page(browser, small_site, DESKTOP)
    papers = f"coaching/{coaching.pk}/unterlagen/"
    paths = [
        papers, f"{papers}person/", f"{papers}stationen/", f"{papers}kenntnisse/", f"{papers}lebenslauf/",
        f"{papers}anschreiben/", f"coaching/station/{entry.pk}/", f"coaching/kenntnis/{skill.pk}/",
        f"coaching/anschreiben/{letter.pk}/", f"coaching/anschreiben/{letter.pk}/angaben/",
    ]  # fmt: skip
    found = {path: faults_in_looks(page, f"{small_site}/de/arbeit/{path}") for path in paths}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_from_nothing_to_a_letter_on_the_list(browser, small_site, coaching):
    page = staff_page(browser, small_site, DESKTOP)
    page.goto(f"{small_site}/de/arbeit/coaching/{coaching.pk}/unterlagen/")
    page.get_by_role("link", name="Wer bewirbt sich?").last.click()
    page.get_by_label("Adresse").fill("Bahnhofstraße 1\n44623 Herne")
    page.get_by_label("Telefon").fill("0170 1234567")
    press(page, "Speichern und weiter")
    page.get_by_label("Bezeichnung").fill("Verkäuferin")
    page.get_by_label("Wo?").fill("Bäckerei Korn")
    page.get_by_label("Von", exact=True).fill("3/2019")
    press(page, "Eintragen")
    page.get_by_role("link", name="Weiter: Stärken und Kenntnisse").click()
    page.get_by_label("Was?").fill("Geduld")
    page.get_by_label("Ein Beispiel").fill("Ich bleibe freundlich")
    press(page, "Eintragen")
    page.get_by_role("link", name="Weiter: Lebenslauf ansehen").click()
    page.get_by_label("Gestaltung").select_option("modern")
    press(page, "Übernehmen")
    expect(page.get_by_alt_text("Bild des Lebenslaufs, Seite 1")).to_be_visible()
    page.get_by_role("link", name="Weiter: Anschreiben").click()
    page.get_by_label("Betrieb", exact=True).fill("Café Sonne")
    page.get_by_label("Stelle", exact=True).fill("Verkäuferin")
    page.get_by_label("Wo haben Sie die Stelle gefunden?").select_option("notice")
    page.get_by_label("Was passt am besten?").select_option("working")
    page.get_by_label("Geduld").check()
    press(page, "Brief schreiben")
    expect(page.get_by_label("Text", exact=True)).to_contain_text("Meine Stärke: Geduld. Ich bleibe freundlich.")
    press(page, "Als Bewerbung eintragen")

    expect(page.get_by_role("heading", name="Café Sonne")).to_be_visible()
    expect(page.get_by_role("link", name="Das Anschreiben dazu")).to_be_visible()
