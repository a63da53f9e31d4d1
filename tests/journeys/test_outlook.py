"""What changes soon in a real browser: set it up, ask the person to call, settle it; the pages for axe."""

import pytest
from playwright.sync_api import expect

from tests.allowed import make_case
from tests.factories import make_actor
from tests.journeys.accessible import faults_here_in_looks, faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.test_coaching import staff_page
from tests.outlooks import allow, checked, foreseen, turning
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now, today
from tragnetz.messaging.models import Message
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.screening.outlook.looking import look_through


@pytest.fixture
def hanna(small_site):
    network = Network.objects.get()
    with scope(network):
        yield make_actor(network, "alpha", "counsellor", "lead", name="Hanna")


@pytest.fixture
def case(hanna):
    made = make_case(hanna.network, hanna)
    Contact.objects.filter(pk=made.contact_id).update(may_text=True)
    return made


def test_pages_are_accessible_and_fit_the_screen(browser, small_site, hanna, case):
    foreseen(hanna, case)
    fresh = make_case(hanna.network, hanna)
    page = staff_page(browser, small_site, DESKTOP)
    paths = ["", "bald/", f"faelle/{case.pk}/bald/", f"faelle/{fresh.pk}/bald/", f"faelle/{case.pk}/rechnen/",
             f"faelle/{case.pk}/ziele/vorlagen/", f"faelle/{case.pk}/ziele/vorlagen/care/"]  # fmt: skip
    found = {path: faults_in_looks(page, f"{small_site}/de/arbeit/{path}") for path in paths}

    press(page, "Vorschlag ansehen")
    found["proposal"] = faults_here_in_looks(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_a_birthday_to_come_becomes_a_call(browser, small_site, hanna, case):
    years, month = turning(today(hanna.network.zone), 18, 2)
    checked(hanna, case, child=years)
    allow(hanna, case)
    page = staff_page(browser, small_site, DESKTOP)
    page.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/bald/")
    page.get_by_label(f"Kind, {years} Jahre: geboren im Monat").select_option(str(month))
    press(page, "Vorausschau beginnen")
    expect(page.get_by_text("In der nächsten Nacht wird gerechnet")).to_be_visible()
    look_through(network=hanna.network, now=now())

    page.goto(f"{small_site}/de/arbeit/bald/")
    lost = page.get_by_role("listitem").filter(has_text="fällt voraussichtlich weg: Unterhaltsvorschuss")
    lost.locator("summary").filter(has_text="Um Anruf bitten").click()
    expect(lost.get_by_text("Wir haben etwas Neues für Sie")).to_be_visible()
    lost.get_by_role("button", name="Senden: SMS").click()
    expect(lost.get_by_text("Um Anruf gebeten am")).to_be_visible()
    lost.get_by_role("button", name="erledigt").click()
    expect(lost).to_have_count(0)

    assert Message.objects.get().channel == "sms"
