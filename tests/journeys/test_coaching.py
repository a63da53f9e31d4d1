"""The way to work, the net and the team's work in a real browser: by keyboard, for axe, on a phone and dark."""

import pytest
from playwright.sync_api import expect

from tests.casework.coaching.test_commands import apply, begin
from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tests.journeys.accessible import faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.personas import client_for, cookies_of
from tragnetz.casework.coaching.commands import Profile, start_coaching, write_profile
from tragnetz.casework.networkmap.commands import TieDetails, add_tie
from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.core.clock import today
from tragnetz.network.actors import of_membership
from tragnetz.network.models import Membership, Network
from tragnetz.network.scope import scope


@pytest.fixture
def case(small_site):
    network = Network.objects.get()
    with scope(network):
        hanna = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        yield case_of(hanna, "Anna Mayer")


def staff_page(browser, small_site, size, scheme="light"):
    network = Network.objects.get()
    with scope(network):
        client = client_for(of_membership(Membership.objects.select_related("user").get(), network))
    context = browser.new_context(viewport=size, color_scheme=scheme)
    context.add_cookies(cookies_of(client, small_site))
    return context.new_page()


def test_pages_are_accessible_and_fit_the_screen(browser, small_site, case):
    network = Network.objects.get()
    day = today(network.zone)
    hanna = _actor(network)
    coaching = start_coaching(actor=hanna, case=case, person=case.household.people.first(), today=day)
    write_profile(actor=hanna, coaching=coaching, profile=Profile(goal="Verkauf", skills="ruhig", goal_field=6))
    application, placement = apply(hanna, coaching, day), begin(hanna, coaching, day)
    for number, strength in enumerate(Strength):
        details = TieDetails(f"Oma {number}", Sphere.FAMILY, strength, "holt die Kinder ab")
        add_tie(actor=hanna, case=case, details=details, request_key=f"{number}" * 32)
    page = staff_page(browser, small_site, DESKTOP)
    paths = [
        "suche/", "faelle/", "auslastung/", "auslastung/kapazitaet/", f"faelle/{case.pk}/netz/",
        f"faelle/{case.pk}/besprechung/", f"coaching/{coaching.pk}/", f"coaching/{coaching.pk}/profil/",
        f"coaching/{coaching.pk}/beginn/", f"coaching/bewerbung/{application.pk}/",
        f"coaching/arbeit/{placement.pk}/",
    ]  # fmt: skip
    found = {path: faults_in_looks(page, f"{small_site}/de/arbeit/{path}") for path in paths}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_the_desk_finds_somebody_and_keeps_the_sheet(browser, small_site, case):
    page = staff_page(browser, small_site, DESKTOP)
    page.goto(f"{small_site}/de/arbeit/telefon/")
    page.get_by_label("Worum geht es?").fill("Stromsperre")
    page.get_by_label("Person suchen").fill("Meier")
    page.keyboard.press("Enter")

    expect(page.locator("#found")).to_contain_text("Anna Mayer")
    expect(page.locator("#found")).to_contain_text("klingt ähnlich")
    expect(page.get_by_label("Worum geht es?")).to_have_value("Stromsperre")


def test_somebody_is_put_on_the_map_without_script(browser, small_site, case):
    context = staff_page(browser, small_site, PHONE).context
    page = context.browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.context.add_cookies(context.cookies())
    page.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/netz/")
    page.get_by_label("Wer?").fill("Oma")
    press(page, "Auf die Karte")

    expect(page.locator("svg.net__map text").last).to_have_text("Oma")
    expect(page.get_by_role("rowheader")).to_contain_text("Oma")


def _actor(network):
    return of_membership(Membership.objects.get(user__first_name="Hanna"), network)
