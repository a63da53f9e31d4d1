"""A shift moves, by mouse and by keys alike; the person it affects accepts another time."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.accessible import BOTH_SIZES, faults_here, faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.pictures import shoot
from tests.journeys.test_journeys import log_in
from tests.personas import actor_of, booked_enquiry
from tragnetz.core.clock import now


@pytest.fixture
def talk(site):
    """A talk with the lead of Caritas, the first one of next week: on any day and hour a later begin hits it."""
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    network = Network.objects.get(key="herne")
    with scope(network):
        midnight = now().astimezone(network.zone).replace(hour=0, minute=0)
        next_week = midnight + timedelta(days=7 - midnight.weekday())
        yield booked_enquiry(network, not_before=next_week).booked.booking, network


def wait_for_week(page, site, day):
    page.goto(f"{site}/de/arbeit/planung/?woche={day}")
    page.wait_for_load_state("networkidle")
    shoot(page, "planning")


def shift_of(page, day):
    row = page.locator("tr", has=page.locator("th", has_text="Hanna Reuter"))
    return row.locator(f'td[data-day="{day}"] [data-shift]').first


def test_a_shift_moves_by_keys_and_by_mouse_and_the_person_accepts(browser, site, talk):
    from tragnetz.appointments.links import secret_of
    from tragnetz.appointments.models import Booking

    booking, network = talk
    local = booking.starts_at.astimezone(network.zone)
    day = local.date()
    page = browser.new_context(viewport=DESKTOP).new_page()
    log_in(page, site, "counsellor")
    wait_for_week(page, site, day)

    shift = shift_of(page, day)
    before = shift.locator("[data-time]").inner_text()
    shift.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-plan-said]")).to_contain_text("Uhr")
    assert shift.locator("[data-time]").inner_text() != before
    page.keyboard.press("Escape")
    assert shift.locator("[data-time]").inner_text() == before
    for _ in range(9):
        page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    by_keys = page.url

    wait_for_week(page, site, day)
    box = shift_of(page, day).bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + 60, steps=4)
    page.mouse.move(box["x"] + 12, box["y"] + 10 + 9 * 2 * 7, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    assert page.url == by_keys
    assert f"auf={day}" in by_keys

    press(page, "Was ändert das?")
    expect(page.get_by_text("1 Person ist betroffen")).to_be_visible()
    expect(page.get_by_role("heading", name="Rosa Geheimrat")).to_be_visible()
    assert faults_here(page) == []
    press(page, "Übernehmen")
    expect(page.get_by_text("1 Person bekommt einen neuen Vorschlag.")).to_be_visible()
    page.context.close()

    held = Booking.objects.get(replaces=booking)
    visitor = browser.new_context(viewport=PHONE).new_page()
    visitor.goto(f"{site}/ar/termin/vorschlag/{secret_of(held)}/")
    assert visitor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    visitor.goto(f"{site}/de/termin/vorschlag/{secret_of(held)}/")
    assert Booking.objects.get(pk=held.pk).state == "held"
    assert faults_here(visitor) == []
    press(visitor, "Ja, das passt mir")
    expect(visitor.get_by_role("heading", name="Ihr Termin steht")).to_be_visible()
    assert re.fullmatch(r"[0-9A-Z-]{14}", visitor.locator(".code").inner_text())
    visitor.context.close()
    assert Booking.objects.get(pk=booking.pk).state == "cancelled"


def test_the_planning_pages_fit_and_are_accessible(browser, site):
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    network = Network.objects.get(key="herne")
    with scope(network):
        member = actor_of(network, "counsellor").membership_id
    paths = ("", "dienst/neu/", "abwesend/", "schliessung/", f"geht/{member}/", "einstellungen/")
    page = browser.new_context(viewport=DESKTOP).new_page()
    log_in(page, site, "counsellor")
    for address in (f"{site}/{language}/arbeit/planung/{path}" for language in ("de", "ar") for path in paths):
        assert faults_in_looks(page, address, BOTH_SIZES, repeated="/ar/" in address) == [], address
    page.context.close()
