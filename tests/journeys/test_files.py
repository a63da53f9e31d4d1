"""A letter on its way in a real browser: shown by the person on a phone, found new, saved and read by the counsellor."""

import re

import pytest
from playwright.sync_api import expect

from tests.casework.files.samples import PDF, TEXT
from tests.factories import make_actor
from tests.journeys.accessible import faults_here, faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.test_own import enter, staff_page
from tests.owning import code_for, couple, rosa_of
from tragnetz.casework.files.commands import FileDetails, keep_file
from tragnetz.casework.models import CaseFile
from tragnetz.core.clock import now
from tragnetz.network.models import Network
from tragnetz.network.scope import scope


@pytest.fixture
def people(small_site):
    """A counsellor, a case with one paper, the code of its person."""
    network = Network.objects.get()
    with scope(network):
        ada = make_actor(network, "alpha", "counsellor", name="Ada")
        case = couple(network, ada)
        keep_file(
            actor=ada, case=case, name="Wohngeldbescheid.txt", content=TEXT, request_key="1" * 32, now=now(),
            details=FileDetails("letter", "Wohngeld"),
        )  # fmt: skip
        yield ada, case, code_for(ada, case, rosa_of(case)).code


def test_a_letter_goes_from_the_person_to_the_counsellor(browser, small_site, people):
    ada, case, code = people
    context = browser.new_context(viewport=PHONE)
    mine = context.new_page()
    enter(mine, small_site, code, "ar")
    with mine.expect_navigation():
        mine.locator("#letters a").click()
    assert faults_here(mine) == []
    mine.locator("#id_file").set_input_files({"name": "brief.pdf", "mimeType": "image/svg+xml", "buffer": PDF})
    mine.locator("#id_text").fill("رسالة")
    with mine.expect_navigation():
        mine.locator("main form[enctype] button").click()
    expect(mine.locator("[role=status]")).to_be_visible()
    assert faults_here(mine) == []

    theirs = staff_page(browser, small_site, ada, DESKTOP)
    theirs.goto(f"{small_site}/de/arbeit/")
    with theirs.expect_navigation():
        theirs.get_by_role("heading", name="Neu von der Person").locator("xpath=..").get_by_role("link").click()
    with theirs.expect_download() as found:
        theirs.get_by_role("link", name=re.compile("Speichern.*brief.pdf")).click()
    assert found.value.suggested_filename == "brief.pdf"
    assert CaseFile.objects.exclude(looked_at=None).get().note == "رسالة"

    theirs.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/unterlagen/")
    form = theirs.locator("form[enctype]")
    form.get_by_label("Dateien").set_input_files(
        [{"name": f"lohn{number}.txt", "mimeType": "text/plain", "buffer": TEXT} for number in range(2)]
    )
    form.get_by_label("Was ist es?").select_option("certificate")
    press(theirs, "Ablegen")
    expect(theirs.get_by_text("2 Dateien sind abgelegt.")).to_be_visible()


def test_pages_of_papers_are_accessible_and_fit_the_screen(browser, small_site, people):
    ada, case, _code = people
    page = staff_page(browser, small_site, ada, DESKTOP)
    row = CaseFile.objects.get()
    base = f"{small_site}/de/arbeit/faelle/{case.pk}/unterlagen/"

    found = {path: faults_in_looks(page, f"{base}{path}") for path in ("", f"{row.pk}/")}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
