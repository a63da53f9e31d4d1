"""Journey 4: a counsellor sends, a partner answers by link on a phone, the counsellor sees it; axe on all pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.allowed import SECRETS, person_of, release
from tests.allowed import make_case as case_with_secrets
from tests.factories import make_actor
from tests.journeys.accessible import faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.pictures import shoot
from tests.journeys.test_coaching import staff_page
from tests.referrals.conftest import linked, sent
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.referrals.models import Referral


@pytest.fixture
def cast(small_site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        case = case_with_secrets(network, hanna)
        release(hanna, person_of(case), "contact", "goals", to=None, outside="Verein Anker, Hafenstraße 2")
        yield hanna, case


def test_a_referral_goes_out_comes_back_and_is_seen(browser, small_site, cast):
    _hanna, case = cast
    page = staff_page(browser, small_site, DESKTOP)
    page.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/vermittlungen/neu/")
    page.get_by_text("Steht nicht im Verzeichnis").click()
    page.get_by_label("Andere Stelle").fill("Verein Anker\nHafenstraße 2")
    page.get_by_label("Worum geht es?").fill("Sucht eine Gruppe am Abend")
    page.get_by_label("mit Freigabe").check()
    press(page, "Angaben und Vorschau zeigen")
    page.get_by_label("Verein Anker, Hafenstraße 2").check()
    press(page, "Angaben und Vorschau zeigen")
    page.get_by_role("checkbox", name="Name Rosa Geheimrat").check()
    press(page, "Vorschau erneuern")
    expect(page.locator("#vorschau")).to_contain_text("Rosa Geheimrat")
    expect(page.locator("#vorschau")).not_to_contain_text(SECRETS["goals"])
    shoot(page, "referral", at="#vorschau")
    page.locator("#vorschau").get_by_role("button", name="Senden").click()
    expect(page.get_by_text("wartet auf Antwort")).to_be_visible()
    press(page, "Link zeigen")
    address = page.get_by_label("Link zum Kopieren").input_value()
    code = page.locator(".referral-code").inner_text()

    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    phone.goto(address)
    expect(phone.locator("body")).not_to_contain_text("Rosa")
    phone.get_by_label("Ihr Code").fill(code)
    phone.get_by_role("button", name="Anfrage öffnen").click()
    expect(phone.get_by_text("Sucht eine Gruppe am Abend")).to_be_visible()
    expect(phone.get_by_text("Rosa Geheimrat")).to_be_visible()
    shoot(phone, "reply-phone")
    phone.get_by_label("Ihre Nachricht").fill("Dienstags ist ein Platz frei.")
    phone.get_by_role("button", name="Nachricht senden").click()
    phone.get_by_role("button", name="Wir übernehmen").click()
    expect(phone.get_by_text("Danke. Die Beratung sieht es jetzt.")).to_be_visible()

    page.goto(f"{small_site}/de/arbeit/")
    page.get_by_role("link", name=re.compile("Rosa Geheimrat")).first.click()
    expect(page.get_by_text("Dienstags ist ein Platz frei.")).to_be_visible()
    assert Referral.objects.get().state == "accepted"


def test_pages_are_accessible_and_fit_the_screen(browser, small_site, cast):
    hanna, case = cast
    with scope(Network.objects.get()):
        row = sent(hanna, case, basis="anonymous")
        secret, made = linked(hanna, row)
    page = staff_page(browser, small_site, DESKTOP)
    paths = [
        "vermittlungen/", "vermittlungen/eingang/", f"faelle/{case.pk}/vermittlungen/",
        f"faelle/{case.pk}/vermittlungen/neu/", f"faelle/{case.pk}/vermittlungen/{row.pk}/",
    ]  # fmt: skip
    found = {path: faults_in_looks(page, f"{small_site}/de/arbeit/{path}") for path in paths}
    found["code"] = faults_in_looks(page, f"{small_site}/de/antwort/{secret}/")
    page.get_by_label("Ihr Code").fill(made.code)
    press(page, "Anfrage öffnen")
    found["reply"] = faults_in_looks(page, f"{small_site}/de/antwort/{secret}/")

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
