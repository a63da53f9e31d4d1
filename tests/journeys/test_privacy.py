"""Privacy in a real browser: one hands the copy out, two delete, without script; all pages for axe."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_network
from tests.journeys.accessible import BOTH_SIZES, faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.pictures import shoot
from tests.personas import client_for, cookies_of
from tests.privacy.people import make_family, make_team
from tragnetz.audit.commands import chain_events
from tragnetz.audit.heads import sign_head
from tragnetz.audit.verify import verify_and_keep
from tragnetz.casework.models import Case
from tragnetz.core.clock import now
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.privacy.models import Deletion, Request
from tragnetz.privacy.rights.commands import Demand, take_request
from tragnetz.privacy.trail import case_number


@pytest.fixture
def site(live_server, transactional_db, settings, tmp_path):
    """A small network: these journeys need no city."""
    settings.TRAGNETZ_VAR = tmp_path
    make_network()
    return live_server.url


@pytest.fixture
def office(site):
    network = Network.objects.get()
    with scope(network):
        team = make_team(network)
        family = make_family(network, team)
        chain_events(network)
        sign_head(network=network, now=now())
        verify_and_keep(network, now=now())
        yield team, family


def page_of(browser, site, actor, size=DESKTOP, *, script=False):
    with scope(Network.objects.get()):
        client = client_for(actor)
    context = browser.new_context(viewport=size, java_script_enabled=script)
    context.add_cookies(cookies_of(client, site))
    return context.new_page()


def ask(family, right):
    day = now().date()
    return take_request(
        actor=family.counsellor, case_id=family.case.pk, person_id=None, idempotency_key=right, today=day,
        demand=Demand(right=right, way="visit", received_on=day, identity="known", wish="Ich will alles sehen."),
    )  # fmt: skip


def test_the_lead_looks_texts_through_and_hands_the_copy_out_without_script(browser, site, office):
    team, family = office
    page = page_of(browser, site, team["lead"])
    page.goto(f"{site}/de/arbeit/faelle/{family.case.pk}/")
    page.get_by_role("link", name="Antrag zum Datenschutz").click()
    page.get_by_label("Mit den Worten der Person").fill("Ich will alles sehen.")
    press(page, "Aufnehmen")
    page.get_by_role("link", name="Texte durchsehen: Was betrifft andere?").click()
    page.get_by_label(re.compile("Kemal sucht Arbeit")).check()
    press(page, "Durchgesehen: zur Vorschau")

    expect(page.get_by_text("Mietschulden bei Frau Sommer").first).to_be_visible()
    expect(page.get_by_text("Kemal sucht Arbeit")).to_have_count(0)
    shoot(page, "privacy-copy")
    with page.expect_download() as got:
        page.get_by_role("link", name="Kopie als PDF").click()
    assert got.value.suggested_filename == "meine-daten.pdf"
    page.context.close()


def test_two_delete_what_one_alone_cannot(browser, site, office):
    team, family = office
    Case.objects.update(state="closed", closed_on="2021-03-01")
    lead, officer = page_of(browser, site, team["lead"]), page_of(browser, site, team["dpo"])
    lead.goto(f"{site}/de/arbeit/datenschutz/loeschen/")
    cases = lead.locator("#due-case")
    cases.get_by_label(case_number(family.case.pk), exact=True).check()
    cases.get_by_role("button", name="Zum Löschen vorschlagen").click()
    expect(lead.get_by_text("Eine zweite Person muss es bestätigen.").first).to_be_visible()
    assert lead.get_by_role("button", name="Endgültig löschen").count() == 0

    officer.goto(f"{site}/de/arbeit/datenschutz/loeschen/")
    officer.get_by_role("link", name="Prüfen").click()
    officer.get_by_label("Ich habe geprüft").check()
    shoot(officer, "deletion")
    press(officer, "Endgültig löschen")

    expect(officer.get_by_text("1 Eintrag ist gelöscht.")).to_be_visible()
    assert not Case.objects.exists()


@pytest.mark.long
def test_pages_of_privacy_are_accessible_and_fit_the_screen(browser, site, office):
    team, family = office
    asked = {
        right: ask(family, right).pk for right in ("access", "correction", "restriction", "erasure", "portability")
    }
    Case.objects.update(state="closed", closed_on="2021-03-01")
    deletion = Deletion(
        network=family.case.network, organisation_id=family.case.organisation_id, key="case", state="proposed",
        records=1, proposed_by_id=team["dpo"].membership_id,
    )  # fmt: skip
    deletion.save()
    assert Request.objects.count() == 5
    own = f"antraege/{asked['access']}"
    lead = ["", "antraege/", f"antraege/neu/{family.case.pk}/", f"{own}/", f"{own}/?auch=1", f"{own}/durchsehen/",
            f"{own}/vorschau/", f"antraege/{asked['correction']}/", f"antraege/{asked['correction']}/berichtigen/",
            f"antraege/{asked['correction']}/berichtigen/?was=contact:{family.contact.pk}:phone",
            f"antraege/{asked['restriction']}/", f"antraege/{asked['erasure']}/", f"antraege/{asked['portability']}/",
            "loeschen/", f"loeschen/{deletion.pk}/", "loeschen/fristen/", f"zugriffe/{family.case.pk}/"]  # fmt: skip
    officer = ["", "protokoll/", "protokoll/?fall=0000-0000", f"{own}/", "loeschen/", f"loeschen/{deletion.pk}/"]
    found = {}
    for who, paths in ((team["lead"], lead), (team["dpo"], officer)):
        page = page_of(browser, site, who, script=True)
        for path in paths:
            found[who.name, path] = faults_in_looks(page, f"{site}/de/arbeit/datenschutz/{path}", BOTH_SIZES)
        page.context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
