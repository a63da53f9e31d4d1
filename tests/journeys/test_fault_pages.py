"""Pages that nobody wants to see: in German and Arabic, on a phone and a desk, accessible, with the numbers to call."""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from playwright.sync_api import expect

from tests.journeys.accessible import faults_here
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.test_journeys import log_in
from tragnetz.config.errors import too_large
from tragnetz.config.limits import slow_down
from tragnetz.network.models import Network
from tragnetz.network.notice import remember
from tragnetz.network.scope import scope


def raising(error):
    def view(*_given, **_more):
        raise error()

    return view


FAULTS = {
    "400": raising(SuspiciousOperation),
    "403": raising(PermissionDenied),
    "404": raising(Http404),
    "413": lambda request, *_more: too_large(request, megabytes=10, at_once=5),
    "429": lambda request, *_more: slow_down(request, "portal:remark", timedelta(minutes=2)),
    "500": raising(RuntimeError),
    "503": raising(OperationalError),
}
WORDS = "Die Rampe am Eingang ist zu steil."


def keep_picture(page, name):
    if folder := os.environ.get("TRAGNETZ_PICTURES"):
        page.screenshot(path=f"{folder}/fault-{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_a_page_of_a_fault_is_accessible_and_says_whom_to_call(
    browser, site, monkeypatch, settings, tmp_path, language, size
):
    settings.TRAGNETZ_VAR = tmp_path
    with scope(network := Network.objects.get()):
        remember(network, tmp_path)
    page = browser.new_page(viewport=size)
    found = {}
    for status, view in FAULTS.items():
        with monkeypatch.context() as patch:
            patch.setattr("tragnetz.portal.remark.views._page", view)
            answer = page.goto(f"{site}/{language}/rueckmeldung/")
        assert answer.status == int(status)
        expect(page.get_by_text("02323 16-9167")).to_be_visible()
        found[status] = faults_here(page)
        keep_picture(page, f"{status}-{language}-{size['width']}")
    page.close()

    assert {status: faults for status, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_form_that_was_open_too_long_keeps_what_was_typed_and_says_whom_to_call(browser, site, language):
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site}/{language}/rueckmeldung/")
    page.locator("main textarea").first.fill(WORDS)
    page.context.clear_cookies()
    with page.expect_navigation() as answer:
        page.locator("main form button").first.click()

    assert answer.value.status == 403
    expect(page.get_by_text("02323 16-9167")).to_be_visible()
    assert faults_here(page) == []
    keep_picture(page, f"403-form-{language}")
    assert WORDS in [one.input_value() for one in page.locator("main input[type=hidden]").all()]
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_pages_of_a_fault_at_work_lead_back_to_work(browser, site, monkeypatch, size):
    page = browser.new_page(viewport=size)
    log_in(page, site, "counsellor")
    found = {}
    for status in ("400", "403", "404", "500"):
        with monkeypatch.context() as patch:
            patch.setattr("tragnetz.workspace.remarks.views.came_from", FAULTS[status])
            answer = page.goto(f"{site}/de/arbeit/melden/")
        assert answer.status == int(status)
        expect(page.locator("main a[href='/de/arbeit/start/']")).to_be_visible()
        found[status] = faults_here(page)
        keep_picture(page, f"work-{status}-{size['width']}")
    page.close()

    assert {status: faults for status, faults in found.items() if faults} == {}


def test_work_that_cannot_be_kept_for_a_moment_is_sent_again_from_the_page_that_says_so(browser, site, monkeypatch):
    page = browser.new_page(viewport=PHONE)
    log_in(page, site, "counsellor")
    page.goto(f"{site}/de/arbeit/melden/")
    page.locator("main textarea").first.fill(WORDS)
    with monkeypatch.context() as patch:
        patch.setattr("tragnetz.workspace.remarks.views.came_from", FAULTS["503"])
        with page.expect_navigation() as answer:
            page.locator("main form button.kern-btn--primary").first.click()
    assert answer.value.status == 503
    assert faults_here(page) == []
    assert page.get_by_text("02323 16-9167").count() == 0
    page.get_by_text("Was Sie geschrieben haben").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    keep_picture(page, "work-503-form")
    press(page, "Noch einmal senden")

    assert page.locator("main [role=status]").count() > 0
    page.close()


def test_a_file_that_is_much_too_large_leads_back_to_what_was_typed_at_work(browser, site, settings):
    page = browser.new_page(viewport=DESKTOP)
    log_in(page, site, "counsellor")
    settings.TRAGNETZ_REQUEST_MOST = 2000
    page.goto(f"{site}/de/arbeit/melden/")
    page.locator("main textarea").first.fill("Wort " * 500)
    with page.expect_navigation() as answer:
        page.locator("main form button.kern-btn--primary").first.click()
    assert answer.value.status == 413
    assert faults_here(page) == []
    keep_picture(page, "work-413-real")
    expect(page.locator("main a[href='/de/arbeit/start/']")).to_be_visible()
    page.go_back()

    expect(page.locator("main textarea").first).to_have_value("Wort " * 500)
    page.close()
