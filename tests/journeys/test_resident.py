"""Journey 1, as far as it goes today: a resident on a phone finds number, help, reasons; by keyboard, without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.architecture.test_matrix import MATRIX
from tests.journeys.accessible import BOTH_SIZES, faults, faults_here, faults_here_in_looks, faults_in_looks
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.personas import actor_of, booked_enquiry, client_of, cookies_of, worked_on
from tragnetz.casework.commands import open_case
from tragnetz.casework.goals.commands import add_step
from tragnetz.core.clock import today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope

CASE_PAGES = [
    "stufe/", "verlauf/", "lebenslagen/", "lebenslagen/neu/", "ziele/", "ziele/neu/", "team/", "abschluss/",
    "zusammenlegen/", "teilen/",
]  # fmt: skip


def pages() -> list[str]:
    """Return the addresses of all pages; a file is no page."""
    paths = [path for method, path, _status in MATRIX.values() if method == "get" and not path.startswith("/")]
    return [path for path in paths if not path.endswith((".pdf", ".ics", ".atom"))]


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("de", "dark", DESKTOP), ("de-simple", "light", PHONE), ("ar", "light", PHONE), ("bg", "light", PHONE)],
)  # fmt: skip
def test_public_pages_are_accessible_and_fit_the_screen(browser, site, language, scheme, size):
    page = browser.new_page(viewport=size, color_scheme=scheme)
    repeated = language in {"ar", "bg"}  # phone and light, as "de-simple"
    found = {path: faults(page, f"{site}/{language}/{path}", repeated=repeated) for path in [*pages(), "nix/"]}
    page.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_answers_of_the_finder_are_accessible_and_fit_the_screen(browser, site, language):
    page = browser.new_page(viewport=DESKTOP)
    repeated = language == "ar"
    address = f"{site}/{language}/wegweiser/?situation=debts"
    found = {"first": faults_in_looks(page, address, BOTH_SIZES, repeated=repeated)}
    form = page.locator("form[action$='/wegweiser/'] button").first

    def send(button) -> list:
        with page.expect_navigation():
            button.click()
        return faults_here_in_looks(page, BOTH_SIZES, repeated=repeated)

    send(form)
    page.locator("#id_age").fill("alt")
    found["wrong"] = send(form)
    page.locator("#id_age").fill("40")
    for step in ("third", "fourth", "result"):
        found[step] = send(form)
    found["sheet"] = send(page.locator("button[formaction$='/mitnehmen/']"))
    page.close()

    assert {step: wrong for step, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("language", "size"), [("de", PHONE), ("ar", DESKTOP)])
def test_check_asks_and_answers_accessibly(browser, site, language, size):
    page = browser.new_page(viewport=size)
    found = {"first": faults(page, f"{site}/{language}/rechnen/")}
    answers = {"age": "38", "children": "2", "employment": "short_time_work", "gross_wage": "1700", "partner": "yes",
               "wage_before": "2800", "rent": "920", "youngest_child_age": "5"}  # fmt: skip
    for step in range(5):
        field = page.locator("section.panel--net [name]").first
        given = answers.get(field.get_attribute("name"))
        if given and field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(given)
        elif given:
            field.fill(given)
        with page.expect_navigation():
            page.locator("section.panel--net button").nth(0 if given else 1).click()
        found[f"after {step + 1}"] = faults_here(page)
    page.locator("article.card details").first.evaluate("e => { e.open = true }")
    found["reasons"] = faults_here(page)
    expect(page.locator(".verdict--yes article").first).to_be_visible()
    page.close()

    assert {step: wrong for step, wrong in found.items() if wrong} == {}


@pytest.mark.long
@pytest.mark.parametrize(("language", "looks"), [("de", BOTH_SIZES), ("ar", BOTH_SIZES[1:])])
def test_staff_pages_are_accessible_and_fit_the_screen(browser, site, language, looks):
    network = Network.objects.get()
    with scope(network):
        taken = booked_enquiry(network)
        case = open_case(actor=actor_of(network, "counsellor"), enquiry=taken.enquiry, today=today(network.zone))
        add_step(actor=actor_of(network, "counsellor"), case=case, text="Antrag", owner="person", due_on=None)
        worked_on(actor_of(network, "counsellor"), case)
    context = browser.new_context(viewport=looks[0][0])
    context.add_cookies(cookies_of(client_of("counsellor"), site))
    page = context.new_page()
    paths = ["arbeit/", "arbeit/?team=1", "arbeit/telefon/", "arbeit/rueckrufe/", "arbeit/faelle/", "konto/sicherheit/"]
    paths += [
        f"arbeit/faelle/{case.pk}/rechnen/",
        f"arbeit/faelle/{case.pk}/",
        f"arbeit/faelle/{case.pk}/haushalt/",
        *(f"arbeit/faelle/{case.pk}/{path}" for path in CASE_PAGES),
        f"arbeit/anfragen/{taken.enquiry.pk}/",
    ]
    paths += [
        "arbeit/textbausteine/",
        "arbeit/rueckmeldung/",
        "arbeit/rueckmeldung/ergebnis/",
        "arbeit/kalender/",
        "arbeit/wartezeiten/?anfragen=100",
    ]
    paths += ["konto/passwort/", "konto/abmelden/"]
    repeated = language == "ar"
    found = {path: faults_in_looks(page, f"{site}/{language}/{path}", looks, repeated=repeated) for path in paths}
    context.close()

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_resident_finds_reasons_and_number_without_script(browser, site):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    requests: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))

    page.goto(f"{site}/de/")
    page.get_by_role("link", name="Ich kann die Miete nicht zahlen").click()
    expect(page.get_by_role("heading", name=re.compile("Rufen Sie heute noch an|Das eilt"))).to_be_visible()
    page.get_by_role("link", name="Genauer prüfen").click()
    expect(page.get_by_label("Ich kann die Miete nicht zahlen")).to_be_checked()
    for _ in range(3):
        press(page, "Weiter")
    page.get_by_label("Wie wohnen Sie?").select_option("rent")
    page.get_by_label("In welcher Straße").fill("Hauptstr. 241")
    press(page, "Ergebnis zeigen")

    expect(page.get_by_role("heading", name="Das passt wahrscheinlich")).to_be_visible()
    expect(page.get_by_role("link", name="02325 969-1570")).to_have_attribute("href", "tel:+4923259691570")
    press(page, "Angaben ändern")
    expect(page.get_by_label("Ich kann die Miete nicht zahlen")).to_be_checked()
    for _ in range(3):
        press(page, "Weiter")
    expect(page.get_by_label("In welcher Straße")).to_have_value("Hauptstr. 241")
    assert all(url.startswith(site) for url in requests)
    context.close()


def test_keyboard_alone_reaches_the_search(browser, site):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{site}/de/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("Stromsperre")
    page.keyboard.press("Enter")

    page.wait_for_url("**/suche/**")
    expect(page.get_by_role("link", name="Stromschulden")).to_be_visible()
    page.close()


@pytest.mark.parametrize("path", ["mein-code", "mein-termin"])
def test_qr_code_fills_the_code_in_and_leaves_no_trace_in_the_address(browser, site, path):
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site}/de/{path}/#AB12-CD34-EF56")

    page.wait_for_function("document.getElementById('code').value !== ''")
    expect(page.get_by_label("Ihr Code")).to_have_value("AB12-CD34-EF56")
    assert page.url == f"{site}/de/{path}/"
    page.close()
