"""Half a year after a project: a message on the phone, two questions, no account. German and Arabic; staff sees it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.pictures import shoot
from tests.journeys.test_own import staff_page
from tests.journeys.test_resident import faults_here
from tests.reporting.asking.conftest import allow, left
from tests.reporting.conftest import make_programme
from tragnetz.casework.closing.commands import close_case
from tragnetz.core.clock import now, today
from tragnetz.core.months import months_later
from tragnetz.messaging.models import Message
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.reporting.asking.commands import ask_due
from tragnetz.reporting.models import Answers


@pytest.fixture
def asked(small_site, settings):
    """Ada, her case of Rosa, and the path of the link that went out."""
    settings.TRAGNETZ_PUBLIC_URL = "https://stadt.example"
    network = Network.objects.get()
    with scope(network):
        ada, day = make_actor(network, "alpha", "counsellor", name="Ada"), today(network.zone)
        left_on = months_later(day, -6)
        project = make_programme(
            network, "gut", terms={"asks_people": True}, starts=day - timedelta(days=600), ends=day + timedelta(days=300)
        )  # fmt: skip
        case = make_case(ada, opened_on=day - timedelta(days=420))
        allow(case, may_text=True)
        row = left(ada, case, project, entered_on=day - timedelta(days=400), left_on=left_on)
        close_case(actor=ada, case=case, reason="done", result="better", after_care=True, today=left_on)
        ask_due(network=network, now=now())
        yield (
            ada,
            case,
            row,
            Message.objects.get(template="after_ask").params["link"].removeprefix("https://stadt.example"),
        )


@pytest.mark.parametrize(("language", "script"), [("de", False), ("ar", True)])
def test_somebody_answers_on_an_old_phone_and_the_counsellor_sees_it(browser, small_site, asked, language, script):
    ada, case, row, path = asked
    phone = browser.new_context(viewport=PHONE, java_script_enabled=script).new_page()
    phone.goto(f"{small_site}{path.replace('/de/', f'/{language}/')}")
    expect(phone.locator("fieldset.asked")).to_have_count(2)
    assert "Rosa" not in phone.locator("body").inner_text()
    if script:
        assert faults_here(phone) == []
    if language == "de":
        shoot(phone, "asked-phone-de")
    with phone.expect_navigation():
        phone.locator("button[name=send]").click()
    expect(phone.locator("[role=alert]")).to_be_visible()
    phone.locator("input[name=q_later_employment][value=yes]").check()
    phone.locator("input[name=feels][value=better]").check()
    with phone.expect_navigation():
        phone.locator("button[name=send]").click()
    expect(phone.locator("main form")).to_have_count(0)
    phone.goto(f"{small_site}{path}")
    expect(phone.get_by_role("heading", name="Danke")).to_be_visible()

    desk = staff_page(browser, small_site, ada, DESKTOP)
    desk.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/projekt/{row.pk}/")
    expect(desk.get_by_text("selbst beantwortet, über den Link")).to_be_visible()
    assert faults_here(desk) == []
    with scope(Network.objects.get()):
        assert Answers.objects.get(moment="six_months").answers == {"later_employment": "yes"}
