"""From a deadline to a letter that has left, in a real browser; the pages for axe, on a phone and dark."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tests.journeys.accessible import faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.pictures import shoot
from tests.journeys.test_coaching import staff_page
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.deadlines.sums import Asked, sum_of
from tragnetz.casework.letters.book import kinds
from tragnetz.casework.letters.commands import start_letter
from tragnetz.casework.letters.queries import first_draft
from tragnetz.casework.models import Deadline, LetterSending
from tragnetz.core.clock import now, today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope


@pytest.fixture
def case(small_site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        found = case_of(hanna, "Anna Mayer")
        day = today(network.zone)
        asked = Asked("objection", day - timedelta(days=13))
        details = DeadlineDetails(sum_of(network, asked).due_on, asked, letter="Familienkasse, 345FK678901")
        found.deadline = set_deadline(actor=hanna, case=found, details=details, now=now())
        draft = first_draft(found, kinds()["status"], "organisation", today=day)
        values = {"worum": "Wohngeld", "antrag_vom": "2026-08-14"}
        found.letter = start_letter(
            actor=hanna, case=found, kind="status", draft=replace(draft, to="Amt\nRing 2", values=values),
            idempotency_key="f" * 32, now=now(),
        )  # fmt: skip
        yield found


def test_pages_are_accessible_and_fit_the_screen(browser, small_site, case):
    page = staff_page(browser, small_site, DESKTOP)
    start = f"faelle/{case.pk}/briefe/"
    paths = [
        start, f"{start}neu/status/", f"{start}neu/attendance/", f"{start}{case.letter.pk}/",
        f"{start}{case.letter.pk}/aendern/", "briefvorlagen/", "briefvorlagen/status/organisation/",
    ]  # fmt: skip
    found = {path: faults_in_looks(page, f"{small_site}/de/arbeit/{path}") for path in paths}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_a_deadline_is_answered_by_a_letter_and_settled_when_it_left(browser, small_site, case):
    page = staff_page(browser, small_site, DESKTOP)
    page.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/fristen/{case.deadline.pk}/")
    page.get_by_role("link", name="Widerspruch gegen einen Bescheid").click()

    expect(page.get_by_label("Aktenzeichen")).to_have_value("345FK678901")
    page.get_by_label("Worum geht es in dem Bescheid?").fill("mit dem Sie meinen Antrag abgelehnt haben")
    page.get_by_label("Empfänger mit Anschrift").fill("Familienkasse\nRing 2\n44623 Herne")
    press(page, "Vorschau")
    expect(page.locator(".sheet")).to_contain_text("mit dem Sie meinen Antrag abgelehnt haben, lege ich hiermit")
    shoot(page, "letter", at=".sheet")
    press(page, "Speichern")

    expect(page.get_by_text("Es fehlt noch: Anschrift der Person")).to_be_visible()
    page.get_by_role("link", name="Ergänzen").click()
    page.get_by_label("Anschrift der Person").fill("Weg 1\n44623 Herne")
    press(page, "Speichern")
    expect(page.get_by_role("link", name="PDF zum Drucken")).to_be_visible()
    page.get_by_label("Wie?").select_option("registered")
    press(page, "Versand eintragen")

    expect(page.get_by_text("die Frist ist eingehalten")).to_be_visible()
    with scope(Network.objects.get()):
        assert Deadline.objects.get().state == "met"
        assert LetterSending.objects.get().way == "registered"
