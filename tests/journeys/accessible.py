"""What is wrong with a page that a browser shows: found by axe, cut off by the screen, or wider than it."""

from weakref import WeakSet

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

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

_with_axe: WeakSet[Page] = WeakSet()


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
