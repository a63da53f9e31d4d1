"""Signing in with a real browser: passkeys by Chromium's virtual key, warnings before a session ends, all pages for axe."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from playwright.sync_api import expect

from tests.factories import make_actor
from tests.journeys.accessible import BOTH_SIZES, faults_here, faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.pictures import shoot
from tests.personas import cookies_of
from tragnetz.core.clock import now
from tragnetz.network.models import Network, User
from tragnetz.network.scope import scope
from tragnetz.staff.models import Session

PASSWORD = "a long enough password"
ACCOUNT_PAGES = [
    "sicherheit/", "sicherheit/app/ein/", "sicherheit/schluessel/", "sicherheit/schluessel/neu/", "passwort/",
    "sitzungen/", "abmelden/",
]  # fmt: skip
OPEN_PAGES = ["anmelden/", "passwort/vergessen/", "passwort/vergessen/unterwegs/", "passwort/neu/kein/link/",
              "einladung/kein-link/"]  # fmt: skip


@pytest.fixture
def hanna(small_site):
    network = Network.objects.get()
    with scope(network):
        yield make_actor(network, "alpha", "counsellor", "admin", name="Hanna")


def with_key(page):
    """Give a page a virtual security key that knows its user (a PIN or a finger)."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def sign_in(page, small_site):
    page.goto(f"{small_site}/de/konto/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill("hanna@alpha.example")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    press(page, "Anmelden")


def staff_page(browser, small_site, size=DESKTOP, **given):
    client = Client()
    client.force_login(User.objects.get(), "allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(viewport=size, **given)
    context.add_cookies(cookies_of(client, small_site))
    return context.new_page()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_passkey_is_set_up_and_opens_the_work_without_a_password(browser, small_site, hanna, size):
    page = browser.new_context(viewport=size).new_page()
    trouble = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    _tools, _key = with_key(page)
    sign_in(page, small_site)
    page.goto(f"{small_site}/de/konto/sicherheit/schluessel/neu/")
    page.get_by_label(re.compile("Name, zum Beispiel")).fill("Diensthandy")
    press(page, "Jetzt einrichten")
    expect(page.get_by_role("heading", level=1)).to_have_text("Notfall-Codes")
    stored = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    assert stored.wrap().name == "Diensthandy"
    page.goto(f"{small_site}/de/konto/abmelden/")
    with page.expect_navigation():
        page.locator("main form button").click()

    page.goto(f"{small_site}/de/konto/anmelden/")
    press(page, "Passkey verwenden")

    expect(page).to_have_title(re.compile("^Mein Tag"))
    assert trouble == []


def test_a_key_is_the_second_factor_after_the_password(browser, small_site, hanna):
    page = browser.new_context(viewport=DESKTOP).new_page()
    with_key(page)
    sign_in(page, small_site)
    page.goto(f"{small_site}/de/konto/sicherheit/schluessel/neu/")
    page.get_by_label(re.compile("^Passkey: ")).uncheck()
    press(page, "Jetzt einrichten")
    page.context.clear_cookies()

    sign_in(page, small_site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiter Faktor")
    shoot(page, "second-factor")
    assert faults_here(page) == []
    press(page, "Mit Passkey oder Schlüssel")

    expect(page).to_have_title(re.compile("^Mein Tag"))


def test_a_key_that_says_no_is_told_and_the_code_stays(browser, small_site, hanna):
    page = browser.new_context(viewport=DESKTOP).new_page()
    tools, key = with_key(page)
    sign_in(page, small_site)
    page.goto(f"{small_site}/de/konto/sicherheit/schluessel/neu/")
    press(page, "Jetzt einrichten")
    page.context.clear_cookies()
    tools.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    sign_in(page, small_site)

    page.get_by_role("button", name="Mit Passkey oder Schlüssel").click()

    expect(page.get_by_role("alert")).to_contain_text("Das hat nicht geklappt.")
    expect(page.get_by_label("Code")).to_be_visible()


def test_a_page_warns_before_the_session_ends_and_keeps_it(browser, small_site, hanna):
    page = staff_page(browser, small_site)
    page.clock.install()
    page.goto(f"{small_site}/de/arbeit/gruppen/neu/")
    page.locator("#id_title").fill("Noch nicht gespeichert")
    note = page.locator("[data-session]")
    expect(note).to_be_hidden()

    page.clock.run_for(28 * 60_000)
    expect(note).to_contain_text("in wenigen Minuten abgemeldet")
    assert faults_here(page) == []
    Session.objects.update(seen_at=now() - timedelta(minutes=28))
    with page.expect_response(re.compile("/konto/wach/")):
        page.get_by_role("button", name="Angemeldet bleiben").click()
    page.clock.run_for(6_000)

    expect(note).to_be_hidden()
    assert Session.objects.get().seen_at > now() - timedelta(minutes=1)
    page.clock.run_for(31 * 60_000)
    expect(note).to_contain_text("Was Sie geschrieben haben, steht noch hier.")
    expect(page.locator("#id_title")).to_have_value("Noch nicht gespeichert")


def test_without_script_what_was_typed_survives_the_end_of_a_session(browser, small_site, hanna):
    page = staff_page(browser, small_site, java_script_enabled=False)
    page.goto(f"{small_site}/de/arbeit/team/einladen/")
    page.locator("#id_email").fill("neu@alpha.example")
    page.locator("#role-intake").check()
    Session.objects.update(seen_at=now() - timedelta(minutes=31))
    press(page, "Einladung schicken")
    expect(page.get_by_role("status")).to_contain_text("Sie waren 30 Minuten nicht aktiv.")

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="In einem neuen Fenster anmelden").click()
    other = opened.value
    other.get_by_label("E-Mail-Adresse").fill("hanna@alpha.example")
    other.get_by_label("Passwort", exact=True).fill(PASSWORD)
    press(other, "Anmelden")
    press(page, "Noch einmal senden")
    # A new sign-in has a new token against forged requests, so the page asks once more.
    if page.get_by_role("button", name="Noch einmal senden").count():
        press(page, "Noch einmal senden")

    expect(page.get_by_role("status")).to_contain_text("Die Einladung ist unterwegs an neu@alpha.example.")
    assert len(mail.outbox) == 1


def test_the_account_pages_have_no_faults(browser, small_site, hanna):
    page = staff_page(browser, small_site)
    found = {}
    for path in ACCOUNT_PAGES:
        found[path] = faults_in_looks(page, f"{small_site}/de/konto/{path}", BOTH_SIZES)
    for path in ("", "einladen/", f"{hanna.membership_id}/"):
        found[f"team/{path}"] = faults_in_looks(page, f"{small_site}/de/arbeit/team/{path}", BOTH_SIZES)
    page.context.clear_cookies()
    for path in OPEN_PAGES:
        found[path] = faults_in_looks(page, f"{small_site}/de/konto/{path}", BOTH_SIZES)

    assert {path: faults for path, faults in found.items() if faults} == {}
