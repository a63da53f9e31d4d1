"""From a letter to a confirmed deadline in a real browser; the pages for axe, on a phone and dark."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tests.journeys.accessible import faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.pictures import shoot
from tests.journeys.test_coaching import staff_page
from tests.workspace.test_deadlines import letter_of
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.deadlines.sums import Asked, sum_of
from tragnetz.casework.models import Deadline
from tragnetz.core.clock import now, today
from tragnetz.deadlines.days import in_words
from tragnetz.network.models import Network
from tragnetz.network.scope import scope


@pytest.fixture
def case(small_site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        found = case_of(hanna, "Anna Mayer")
        day = today(network.zone)
        asked = Asked("appointment", day + timedelta(days=2))
        details = DeadlineDetails(day + timedelta(days=2), asked, matter="Gespräch", letter="Jobcenter")
        found.first_deadline = set_deadline(actor=hanna, case=found, details=details, now=now())
        yield found


def test_pages_are_accessible_and_fit_the_screen(browser, small_site, case):
    page = staff_page(browser, small_site, DESKTOP)
    paths = [
        "", "fristen/", "fristen/brief/", f"faelle/{case.pk}/fristen/", f"faelle/{case.pk}/fristen/neu/",
        f"faelle/{case.pk}/fristen/brief/", f"faelle/{case.pk}/fristen/{case.first_deadline.pk}/",
        f"faelle/{case.pk}/fristen/{case.first_deadline.pk}/?aendern=1",
    ]  # fmt: skip
    found = {path: faults_in_looks(page, f"{small_site}/de/arbeit/{path}") for path in paths}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_a_letter_becomes_a_deadline_when_somebody_confirms_it(browser, small_site, case):
    network = Network.objects.get()
    day = today(network.zone) - timedelta(days=13)
    later = day + timedelta(days=1)
    first, second = (sum_of(network, Asked("objection", on)) for on in (day, later))
    page = staff_page(browser, small_site, DESKTOP)
    page.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/fristen/brief/")
    page.get_by_label("Text des Briefs").fill(letter_of(day))
    press(page, "Brief lesen")

    expect(page.locator("mark").filter(has_text=f"{day:%d.%m.%Y}")).to_be_visible()
    press(page, "Weiter zur Rechnung")
    expect(page.locator("#sum")).to_contain_text(f"Letzter Tag: {in_words(first.due_on)}")
    # Another day, without a click: the sum follows.
    page.get_by_label("Datum des Briefs").fill(later.isoformat())
    page.get_by_label("Datum des Briefs").press("Tab")
    expect(page.locator("#sum")).to_contain_text(second.lines[0].text)
    expect(page.locator("#spoken")).to_contain_text(in_words(second.due_on))
    shoot(page, "deadline", at="#sum")
    page.get_by_label("Ich habe den Brief und die Rechnung geprüft").check()
    press(page, "Frist speichern")

    expect(page.get_by_role("heading", name="Widerspruch gegen einen Bescheid")).to_be_visible()
    row = Deadline.objects.exclude(pk=case.first_deadline.pk).get()
    assert (row.due_on.isoformat(), row.author.user.first_name) == (second.due_on.isoformat(), "Hanna")


def test_the_form_follows_the_rule_that_is_chosen(browser, small_site, case):
    page = staff_page(browser, small_site, PHONE)
    page.goto(f"{small_site}/de/arbeit/fristen/")
    page.get_by_label("Worum geht es?").select_option("job_seeking")

    expect(page.get_by_label("Letzter Tag der Arbeit")).to_be_visible()
    expect(page.locator("[aria-invalid]")).to_have_count(0)
