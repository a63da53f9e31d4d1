"""An editor who does not program builds a rule: by keyboard, sees at once what it means, and never loses the place."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, press
from tests.journeys.test_journeys import log_in


def test_editor_builds_a_rule_and_sees_what_it_means(browser, site):
    from tragnetz.directory.models import Service
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    with scope(Network.objects.get()):
        address = f"{site}/de/arbeit/verzeichnis/{Service.objects.get(key='sozialticket').pk}/voraussetzungen/"
    page = browser.new_context(viewport=PHONE).new_page()
    log_in(page, site, "catalogue")
    page.goto(address)
    sentence = page.locator(".rule__sentence")
    expect(sentence).to_contain_text("Wohngeld bekommen.")

    page.get_by_role("button", name="Bedingung dazu").focus()
    page.keyboard.press("Enter")
    fact = page.get_by_label("Zeile 2: Worum geht es?")
    expect(fact).to_be_focused()
    fact.select_option("age")
    number = page.get_by_label("Zeile 2: Zahl")
    expect(number).to_be_visible()
    # A new field is there a moment before htmx listens to it: nobody types so quickly, but a test does.
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)
    number.fill("jung")
    expect(page.get_by_text("Bitte geben Sie eine ganze Zahl ein, zum Beispiel 18.")).to_be_visible()
    number.fill("60")
    expect(sentence).to_contain_text("mindestens 60 Jahre alt sind")
    expect(number).to_be_focused()
    expect(page.get_by_text("Bitte geben Sie eine ganze Zahl ein")).to_have_count(0)
    page.get_by_role("button", name=re.compile("ins Gegenteil.*Zeile 2")).click()
    expect(sentence).to_contain_text("jünger als 60 Jahre sind")
    press(page, "Speichern")

    expect(page.get_by_text("Die Voraussetzungen sind gespeichert.")).to_be_visible()
    expect(sentence).to_contain_text("jünger als 60 Jahre sind")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.context.close()


def test_editor_works_without_script(browser, site):
    from tragnetz.directory.models import Service
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    with scope(Network.objects.get()):
        address = f"{site}/de/arbeit/verzeichnis/{Service.objects.get(key='kindergeld').pk}/voraussetzungen/"
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    log_in(page, site, "catalogue")
    page.goto(address)

    page.get_by_label("Zeile 1: Zahl").fill("3")
    press(page, "Gruppe dazu")

    expect(page.get_by_label("Zeile 1: Zahl")).to_have_value("3")
    expect(page.get_by_label("Zeile 3: Worum geht es?")).to_be_focused()
    expect(page.locator(".rule__sentence")).to_have_text("Für Menschen, die mindestens 3 Kinder im Haushalt haben.")
    page.context.close()
