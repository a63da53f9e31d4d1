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
# Ends of elements beyond the screen: what a sighted person sees cut off.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && !e.closest('.kern-sr-only, .skip, .table-scroll, details:not([open]) > :not(summary)')
    && (box.right > innerWidth + 1 || box.left < -1);
}).map(e => e.outerHTML.slice(0, 90))"""
# What depends on nothing but how a page is drawn. All other rules look at its parts and at which of them are there to
# be seen: in a further look that shows the same parts they would find the same.
DRAWN = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# One question to the browser, as each takes its time. Head and foot of a site are the same on hundreds of pages: they are
# asked once for each look and wording, and left out where they were found right, but for pages with a landmark of the
# same name as theirs. Addresses and numbers in head and foot make no difference. Style sheets in which nothing was wrong
# are not read again.
FOUND = """async ([options, clean, drawn]) => {
  const shells = [...document.querySelectorAll('.site-header, .site-footer')];
  const named = (one) => (one.getAttribute('aria-label') ?? (one.getAttribute('aria-labelledby') ?? '').split(/\\s+/)
    .map((id) => document.getElementById(id)?.textContent ?? '').join(' ')).trim().toLowerCase();
  const names = [...document.querySelectorAll('[aria-label], [aria-labelledby]')];
  const isShell = (one) => one.closest('.site-header, .site-footer') !== null;
  const taken = new Set(names.filter(isShell).map(named));
  const twin = names.some((one) => !isShell(one) && taken.has(named(one)));
  const targets = (one) => ['for', 'aria-controls', 'aria-describedby', 'aria-labelledby', 'aria-owns', 'href']
    .flatMap((name) => (one.getAttribute(name) ?? '').split(/\\s+/).map((id) => id.replace('#', '')))
    .map((id) => id && document.getElementById(id) ? 1 : 0);
  const is = (media) => matchMedia(media).matches;
  const styles = JSON.stringify([...document.styleSheets].map((sheet) => sheet.href ?? sheet.ownerNode.textContent));
  const said = JSON.stringify([
    innerWidth, is('(prefers-color-scheme: dark)'), is('(forced-colors: active)'), is('print'), options, styles,
    document.documentElement.lang, document.documentElement.dir, document.body.className,
    shells.map((one) => [
      one.outerHTML.replace(/(href|src|action|value)="[^"#][^"]*"/g, '$1')
        .replace(/>[^<]+</g, (text) => text.replace(/\\d+/g, '0')),
      [...one.querySelectorAll('*')].map(targets), one.contains(document.activeElement),
    ]),
  ]);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(said)));
  const shell = btoa(String.fromCharCode(...digest));
  const parts = [...document.body.querySelectorAll('*')].map((one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility({opacityProperty: true, visibilityProperty: true}) && box.width > 1 && box.height > 1
      && box.right > 0 && box.bottom + scrollY > 0 ? 1 : 0;
  }).join('') + document.body.outerHTML;
  let asked = options;
  if (window.lookedAt === parts) {
    asked = {...options, preload: false, runOnly: drawn.filter((name) => options.rules?.[name] === undefined)};
  } else if (clean.includes(styles)) {
    asked = {...options, preload: false, rules: {...options.rules, 'css-orientation-lock': {enabled: false}}};
  }
  const left = clean.includes(shell) && !twin ? shells : [];
  const found = await axe.run(left.length ? {exclude: left} : document, asked);
  window.lookedAt = parts;
  return {
    clean: found.violations.length ? [] : asked.preload === false ? [shell] : [shell, styles],
    violations: found.violations.map((one) => [one.id, one.nodes[0].html.slice(0, 160)]),
    cut: (CUT_OFF)().slice(0, 3),
    wide: document.documentElement.scrollWidth > innerWidth,
  };
}""".replace("CUT_OFF", CUT_OFF)
# The page has taken a new size and scheme: scripts have heard of it, and no colour is on its way to another.
SETTLED = """() => new Promise(requestAnimationFrame).then(() => document.getAnimations()
  .filter(one => one.effect.getComputedTiming().endTime < Infinity).forEach(one => one.finish()))"""

_with_axe: WeakSet[Page] = WeakSet()
_look: WeakKeyDictionary[Page, Look] = WeakKeyDictionary()
_clean: set[str] = set()  # heads and feet in which nothing was wrong, each with its look; and style sheets


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
    options = REPEATED if repeated else RULES
    found = page.evaluate(FOUND, [options, list(_clean), DRAWN])
    _clean.update(found["clean"])
    return [tuple(one) for one in found["violations"]] + found["cut"] + (["wide"] if found["wide"] else [])


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
