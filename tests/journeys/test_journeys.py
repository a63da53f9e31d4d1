"""Journeys 1, 2 and 3 in a real browser: from a worry to a prepared case. Their pictures: `make pictures`."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.journeys.pictures import shoot
from tests.personas import EMAILS
from tragnetz.demo.staff import PASSWORD


def log_in(page, site: str, persona: str) -> None:
    page.goto(f"{site}/de/arbeit/start/")
    page.get_by_label("E-Mail-Adresse").fill(EMAILS[persona])
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(re.compile(r"/arbeit/(verzeichnis/)?$"))


def move_and_cancel(page, site: str, code: str) -> None:
    page.goto(f"{site}/de/mein-termin/")
    page.get_by_label("Ihr Code").fill(code.lower())
    press(page, "Termin zeigen")
    before = page.locator(".appointment").inner_text()
    press(page, "Verschieben")
    page.locator(".times summary").nth(2).click()
    page.locator(".times").nth(2).locator("input").first.check()
    press(page, "Termin verschieben")
    expect(page.get_by_text("Ihr Termin ist verschoben.")).to_be_visible()
    expect(page.locator(".appointment")).not_to_have_text(before)
    press(page, "Termin absagen")
    press(page, "Nein, zurück")
    press(page, "Termin absagen")
    press(page, "Ja, absagen")
    expect(page.get_by_text("Ihr Termin ist abgesagt.")).to_be_visible()


def test_journey_1_a_resident_finds_takes_along_books_moves_and_cancels(browser, site):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{site}/de/")
    shoot(page, "start-phone")
    page.get_by_role("link", name="Ich bin in Kurzarbeit").click()
    page.get_by_role("link", name="Genauer prüfen").click()
    press(page, "Weiter")
    page.get_by_label("Wie viele Kinder").fill("2")
    press(page, "Weiter")
    press(page, "Weiter")
    page.get_by_label("Wie wohnen Sie?").select_option("rent")
    page.get_by_label("In welcher Straße").fill("Hauptstr. 241")
    press(page, "Ergebnis zeigen")
    expect(page.get_by_text("Für Wanne zuständig")).to_be_visible()
    shoot(page, "result-phone")

    with page.expect_download() as download:
        page.get_by_role("button", name="Als PDF laden").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    press(page, "Mitnehmen")
    answers = page.locator(".code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answers)
    press(page, "Termin mit diesen Antworten buchen")

    page.locator(".times summary").nth(1).click()
    chosen = page.locator(".times").nth(1).locator("button").first.inner_text()
    page.locator(".times").nth(1).locator("button").first.click()
    expect(page.get_by_text("halten wir diese Zeit für Sie frei")).to_be_visible()
    expect(page.get_by_label("Code für Ihre Antworten")).to_have_value(answers)
    shoot(page, "booking-phone")
    press(page, "Termin buchen")
    expect(page.get_by_text("Ein Vorname genügt").first).to_be_visible()
    expect(page.locator(".appointment")).to_contain_text(chosen)
    page.get_by_label("Wie dürfen wir Sie nennen?").fill("Frau Yilmaz")
    page.get_by_label("Telefonnummer").fill("0170 1234567")
    press(page, "Termin buchen")
    expect(page.get_by_role("heading", name="Ihr Termin ist gebucht")).to_be_visible()
    code = page.locator(".code").inner_text()
    shoot(page, "booked-phone")

    move_and_cancel(page, site, code)
    context.close()


def test_journey_2_the_desk_books_by_keyboard_alone(browser, site):
    page = browser.new_context(viewport=DESKTOP).new_page()
    log_in(page, site, "intake")
    page.goto(f"{site}/de/arbeit/telefon/")

    page.get_by_label("Straße oder Ortsteil").focus()
    page.keyboard.type("Hauptstr. 241")
    page.keyboard.press("Tab")  # topic
    page.keyboard.type("Arbeit")
    page.keyboard.press("Tab")  # urgency
    page.keyboard.press("Tab")  # language
    page.keyboard.press("t")
    page.locator("#answers .suggestion").first.wait_for()
    for _ in range(8):  # interpreter, kind, woman or man, age, children, work, code, name
        page.keyboard.press("Tab")
    page.keyboard.type("Herr Kaya")
    page.keyboard.press("Tab")
    page.keyboard.type("0170 7654321")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.type("nur vormittags")
    page.locator("#answers").get_by_text("spricht die Sprache").first.wait_for()
    expect(page.locator("#answers .panel--net").get_by_text("Wanne", exact=True)).to_be_visible()
    shoot(page, "desk")
    for _ in range(5):  # concern, mail or letter, time, show, book
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "book":
            break
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Termin gebucht").wait_for()
    assert re.fullmatch(r"[0-9A-Z-]{14}", page.locator(".code").inner_text())
    page.context.close()


def test_a_call_is_booked_in_under_twenty_key_presses(browser, site):
    page = browser.new_context(viewport=DESKTOP).new_page()
    log_in(page, site, "intake")
    page.goto(f"{site}/de/arbeit/telefon/")
    page.get_by_label("Straße oder Ortsteil").focus()
    wire = page.context.new_cdp_session(page)
    pressed = 0

    def keys(*presses: str) -> None:
        nonlocal pressed
        for key in presses:
            page.keyboard.press(key)
            pressed += 1

    def alt(key: str) -> None:
        """Press Alt and a key; Playwright's own press does not tell the browser the letter, so no access key hears it."""
        nonlocal pressed
        pressed += 1
        sent = {"modifiers": 1, "key": key, "windowsVirtualKeyCode": ord(key.upper())}
        wire.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": key, "unmodifiedText": key, **sent})
        wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **sent})

    keys(*"wanne", "Tab")
    page.locator("#answers .suggestion").nth(2).wait_for()
    alt("2")
    expect(page.locator("#answers input[name=slot]").nth(1)).to_be_checked()
    alt("n")
    keys(*"Kaya")
    alt("t")

    page.get_by_role("heading", name="Termin gebucht").wait_for()
    assert pressed < 20
    page.context.close()


def test_journey_3_the_counsellor_opens_the_prepared_case(browser, site):
    from tests.personas import booked_enquiry
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    network = Network.objects.get()
    with scope(network):
        booked_enquiry(network)
    page = browser.new_context(viewport=DESKTOP).new_page()
    log_in(page, site, "counsellor")
    asked = page.get_by_role("link", name="Anfrage ansehen")  # on the card of a talk that is today: after midnight
    (asked if asked.count() else page.get_by_role("link", name="Rosa Geheimrat")).first.click()
    expect(page.get_by_text("Wie viele Kinder")).to_be_visible()
    press(page, "Fall öffnen")

    page.get_by_label("Sachverhalt").fill("Kurzarbeit seit September, Miete noch gezahlt.")
    press(page, "Speichern")
    expect(page.get_by_text("Das Gespräch ist gespeichert.")).to_be_visible()
    page.get_by_text("Schritt vereinbaren").click()
    page.get_by_label("Nächster Schritt").fill("Wohngeldantrag vor Monatsende")
    press(page, "Vereinbaren")
    page.get_by_role("link", name="Haushalt bearbeiten").click()
    page.get_by_label("Person 2: Name").fill("Emil")
    page.get_by_label("Person 2: Beziehung").select_option("child")
    press(page, "Speichern")

    expect(page.get_by_text("Wohngeldantrag vor Monatsende").first).to_be_visible()
    expect(page.get_by_text("Emil").first).to_be_visible()
    shoot(page, "case")
    page.context.close()
