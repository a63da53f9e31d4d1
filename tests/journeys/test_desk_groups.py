"""A group in place of a talk that is far away, in a real browser, by keyboard."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.accessible import faults_here
from tests.journeys.conftest import DESKTOP, PHONE
from tests.personas import actor_of, client_of, group_with_people
from tragnetz.appointments.models import Roster
from tragnetz.core.clock import today
from tragnetz.network.scope import scope


@pytest.fixture
def group(committed_herne):
    with scope(committed_herne):
        session = group_with_people(committed_herne, actor_of(committed_herne, "foreign"), language="tr")
        Roster.objects.update(valid_from=today(committed_herne.zone) + timedelta(days=9))
        yield session.group


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_desk_leads_to_a_group_and_back_by_keyboard(browser, site, group, size):
    client = client_of("intake")
    context = browser.new_context(viewport=size)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/de/arbeit/telefon/")
    page.locator("#id_name").fill("Frau Öz")
    page.locator("#id_phone").fill("0170 1234567")
    page.locator("#id_concern").fill("Briefe")
    page.locator("#id_topic").select_option("work")
    page.locator("#id_language").select_option("tr")
    button = page.get_by_role("button", name=re.compile("Anmelden.*Bewerbung mit Plan"))
    expect(button).to_be_visible()
    assert faults_here(page) == []
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator("#id_name")).to_have_value("Frau Öz")
    expect(page.locator("#id_phone")).to_have_value("0170 1234567")
    assert "Frau" not in page.url
    assert faults_here(page) == []
    page.locator("#id_phone").fill("0170 7654321")
    back = page.get_by_role("button", name="Zurück zum Telefonbogen")
    back.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator("#id_phone")).to_have_value("0170 7654321")
    expect(page.locator("#id_concern")).to_have_value("Briefe")
