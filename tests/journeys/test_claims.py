"""From the kept check to a refusal and its deadline in a real browser; the pages for axe, on a phone and dark."""

import json

import pytest
from playwright.sync_api import expect

from tests.casework.papers_of import make_benefits
from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tests.journeys.accessible import faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.pictures import shoot
from tests.journeys.test_coaching import staff_page
from tragnetz.casework.claims.commands import ClaimDetails, plan_claim
from tragnetz.casework.models import Claim, Deadline
from tragnetz.core.clock import now, today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.screening.models import Record


@pytest.fixture
def case(small_site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        make_benefits(network)
        found = case_of(hanna, "Anna Mayer")
        content = json.dumps(
            {"household": {}, "disposable_m": 1900, "paid": {"wohngeld": 312.4, "kinderzuschlag": 205}}
        )
        day = today(network.zone)
        Record(
            network=network, household=found.household, kept_by_id=hanna.membership_id, on=day, law_of=day,
            content=content,
        ).save()  # fmt: skip
        details = ClaimDetails("kindergeld", office_words="Familienkasse", reference="FK 1")
        found.first_claim = plan_claim(actor=hanna, case=found, details=details, idempotency_key="j", now=now())
        yield found


def test_pages_are_accessible_and_fit_the_screen(browser, small_site, case):
    page = staff_page(browser, small_site, DESKTOP)
    claims, one = f"faelle/{case.pk}/antraege/", f"faelle/{case.pk}/antraege/{case.first_claim.pk}/"
    paths = [claims, f"{claims}neu/", one, f"{one}?schritt=papers", f"{one}?aendern=1", f"{claims}unterlagen/"]
    found = {path: faults_in_looks(page, f"{small_site}/de/arbeit/{path}") for path in paths}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_a_check_becomes_claims_and_a_refusal_a_deadline(browser, small_site, case):
    page = staff_page(browser, small_site, DESKTOP)
    page.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/antraege/neu/")
    page.get_by_label("Wohngeld").uncheck()
    press(page, "Diese Anträge planen")
    expect(page.get_by_role("heading", name="Kinderzuschlag")).to_be_visible()

    page.get_by_role("link", name="Kinderzuschlag").click()
    page.get_by_role("link", name="abgegeben").click()
    press(page, "Speichern")
    page.get_by_role("link", name="abgelehnt").click()
    page.get_by_label("Welchen Grund nennt der Bescheid?").fill("Einkommen zu hoch")
    press(page, "Speichern")
    press(page, "Frist ausrechnen und eintragen")
    expect(page.locator("#sum")).to_contain_text("Letzter Tag:")
    page.get_by_label("Ich habe den Brief und die Rechnung geprüft").check()
    press(page, "Frist speichern")

    expect(page.get_by_role("heading", name="Widerspruch gegen einen Bescheid")).to_be_visible()
    assert (Deadline.objects.get().rule, Claim.objects.get(benefit="kinderzuschlag").state) == ("objection", "refused")
    page.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/antraege/unterlagen/")
    page.get_by_label("Stand").first.select_option("seen")
    press(page, "Speichern")
    expect(page.get_by_text("Vollständig: Kindergeld")).to_be_visible()
    shoot(page, "papers")
