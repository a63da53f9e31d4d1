"""Journey 1, as far as it goes today: a resident on a phone finds number, help, reasons; by keyboard, without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.architecture.test_matrix import MATRIX

PHONE = {"width": 375, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def pages() -> list[str]:
    return [path for method, path, _status in MATRIX.values() if method == "get" and path is not None]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_phone(browser, site, scheme):
    page = browser.new_page(viewport=PHONE, color_scheme=scheme)
    violations = {}
    for language in ("de", "de-simple"):
        for path in [*pages(), "nix/"]:
            page.goto(f"{site}/{language}/{path}")
            found = Axe().run(
                page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
            )
            if found.violations_count:
                violations[path] = [(v["id"], v["nodes"][0]["html"][:160]) for v in found.response["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    page.close()

    assert violations == {}


def test_resident_finds_reasons_and_number_without_script(browser, site):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    requests: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))

    page.goto(f"{site}/de/")
    page.get_by_role("link", name="Ich kann die Miete nicht zahlen").click()
    assert page.get_by_text("Rufen Sie heute noch an").is_visible()
    page.get_by_role("link", name="Genauer prüfen").click()
    assert page.get_by_label("Ich kann die Miete nicht zahlen").is_checked()
    page.get_by_label("Wie wohnen Sie?").select_option("rent")
    page.get_by_label("In welcher Straße").fill("Hauptstr. 241")
    page.get_by_role("button", name="Ergebnis zeigen").last.click()

    assert page.get_by_role("heading", name="Das passt wahrscheinlich").is_visible()
    assert page.get_by_role("link", name="02325 969-1570").get_attribute("href") == "tel:+4923259691570"
    page.get_by_role("button", name="Angaben ändern").click()
    assert page.get_by_label("In welcher Straße").input_value() == "Hauptstr. 241"
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
    assert page.get_by_role("link", name="Stromschulden").is_visible()
    page.close()
