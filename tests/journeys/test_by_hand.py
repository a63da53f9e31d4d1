"""By keyboard alone, on paper, without script, from right to left: what axe does not see."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.allowed import client_as, release
from tests.factories import make_actor
from tests.journeys.by_hand import DEAD, UNMARKED, faults_of_stops, on_paper, stops, stops_at, stops_in_all_colours
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.test_help import page_of
from tests.journeys.test_own import enter
from tests.owning import code_for, couple, rosa_of
from tests.personas import actor_of, booked_enquiry, worked_on
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope

PUBLIC = ["", "termin/", "stadtplan/", "gruppen/", "angebote/wohngeld/", "wegweiser/?situation=debts", "rechnen/"]
WORK = ["", "telefon/", "rueckrufe/", "faelle/", "planung/"]
CASE = ["", "haushalt/", "ziele/", "antraege/", "unterlagen/", "fristen/", "briefe/", "vermittlungen/", "rechnen/"]
PRINTED = ["", "suche/?q=Miete", "angebote/wohngeld/", "offen/", "gruppen/", "stadtplan/", "meine-begleitung/"]
PRINTED_CASE = ["", "verlauf/", "lebenslagen/", "ziele/", "antraege/", "unterlagen/", "fristen/", "rechnen/"]
SPOKEN = [
    "", "zustaendig/?ort=Hauptstr.+5", "suche/?q=Miete&nah=Wanne", "angebote/wohngeld/", "offen/", "stadtplan/",
    "gruppen/", "termin/", "datenschutz/", "impressum/", "nix/",
]  # fmt: skip


@pytest.fixture
def case(site):
    """A case of the counsellor in which all parts hold something."""
    network = Network.objects.get()
    with scope(network):
        taken = booked_enquiry(network)
        made = open_case(actor=actor_of(network, "counsellor"), enquiry=taken.enquiry, today=today(network.zone))
        worked_on(actor_of(network, "counsellor"), made)
    return made


def test_each_stop_of_the_keyboard_is_framed_in_sight_and_uncovered_on_public_pages(browser, site):
    page = browser.new_page(viewport=DESKTOP)
    found = faults_of_stops(page, [f"{site}/de/{path}" for path in PUBLIC])
    page.close()

    assert found == {}


def test_each_stop_of_the_keyboard_is_framed_in_sight_and_uncovered_at_work(browser, site, case):
    page = page_of(browser, site, "counsellor")
    found = faults_of_stops(
        page, [f"{site}/de/arbeit/{path}" for path in [*WORK, *(f"faelle/{case.pk}/{part}" for part in CASE)]]
    )
    page.context.close()

    assert found == {}


@pytest.mark.parametrize(
    ("sheet", "wrong"),
    [
        ("", 0),
        ("a:focus-visible { outline: none }", 4),  # each stop, in either colours
        ("@media (forced-colors: active) { a:focus-visible { outline: none } }", 2),
        ("@media (forced-colors: none) { a:focus-visible { outline: none } }", 2),
    ],
)
def test_a_frame_that_is_missing_in_some_colours_is_told(browser, sheet, wrong):
    """The negative control of both tests above."""
    page = browser.new_page(viewport=DESKTOP)
    page.set_content(f"<style>{sheet}</style><p><a href='/a'>Eins</a> <a href='/b'>Zwei</a></p>")

    number, faults = stops_in_all_colours(page)

    page.close()
    assert (number, len(faults)) == (2, wrong), faults


@pytest.mark.parametrize(
    ("sheet", "wrong"),
    [
        ("", []),
        ("a:focus-visible { outline: none }", ["no frame"]),
        ("nav { position: fixed; inset: 0; background: white }", ["covered"]),
        ("p a { position: fixed; inset-block-start: -50px }", ["out of sight"]),
    ],
)
def test_a_stop_that_is_wrong_on_a_phone_alone_is_told(browser, sheet, wrong):
    """The negative control of further sizes; a folded menu is opened and walked through."""
    page = browser.new_page(viewport=DESKTOP)
    page.set_content(
        f"<style>@media (max-width: 400px) {{ {sheet} }}</style><p><a href='/a'>Eins</a></p>"
        "<details data-fold><summary>Menü</summary><p tabindex='0'>Zwei</p></details><nav></nav>"
    )
    number, faults = stops(page)
    assert (number, faults) == (2, [])

    number, faults = stops_at(page, PHONE)

    page.close()
    assert number == 3
    assert {fault.split(": ")[0] for fault in faults if "<a " in fault} == {f"375 wide, {one}" for one in wrong}


def test_the_way_back_by_keys_meets_the_same_stops(browser, site):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{site}/de/mein-termin/")
    forth, _faults = stops(page)
    page.goto(f"{site}/de/mein-termin/")
    back, _faults = stops(page, "Shift+Tab")
    page.close()

    assert forth == back > 10


def test_a_menu_gives_the_focus_back_and_hides_nothing_that_has_it(browser, site):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{site}/de/")
    menu, button = page.locator("details.menu"), page.locator("details.menu summary")
    button.press("Enter")
    expect(menu.get_by_role("link", name="Türkçe")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Türkçe")).to_be_hidden()
    expect(button).to_be_focused()

    page.keyboard.press("Enter")
    for _language in range(11):
        page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Türkçe")).to_be_hidden()
    page.close()


def test_a_fault_and_a_success_take_the_focus(browser, small_site):
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{small_site}/de/rueckmeldung/")
    press(page, "Senden")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_label("Was ist geschehen?").or_(page.locator("textarea").first).first
    expect(field).to_be_focused()
    page.keyboard.type("Der Knopf blieb grau.")
    press(page, "Senden")

    expect(page.get_by_role("status")).to_be_focused()
    page.close()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_public_pages_are_fit_for_paper_from_a_dark_screen_too(browser, site, language):
    page = browser.new_page(viewport=DESKTOP, color_scheme="dark")
    found = {}
    for path in PRINTED:
        page.goto(f"{site}/{language}/{path}")
        found[path] = on_paper(page)
    page.close()

    assert {path: faults for path, faults in found.items() if faults} == {}


def test_pages_of_a_case_are_fit_for_paper(browser, site, case):
    page = page_of(browser, site, "counsellor", color_scheme="dark")
    found = {}
    for path in ["", "faelle/", *(f"faelle/{case.pk}/{part}" for part in PRINTED_CASE)]:
        page.goto(f"{site}/de/arbeit/{path}")
        found[path] = on_paper(page)
    page.context.close()

    assert {path: faults for path, faults in found.items() if faults} == {}


def test_sheets_are_numbered_and_hold_what_is_folded_away(browser, site):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{site}/de/wegweiser/?situation=debts")
    press(page, "Ergebnis zeigen")
    folded = page.locator(".verdict:not(.verdict--no) details.more h3").last
    expect(folded).to_be_hidden()

    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    words = ["".join(sheet.extract_text().split()) for sheet in sheets]

    assert len(sheets) > 1
    assert all(f"{number}/{len(sheets)}" in text for number, text in enumerate(words, 1))
    assert "".join(folded.text_content().split()) in "".join(words)
    page.close()


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_german_words_in_a_page_of_another_alphabet_say_that_they_are_german(browser, site, language):
    page = browser.new_page(viewport=PHONE)
    found = {}
    for path in SPOKEN:
        page.goto(f"{site}/{language}/{path}")
        found[path] = page.evaluate(UNMARKED)
    page.close()

    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("language", ["ar", "uk"])
def test_the_own_page_speaks_the_language_of_its_person(browser, small_site, language):
    network = Network.objects.get()
    with scope(network):
        ada = make_actor(network, "alpha", "counsellor", name="Ada")
        made = couple(network, ada)
        release(ada, rosa_of(made), "goals", "contact", "health")
        code = code_for(ada, made, rosa_of(made)).code
        client_as(ada).get(f"/de/arbeit/faelle/{made.pk}/")
    page = browser.new_page(viewport=PHONE)
    enter(page, small_site, code, language)
    found = {"page": page.evaluate(UNMARKED)}
    page.goto(f"{small_site}/{language}/meine-begleitung/lebenslagen/")
    found["rate"] = page.evaluate(UNMARKED)
    levels = page.locator("select").first.locator("option").all_inner_texts()
    page.locator("select").first.select_option("2")
    with page.expect_navigation():
        page.locator("main form button.kern-btn--primary").last.click()
    found["rated"] = page.evaluate(UNMARKED)
    page.goto(f"{small_site}/{language}/meine-begleitung/brief/")
    found["letter"] = page.evaluate(UNMARKED)
    page.close()

    assert {path: words for path, words in found.items() if words} == {}
    assert not any(re.search("[a-z]", level) for level in levels)


def test_words_of_another_direction_keep_to_the_side_of_the_page(browser, small_site):
    network = Network.objects.get()
    with scope(network):
        ada = make_actor(network, "alpha", "counsellor", name="Ada")
        made = couple(network, ada)
        code = code_for(ada, made, rosa_of(made)).code
    page = browser.new_page(viewport=PHONE)
    enter(page, small_site, code, "ar")

    sides = page.evaluate("[...document.querySelectorAll('[dir=auto]')].map((e) => getComputedStyle(e).textAlign)")
    page.close()

    assert set(sides) == {"right"}


def test_without_script_no_button_is_dead_and_no_link_leads_nowhere(browser, site, case):
    page = page_of(browser, site, "counsellor", java_script_enabled=True)
    page.route(re.compile(r"\.js$"), lambda route: route.abort())
    found = {}
    for path in [*WORK, *(f"faelle/{case.pk}/{part}" for part in CASE)]:
        page.goto(f"{site}/de/arbeit/{path}")
        found[path] = page.evaluate(DEAD)
    for path in PUBLIC:
        page.goto(f"{site}/de/{path}")
        found[f"public {path}"] = page.evaluate(DEAD)
    page.context.close()

    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_desk_books_without_script(browser, site):
    page = page_of(browser, site, "intake", java_script_enabled=False)
    page.goto(f"{site}/de/arbeit/telefon/")
    page.get_by_label("Straße oder Ortsteil").fill("Hauptstr. 241")
    press(page, "Termine zeigen")
    expect(page.get_by_label("Straße oder Ortsteil")).to_have_value("Hauptstr. 241")
    page.locator("#answers .suggestion input").first.check()
    page.get_by_label("Name oder wie wir die Person nennen").fill("Frau Sommer")
    page.locator("#id_phone").fill("0170 7654321")
    press(page, "Termin buchen")

    expect(page.get_by_role("heading", name="Termin gebucht")).to_be_visible()
    page.context.close()


def by_key(page, role: str, name) -> None:
    """Press something that leads to another page by Enter, as somebody does without a mouse."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role(role, name=name).first.press("Enter")


