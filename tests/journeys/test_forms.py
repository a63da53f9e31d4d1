"""What a hand does that nobody planned: it taps twice, and it leaves a page before what was written is sent."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_actor
from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.personas import client_for, cookies_of
from tragnetz.casework.models import Enquiry
from tragnetz.network.models import Network
from tragnetz.network.scope import scope


def desk_page(browser, site):
    network = Network.objects.get()
    with scope(network):
        client = client_for(make_actor(network, "alpha", "intake", "lead"))
    context = browser.new_context(viewport=DESKTOP)
    context.add_cookies(cookies_of(client, site))
    page = context.new_page()
    page.goto(f"{site}/de/arbeit/telefon/")
    return page


def leave(page, *, stay: bool) -> list[str]:
    """Click away from a page as by mistake; returns what the browser asked."""
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.dismiss() if stay else dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("link", name="Telefonplan").click()
    if not stay:
        page.wait_for_url("**/telefonplan/")
    page.remove_listener("dialog", answer)
    return asked


def test_the_browser_asks_before_a_call_sheet_is_lost(browser, small_site):
    page = desk_page(browser, small_site)
    page.get_by_label("Worum geht es?").last.fill("Ruft wegen der Miete an")

    assert leave(page, stay=True) == ["beforeunload"]
    expect(page.get_by_label("Worum geht es?").last).to_have_value("Ruft wegen der Miete an")
    page.get_by_role("button", name="Termine zeigen").click()
    expect(page.locator("form[data-unsent]")).to_be_visible()
    assert leave(page, stay=True) == ["beforeunload"]
    page.get_by_role("button", name="Nur Auskunft gegeben").click()
    expect(page.get_by_role("heading", name="Auskunft gezählt")).to_be_visible()
    page.goto(f"{small_site}/de/arbeit/telefon/")
    assert leave(page, stay=False) == []
    page.context.close()


COUNT = """() => {
  window.sent = 0;
  addEventListener("submit", (event) => {
    if (!event.defaultPrevented) window.sent += 1;
    event.preventDefault(); // an answer that takes its time
  });
}"""


@pytest.mark.parametrize(("script", "times"), [(True, 1), (False, 2)])
def test_a_double_tap_sends_a_form_once(browser, small_site, script, times):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    if not script:  # what would happen without us
        page.route("**/forms.js", lambda route: route.abort())
    page.goto(f"{small_site}/de/rueckruf/")
    page.evaluate(COUNT)
    page.locator("main form button.kern-btn--primary").dblclick()

    assert page.evaluate("window.sent") == times
    context.close()


KEPT = "history.state?.again"  # the script has run: who leaves a page before meets what the browser shows


def test_back_shows_the_step_before_with_its_answers_and_never_a_fault_of_the_browser(browser, small_site):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{small_site}/de/wegweiser/")
    press(page, "Weiter")
    page.get_by_label("Wie viele Kinder").fill("2")
    press(page, "Weiter")
    page.get_by_label("Wie viel Lohn").first.fill("900")
    press(page, "Ergebnis zeigen")
    expect(page.get_by_role("heading", name="Ihr Ergebnis")).to_be_visible()
    page.wait_for_function(KEPT)

    page.get_by_role("link", name="Alle Angebote").click()
    page.wait_for_url("**/angebote/")
    page.go_back()
    expect(page.get_by_role("heading", name="Ihr Ergebnis")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Wie viel Lohn").first).to_have_value("900")
    page.go_back()
    expect(page.get_by_label("Wie viele Kinder")).to_have_value("2")
    page.go_forward()
    expect(page.get_by_label("Wie viel Lohn").first).to_have_value("900")
    page.reload()
    expect(page.get_by_label("Wie viel Lohn").first).to_have_value("900")
    context.close()


def test_back_to_an_answer_of_the_desk_is_the_sheet_and_no_fault_of_the_browser(browser, small_site):
    page = desk_page(browser, small_site)
    press(page, "Nur Auskunft gegeben")
    expect(page.get_by_role("heading", name="Auskunft gezählt")).to_be_visible()
    page.get_by_role("link", name="Rückrufe").first.click()
    page.wait_for_url("**/rueckrufe/")

    page.go_back()
    expect(page.get_by_role("heading", name="Telefon")).to_be_visible()
    with scope(Network.objects.get()):
        assert Enquiry.objects.count() == 1
    page.context.close()


@pytest.mark.parametrize(("minutes", "kept"), [(14, True), (16, False)])
def test_what_one_typed_comes_back_for_a_quarter_of_an_hour_alone(browser, small_site, minutes, kept):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.add_init_script("const real = Date.now; Date.now = () => real() + Number(localStorage.getItem('later'))")
    page.goto(f"{small_site}/de/wegweiser/")
    press(page, "Weiter")
    page.get_by_label("Wie viele Kinder").fill("2")
    press(page, "Weiter")
    expect(page.get_by_label("Wie viel Lohn").first).to_be_visible()
    page.wait_for_function(KEPT)
    page.goto(f"{small_site}/de/angebote/")
    page.evaluate("later => localStorage.setItem('later', later)", str(minutes * 60_000))
    page.go_back()

    if kept:
        expect(page.get_by_label("Wie viel Lohn").first).to_be_visible()
    else:
        expect(page.get_by_role("button", name="Weiter")).to_be_visible()
        expect(page.get_by_label("Wie viel Lohn")).to_have_count(0)
    context.close()


# Waits until the browser keeps a field with a three; the policy of the pages lets no condition be sent as text.
KEEPS_THREE = """() => new Promise((done) => {
  const keeps = () => history.state?.again?.fields.some(([name, value]) => value === '3');
  const look = () => keeps() ? done() : setTimeout(look, 20);
  look();
})"""


def test_what_is_typed_is_kept_before_another_field_is_gone_to(browser, small_site):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{small_site}/de/wegweiser/")
    press(page, "Weiter")
    page.get_by_label("Wie viele Kinder").press_sequentially("3")
    page.evaluate(KEEPS_THREE)
    page.goto(f"{small_site}/de/angebote/")
    page.go_back()

    expect(page.get_by_label("Wie viele Kinder")).to_have_value("3")
    context.close()


SHOWN_AGAIN = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("", True),
        ("const real = Date.now; Date.now = () => real() + 16 * 60_000", False),
        ("sessionStorage.setItem('hidden', '1')", False),
    ],
)
def test_a_page_shown_as_it_was_left_forgets_like_one_that_is_loaded(browser, small_site, before, kept):
    """Browsers may keep a page they left and show it without loading it, which no script of the page begins anew at."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{small_site}/de/wegweiser/")
    press(page, "Weiter")
    page.get_by_label("Wie viele Kinder").fill("3")
    page.evaluate(KEEPS_THREE)
    page.evaluate(f"() => {{ {before} }}")
    if kept:
        page.evaluate(SHOWN_AGAIN)
        expect(page.get_by_label("Wie viele Kinder")).to_have_value("3")
    else:
        with page.expect_navigation():
            page.evaluate(SHOWN_AGAIN)
        expect(page.get_by_label("Wie viele Kinder")).to_have_count(0)
    context.close()


def test_a_browser_that_denies_storage_shows_the_form_and_keeps_nothing(browser, small_site):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    denied = "get() { throw new DOMException('no', 'SecurityError') }"
    page.add_init_script(f"Object.defineProperty(window, 'sessionStorage', {{ {denied} }})")
    page.goto(f"{small_site}/de/wegweiser/")
    press(page, "Weiter")
    page.get_by_label("Wie viele Kinder").fill("3")
    press(page, "Weiter")

    expect(page.get_by_label("Wie viel Lohn").first).to_be_visible()
    assert (page.evaluate("history.state"), wrong) == (None, [])
    context.close()
