"""The accompanied person's day: code, step, rating, withdrawal, message; the counsellor reads it. On a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.allowed import client_as, release
from tests.factories import make_actor
from tests.journeys.accessible import DAY_AND_NIGHT, faults_here_in_looks, faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.owning import code_for, couple, rosa_of
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal
from tragnetz.casework.ownpage.commands import reply
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.vault.sessions import COOKIE

SMALL = {"width": 320, "height": 640}


@pytest.fixture
def people(small_site):
    """A counsellor with a case of two adults, a release, and a code for one of them."""
    network = Network.objects.get()
    with scope(network):
        ada = make_actor(network, "alpha", "counsellor", name="Ada")
        case = couple(network, ada)
        rosa = rosa_of(case)
        release(ada, rosa, "goals", "contact")
        yield ada, case, code_for(ada, case, rosa).code


def staff_page(browser, small_site, actor, size):
    context = browser.new_context(viewport=size)
    client = client_as(actor)
    names = ("sessionid", COOKIE)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": small_site} for name in names])
    return context.new_page()


def enter(page, small_site, code, language="de"):
    page.goto(f"{small_site}/{language}/meine-begleitung/")
    page.locator("#code").fill(code)
    with page.expect_navigation():
        page.locator("main form button").first.click()


@pytest.mark.parametrize(("size", "script"), [(PHONE, True), (SMALL, False)])
def test_the_person_ticks_rates_withdraws_writes_and_the_counsellor_reads_it(browser, small_site, people, size, script):
    ada, _case, code = people
    context = browser.new_context(viewport=size, java_script_enabled=script)
    mine = context.new_page()
    mine.goto(f"{small_site}/de/meine-begleitung/")
    assert context.cookies() == []
    enter(mine, small_site, code)
    expect(mine.get_by_role("heading", name="Meine Begleitung")).to_be_visible()

    press(mine, re.compile("^Erledigt.*Schritt Silberreiher"))
    expect(mine.get_by_text("Gespeichert. Gut gemacht!")).to_be_visible()
    with mine.expect_navigation():
        mine.get_by_role("link", name="Sagen, wie es mir geht").click()
    mine.get_by_label("Geld und Schulden").select_option("2")
    press(mine, "Speichern")
    expect(mine.get_by_text("Geld und Schulden: schlecht")).to_be_visible()
    with mine.expect_navigation():
        mine.get_by_role("link", name=re.compile("Widerrufen")).click()
    press(mine, "Ja, widerrufen")
    expect(mine.get_by_text("widerrufen am")).to_be_visible()
    mine.get_by_label("Ihre Nachricht an die Beratung").fill("Bitte rufen Sie mich am Freitag an.")
    press(mine, "Nachricht senden")
    expect(mine.get_by_text("Ihre Nachricht ist bei der Beratung.")).to_be_visible()

    theirs = staff_page(browser, small_site, ada, DESKTOP)
    theirs.goto(f"{small_site}/de/arbeit/")
    expect(theirs.get_by_text("1 neue Nachricht")).to_be_visible()
    theirs.get_by_role("heading", name="Nachrichten von begleiteten Personen").locator("xpath=..").get_by_role(
        "link"
    ).click()
    expect(theirs.get_by_text("Bitte rufen Sie mich am Freitag an.")).to_be_visible()

    mine.route("https://www.wetter.de/**", lambda route: route.fulfill(body="Sonne", content_type="text/html"))
    press(mine, "Seite schnell verlassen")
    mine.wait_for_url("https://www.wetter.de/")
    mine.goto(f"{small_site}/de/meine-begleitung/")
    expect(mine.get_by_label("Ihr Code")).to_be_visible()
    for page in (mine, theirs):
        page.context.close()


@pytest.mark.parametrize(
    ("language", "looks"), [("de", DAY_AND_NIGHT), ("ar", ((SMALL, "light"),)), ("ru", ((SMALL, "light"),))]
)
def test_own_pages_are_accessible_and_fit_the_screen(browser, small_site, people, language, looks):
    ada, case, code = people
    day = today(ada.network.zone)
    with scope(ada.network):
        details = GoalDetails("Miete selbst zahlen", "drei Monate pünktlich", day.replace(year=day.year + 1, day=1))
        goal = agree_goal(actor=ada, case=case, details=details, today=day)
        add_step(actor=ada, case=case, text="Kontoauszüge sammeln", owner="person", due_on=day, goal=goal)
        add_step(actor=ada, case=case, text="Antrag prüfen", owner="office", due_on=None)
        reply(actor=ada, case=case, person=rosa_of(case), text="Bis Montag!", request_key=new_id().hex, now=now())
    context = browser.new_context(viewport=looks[0][0])
    page, found = context.new_page(), {}
    found["code"] = faults_in_looks(page, f"{small_site}/{language}/meine-begleitung/", looks)
    page.locator("#code").fill("K7M4")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    found["wrong"] = faults_here_in_looks(page, looks)
    enter(page, small_site, code, language)
    found["page"] = faults_here_in_looks(page, looks)
    for details_ in page.locator("details.more").all():
        details_.evaluate("e => { e.open = true }")
    found["open"] = faults_here_in_looks(page, looks)
    base = reverse("portal:own").split("/", 2)[2]
    found["rate"] = faults_in_looks(page, f"{small_site}/{language}/{base}lebenslagen/", looks)
    page.goto(f"{small_site}/{language}/{base}")
    with page.expect_navigation():
        page.locator("#allowed a").first.click()
    found["withdraw"] = faults_here_in_looks(page, looks)
    page.context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_the_counsellors_page_of_codes_is_accessible(browser, small_site, people):
    ada, case, _code = people
    page = staff_page(browser, small_site, ada, DESKTOP)
    address = f"{small_site}/de/arbeit/faelle/{case.pk}/eigene-seite/"
    found = {"page": faults_in_looks(page, address)}
    press(page, re.compile("^Code machen.*Otto Geheimrat"))
    found["made"] = faults_here_in_looks(page)
    page.context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