@pytest.mark.parametrize("part", ["Datenschutz", "Verwaltung"])
def test_tasks_of_the_tour_without_people_are_done_by_keys_alone(browser, site, part):
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.goto(f"{site}/de/rueckmeldung/")  # what the administration will read
    page.locator("main textarea").first.fill("Der Knopf blieb grau.")
    by_key(page, "button", "Senden")
    page.goto(f"{site}/de/demo/")
    by_key(page, "button", f"Beginnen als {part}")
    panel = page.get_by_role("complementary", name="Rundgang")
    expect(panel).to_contain_text(f"Rundgang: {part}")
    panel.locator("summary").press("Enter")
    with page.expect_navigation():
        panel.get_by_role("link", name="Dorthin").first.press("Enter")

    if part == "Datenschutz":
        by_key(page, "button", "Jetzt prüfen")
        expect(page.get_by_role("status").first).to_be_focused()
        with page.expect_download():
            page.get_by_role("main").get_by_role("link", name="Als Tabelle (CSV)").press("Enter")
        by_key(page, "link", "Löschen")
    else:
        page.get_by_label("E-Mail-Adresse").fill("nora.neu@demo.tragnetz.example")
        page.locator("main form input[type=checkbox]").first.check()
        by_key(page, "button", re.compile("[Ee]inladen|Einladung"))
        page.goto(f"{site}/de/arbeit/meldungen/")
        by_key(page, "button", re.compile("^Schließen"))
    expect(panel).to_contain_text("4 von 4" if part == "Datenschutz" else "3 von 3")
    page.context.close()
