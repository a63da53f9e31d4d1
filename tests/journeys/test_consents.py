"""Consents in a real browser: a release given, seen by the partner, withdrawn; all pages for axe on two screens."""

import re

import pytest
from playwright.sync_api import expect

from tests.allowed import KIND, OTTO, ROSA, client_as, consent, make_case, note_of_one, person_of, release, travel
from tests.factories import make_actor
from tests.journeys.accessible import faults_here_in_looks, faults_in_looks
from tests.journeys.conftest import DESKTOP, press
from tests.journeys.pictures import shoot
from tests.personas import cookies_of
from tragnetz.consent.commands import withdraw
from tragnetz.core.clock import now, today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope


@pytest.fixture
def people(small_site):
    """A counsellor with a case of two adults, and the lead of a partner."""
    network = Network.objects.get()
    with scope(network):
        ada = make_actor(network, "alpha", "counsellor", "lead", name="Hanna")
        bea = make_actor(network, "beta", "counsellor", "lead", name="Bea")
        yield ada, bea, make_case(network, ada, ROSA, OTTO, KIND)


def page_of(browser, small_site, actor, size, **given):
    context = browser.new_context(viewport=size, **given)
    context.add_cookies(cookies_of(client_as(actor), small_site))
    return context.new_page()


def test_a_release_is_read_aloud_kept_seen_by_the_partner_and_withdrawn(browser, small_site, people):
    ada, bea, case = people
    mine = page_of(browser, small_site, ada, DESKTOP)
    theirs = page_of(browser, small_site, bea, DESKTOP)
    assert theirs.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/").status == 404

    mine.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/")
    mine.get_by_label("Seiten des Falls").get_by_role("link", name="Freigaben").click()
    mine.get_by_role("link", name=re.compile("Freigabe aufnehmen.*Rosa Geheimrat")).click()
    mine.get_by_label("Über welches Thema?").fill("Antrag auf Wohngeld")
    mine.get_by_label("Name und Kontakt").check()
    mine.get_by_label("Mit welcher Stelle im Netz?").select_option(label="Beta e. V.")
    expect(mine.get_by_label("Vor wem?")).to_be_hidden()
    mine.get_by_label("mündlich").check()
    mine.get_by_label("Vor wem?").fill("Frau Kurz")
    press(mine, "Weiter: den Satz lesen")
    expect(mine.get_by_text("Rosa Geheimrat erlaubt: Alpha e. V. darf mit Beta e. V.")).to_be_visible()
    shoot(mine, "release")
    press(mine, "Ja, speichern")
    expect(mine.get_by_text("Geben Sie der Person jetzt die Quittung mit.")).to_be_visible()
    link = mine.get_by_role("link", name="Quittung mit Platz für die Unterschrift (PDF)").get_attribute("href")
    assert mine.request.get(f"{small_site}{link}").body().startswith(b"%PDF")

    theirs.goto(f"{small_site}/de/arbeit/freigegeben/")
    theirs.get_by_role("link", name="Rosa Geheimrat").click()
    expect(theirs.get_by_text("geheim@example.org")).to_be_visible()

    mine.goto(f"{small_site}/de/arbeit/faelle/{case.pk}/einwilligungen/")
    mine.get_by_role("link", name=re.compile("Widerrufen.*Beta e. V.")).click()
    press(mine, "Widerruf eintragen")
    assert theirs.reload().status == 404
    for page in (mine, theirs):
        page.context.close()


def test_pages_of_consent_are_accessible_and_fit_the_screen(browser, small_site, people):
    ada, bea, case = people
    rosa, day = person_of(case), today(ada.network.zone)
    release(ada, person_of(case, OTTO.name), "household", "goals", "health")
    held = release(ada, rosa, "contact", "household", "goals", "notes")
    release(
        ada, rosa, form="oral", witness="Frau Kurz", signed_on=None, signature_due=day, outside="Dr. Meier", to=None
    )
    withdraw(actor=ada, given=release(ada, rosa, language="ar"), form="oral", now=now())
    travel(consent(ada, rosa))
    note_of_one(case, rosa, "Nur von Rosa")
    base, new = f"faelle/{case.pk}/einwilligungen/", f"faelle/{case.pk}/einwilligungen/neu/{rosa.pk}"
    mine, theirs = (page_of(browser, small_site, actor, DESKTOP) for actor in (ada, bea))
    paths = [base, f"{new}/freigabe/", f"{new}/einwilligung/", f"{base}{held.pk}/", f"{base}{held.pk}/widerrufen/"]
    paths += [f"{base}hinweise/{rosa.pk}/", "einwilligungen/"]

    found = {path: faults_in_looks(mine, f"{small_site}/de/arbeit/{path}") for path in paths}
    mine.goto(f"{small_site}/de/arbeit/{new}/freigabe/")
    press(mine, "Weiter: den Satz lesen")
    found["wrong"] = faults_here_in_looks(mine)
    mine.get_by_label("Über welches Thema?").fill("Miete")
    mine.get_by_label("Termine").check()
    mine.get_by_label("Oder mit wem außerhalb?").fill("Dr. Meier")
    mine.get_by_label("Sprache der Quittung").select_option("ar")
    press(mine, "Weiter: den Satz lesen")
    found["preview"] = faults_here_in_looks(mine)
    for path in ("freigegeben/", f"faelle/{case.pk}/"):
        found[f"partner: {path}"] = faults_in_looks(theirs, f"{small_site}/de/arbeit/{path}")
    for page in (mine, theirs):
        page.context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
