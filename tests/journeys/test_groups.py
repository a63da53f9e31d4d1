"""Groups in a real browser: registering on a phone in Arabic, the list by keyboard, the certificate; all pages for axe."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.factories import make_actor
from tests.journeys.accessible import BOTH_SIZES, faults, faults_here, faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE
from tests.personas import cookies_of, group_with_people
from tragnetz.appointments.groups.attending import sign_session
from tragnetz.appointments.models import Attendance, Registration
from tragnetz.network.models import Network, User
from tragnetz.network.scope import scope


@pytest.fixture
def session(small_site):
    network = Network.objects.get()
    with scope(network):
        leader = make_actor(network, "alpha", "counsellor", name="Hanna")
        yield group_with_people(network, leader, title={"de": "Bewerbung mit Plan", "ar": "التقدّم لوظيفة بخطة"})


def staff_page(browser, small_site, size):
    client = Client()
    client.force_login(User.objects.get(), "allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(viewport=size)
    context.add_cookies(cookies_of(client, small_site))
    return context.new_page()


def test_a_resident_registers_on_a_phone_in_arabic_without_script_and_leaves(browser, small_site, session):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{small_site}/ar/")
    page.get_by_role("link", name="التقدّم لوظيفة بخطة").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("main a.kern-btn--primary").click()
    page.locator("#id_name").fill("ليلى")
    page.locator("#id_phone").fill("0170 1234567")
    with page.expect_navigation():
        page.locator("main form button.kern-btn--primary").click()
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)

    page.goto(f"{small_site}/ar/meine-gruppe/")
    page.locator("#code").fill(code.lower())
    with page.expect_navigation():
        page.locator("main form button").click()
    for name in ("ask", "leave"):
        with page.expect_navigation():
            page.locator(f"button[name='{name}']").click()

    expect(page.locator("[role='status']")).to_be_visible()
    assert Registration.objects.filter(state="cancelled").count() == 1
    context.close()


def test_staff_marks_the_list_by_keyboard_and_prints_a_certificate(browser, small_site, session):
    page = staff_page(browser, small_site, DESKTOP)
    page.goto(f"{small_site}/de/arbeit/gruppen/termin/{session.pk}/liste/")

    page.locator("tbody tr").first.locator("input:checked").focus()
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    page.keyboard.press("d")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_text("2 Einträge gespeichert.")).to_be_visible()
    with scope(session.group.network):
        rows = Attendance.objects.order_by("registration__seat").values_list("presence", flat=True)
        assert list(rows) == ["excused", "came"]
    page.goto(f"{small_site}/de/arbeit/gruppen/{session.group_id}/")
    link = page.get_by_role("link", name="Bescheinigung: Rosa 1")
    answer = page.request.get(f"{small_site}{link.get_attribute('href')}")
    assert answer.body().startswith(b"%PDF")
    expect(page.get_by_role("link", name="Bescheinigung: Rosa 0")).to_have_count(0)
    page.context.close()


def test_public_pages_of_groups_are_accessible_and_fit_the_screen(browser, small_site, session):
    key, month = session.group.key, f"{session.starts_at:%Y-%m}"
    paths = [f"gruppen/?monat={month}", f"gruppen/{key}/", f"gruppen/{key}/anmelden/", "meine-gruppe/"]
    found = {}
    for language, size in (("de", DESKTOP), ("ar", PHONE)):
        page = browser.new_page(viewport=size)
        for path in [*paths, f"gruppen/da/{sign_session(session)}/"]:
            found[language, path] = faults(page, f"{small_site}/{language}/{path}")
        page.goto(f"{small_site}/{language}/gruppen/{key}/anmelden/")
        for step, name in (("wrong", ""), ("registered", "Lea")):
            page.locator("#id_name").fill(name)
            with page.expect_navigation():
                page.locator("main form button.kern-btn--primary").click()
            found[language, step] = faults_here(page)
        page.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_staff_pages_of_groups_are_accessible_and_fit_the_screen(browser, small_site, session):
    group = session.group_id
    paths = ["", "neu/", f"{group}/", f"{group}/bearbeiten/", f"{group}/termine/", f"{group}/anmelden/"]
    paths += [f"termin/{session.pk}/", f"termin/{session.pk}/liste/"]
    found = {}
    for language, looks in (("de", BOTH_SIZES), ("ar", BOTH_SIZES[1:])):
        page = staff_page(browser, small_site, looks[0][0])
        for path in paths:
            address = f"{small_site}/{language}/arbeit/gruppen/{path}"
            found[language, path] = faults_in_looks(page, address, looks, repeated=language == "ar")
        page.context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
