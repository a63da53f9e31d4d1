"""Twice as large, on a very narrow screen, with more room between letters and lines: nothing is cut off or lost.

WCAG 2.2: 1.4.4 (text twice as large), 1.4.10 (320 points wide), 1.4.12 (spacing of text).
"""

from itertools import product

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.journeys.accessible import CUT_OFF, SETTLED
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_by_hand import CASE, PUBLIC, WORK, case
from tests.journeys.test_device import STYLES
from tests.journeys.test_help import page_of

__all__ = ["case"]
NARROW, TWICE = {"width": 320, "height": 640}, {"width": 640, "height": 450}  # 1280 x 900 at 400 and 200 per cent
# What 1.4.12 lets a reader set, by the way that a strict policy leaves open: the style of each element.
SPACED = """() => { for (const e of document.querySelectorAll('body *')) {
  const set = (name, value) => e.style.setProperty(name, value, 'important');
  set('line-height', '1.5'); set('letter-spacing', '.12em'); set('word-spacing', '.16em');
  if (e.matches('p')) set('margin-bottom', '2em');
} }"""
# Elements that hide a part of their own text.
HIDDEN_TEXT = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e);
  const forEarsAlone = e.clientWidth <= 2 || e.closest('.kern-sr-only, .skip');
  if (forEarsAlone || e.closest('svg, textarea, select, input') || !e.textContent.trim()) return false;
  const hides = name => ['hidden', 'clip'].includes(style[name]);
  return (hides('overflowX') && e.scrollWidth > e.clientWidth + 1)
    || (hides('overflowY') && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 90))"""


def lost(page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*page.evaluate(CUT_OFF)[:3], *page.evaluate(HIDDEN_TEXT)[:3], *(["wide"] if wide else [])]


def looked_at(page: Page, address: str, spaced: ViewportSize | None) -> dict[tuple[str, str], list[str]]:
    """Open a page once and return what is lost of it: narrow, twice as large, and at last spaced in a size."""
    found = {}
    page.set_viewport_size(NARROW)
    page.goto(address)
    found[address, "narrow"] = lost(page)
    page.set_viewport_size(TWICE)
    page.evaluate(SETTLED)
    found[address, "twice"] = lost(page)
    if spaced:
        page.set_viewport_size(spaced)
        page.evaluate(SETTLED)
        page.evaluate(SPACED)
        found[address, "spaced"] = lost(page)
    return {look: faults for look, faults in found.items() if faults}


def test_public_pages_keep_all_their_text(browser, site):
    page, found = browser.new_page(), {}
    for language, path in product(("de", "bg"), [*PUBLIC, "nix/"]):
        found |= looked_at(page, f"{site}/{language}/{path}", PHONE)
    page.close()

    assert found == {}


def test_pages_at_work_keep_all_their_text(browser, site, case):
    page, found = page_of(browser, site, "counsellor"), {}
    for path in [*WORK, *(f"faelle/{case.pk}/{part}" for part in CASE)]:
        # A shift in the week's plan is as high as it is long, so spaced text does not fit: barrierefreiheit.md says so.
        found |= looked_at(page, f"{site}/de/arbeit/{path}", None if path == "planung/" else DESKTOP)
    page.context.close()

    assert found == {}


@pytest.mark.parametrize(
    ("rule", "looks"),
    [
        ("", []),
        ("width: 350px", ["narrow"]),
        ("min-width: 700px", ["narrow", "twice", "spaced"]),
        ("line-height: 1; height: 1em; overflow: hidden", ["spaced"]),
    ],
)
def test_what_is_lost_in_one_look_is_told_of_it(browser, rule, looks):
    """The negative control of both tests above."""
    page = browser.new_page()
    body = f"<body style='margin: 0'><p style='margin: 0; {rule}'>Worte</p>"
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=f"<!DOCTYPE html>{body}"))

    found = looked_at(page, "http://127.0.0.1:9/", PHONE)

    page.close()
    assert [look for _address, look in found] == looks


def test_a_task_with_a_question_fits_the_narrow_column_of_the_day(browser):
    page = browser.new_page(viewport=DESKTOP)
    answers = "<option>Wie geht es? Bitte wählen Sie, was die Person gesagt hat</option>"
    page.set_content(
        f"<!DOCTYPE html><body class=staff>{STYLES}<div style='width: 330px'><ul class=lines-list><li><span>Sven Uhlig: "
        f"Nachfrage nach 3 Monaten</span><form class=settle-task><select>{answers}</select>"
        "<button class='kern-btn kern-btn--tertiary'><span class=kern-label>erledigt</span></button></form></li></ul></div>"
    )

    width = page.evaluate("document.querySelector('ul').scrollWidth")

    page.close()
    assert width <= 330


def test_on_a_phone_what_stands_in_a_card_leaves_room_for_its_label(browser):
    page = browser.new_page(viewport=PHONE)
    cells = "".join(
        f"<td class='kern-table__cell{kind}' data-label='Stand der Dinge'>voll, Warteliste offen</td>"
        for kind in ("", " kern-table__cell--numeric", "")
    )
    page.set_content(
        f"<!DOCTYPE html><body class=staff>{STYLES}<table class='kern-table as-cards'><tbody><tr>{cells}</tr></tbody></table>"
    )

    room = page.evaluate(
        "[...document.querySelectorAll('td')].map((one) => parseFloat(getComputedStyle(one).paddingInlineStart))"
    )
    label = page.evaluate("parseFloat(getComputedStyle(document.querySelector('td'), '::before').inlineSize)")

    page.close()
    assert [one for one in room if one < label] == []
