"""What is wrong with a page that a browser shows: found by axe, cut off by the screen, or wider than it."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary, WeakSet

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.journeys.conftest import DESKTOP, PHONE

Look = tuple[ViewportSize, str]  # size of the screen, and scheme of colours
DAY_AND_NIGHT: tuple[Look, ...] = ((DESKTOP, "light"), (PHONE, "dark"))
BOTH_SIZES: tuple[Look, ...] = ((DESKTOP, "light"), (PHONE, "light"))

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is right is checked too, only not described
    "iframes": False,  # a page inside of another is looked at by its own address
}
# In another language the same page has the same colours and the same style sheets: asked of one language.
REPEATED = RULES | {
    "preload": False,
    "rules": {name: {"enabled": False} for name in ("color-contrast", "css-orientation-lock")},
}
FOUND = """options => axe.run(options).then(found => found.violations.map(
    one => [one.id, one.nodes[0].html.slice(0, 160)]))"""
# Ends of elements beyond the screen: what a sighted person sees cut off.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && !e.closest('.kern-sr-only, .skip, .table-scroll, details:not([open]) > :not(summary)')
    && (box.right > innerWidth + 1 || box.left < -1);
}).map(e => e.outerHTML.slice(0, 90))"""
# The page has taken a new size and scheme: scripts have heard of it, and no colour is on its way to another.
SETTLED = """() => new Promise(requestAnimationFrame).then(() => document.getAnimations()
  .filter(one => one.effect.getComputedTiming().endTime < Infinity).forEach(one => one.finish()))"""

_with_axe: WeakSet[Page] = WeakSet()
_look: WeakKeyDictionary[Page, Look] = WeakKeyDictionary()


def faults(page: Page, address: str, *, repeated: bool = False) -> list:
    """Open a page and return what is wrong with it; `repeated`: it was looked at whole in another language."""
    if page not in _with_axe:
        page.add_init_script(AXE_SCRIPT)  # the browser keeps what it read of it: half the time of sending it each time
        _with_axe.add(page)
    page.goto(address)
    return faults_here(page, repeated=repeated)


def faults_here(page: Page, *, repeated: bool = False) -> list:
    """Return what is wrong with the page that is open."""
    page.wait_for_load_state()  # a page just begun has no root yet, and axe would fall over it
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(FOUND, REPEATED if repeated else RULES)
    cut = page.evaluate(CUT_OFF)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [tuple(one) for one in found] + cut[:3] + (["wide"] if wide else [])


def faults_in_looks(page: Page, address: str, looks: Sequence[Look] = DAY_AND_NIGHT, *, repeated: bool = False) -> list:
    """Open a page once and return what is wrong with it in each look.

    It opens in the look that the page before was left in, so that half of them open in each.
    """
    first, *others = _in_turn(page, looks)
    _turn(page, first)
    found = _labelled(first, faults(page, address, repeated=repeated))
    return found + faults_here_in_looks(page, others, repeated=repeated)


def faults_here_in_looks(page: Page, looks: Sequence[Look] = DAY_AND_NIGHT, *, repeated: bool = False) -> list:
    """Return what is wrong with the page that is open, in each look; it stays in the last."""
    found = []
    for look in _in_turn(page, looks):
        _turn(page, look)
        page.evaluate(SETTLED)
        found += _labelled(look, faults_here(page, repeated=repeated))
    return found


def _in_turn(page: Page, looks: Sequence[Look]) -> list[Look]:
    """Begin with the look that the page has."""
    return sorted(looks, key=lambda look: look != _look.get(page))


def _turn(page: Page, look: Look) -> None:
    if _look.get(page) != look:
        size, scheme = look
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        _look[page] = look


def _labelled(look: Look, found: list) -> list:
    return [(look[0]["width"], look[1], fault) for fault in found]
