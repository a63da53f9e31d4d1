"""Pages that nobody wants to see: in German and Arabic, on a phone and a desk, accessible, with the numbers to call."""

import os

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from playwright.sync_api import expect

from tests.journeys.accessible import faults_here
from tests.journeys.conftest import DESKTOP, PHONE
from tragnetz.network.models import Network
from tragnetz.network.notice import remember
from tragnetz.network.scope import scope

BROKEN = {"500": RuntimeError(), "503": OperationalError(), "400": SuspiciousOperation()}


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
    for status, error in BROKEN.items():

        def breaks(*_given, error=error, **_more):
            raise error

        with monkeypatch.context() as patch:
            patch.setattr("tragnetz.portal.remark.views._page", breaks)
            answer = page.goto(f"{site}/{language}/rueckmeldung/")
        assert answer.status == int(status)
        expect(page.get_by_text("02323 16-9167")).to_be_visible()
        found[status] = faults_here(page)
        if folder := os.environ.get("TRAGNETZ_PICTURES"):
            page.screenshot(path=f"{folder}/fault-{status}-{language}-{size['width']}.png", full_page=True)
    page.close()

    assert {status: faults for status, faults in found.items() if faults} == {}
