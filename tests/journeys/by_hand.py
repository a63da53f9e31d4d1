"""What a hand, an eye and a printer meet on a page, as questions to a browser; each answer is a list of faults."""

from collections.abc import Iterable

from playwright.sync_api import Locator, Page, ViewportSize

FEWEST_STOPS = 5  # a page with so few was not the page
MOST_STOPS = 120
# A page scrolls softly to what gets the focus: nobody need watch it a hundred times.
BEGIN = "document.documentElement.style.scrollBehavior = 'auto'; document.activeElement?.blur()"
# Whether an element that has the focus is framed: itself, or what it belongs to.
IS_FRAMED = """(one) => {
  const seen = (css) => css.outlineStyle !== 'none' && parseFloat(css.outlineWidth) > 0
    && !/^rgba.*, 0\\)$/.test(css.outlineColor);
  const label = one.closest('label') ?? one.labels?.[0];
  const frames = [one, one.parentElement, label, one.closest('.time, .suggestion, .mark')].filter(Boolean);
  const shape = one.querySelector('.map-fill');
  return frames.some((each) => seen(getComputedStyle(each)))
    || (shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 12);
}"""
# The stops that were met, once more: as the last to give the focus was a key, they show it as after one.
FRAMED = """() => [...document.querySelectorAll('[data-met]')].filter((one) => {
  one.focus({preventScroll: true});
  return document.activeElement === one && !(IS_FRAMED)(one);
}).map((one) => `no frame in forced colours: ${one.outerHTML.slice(0, 90)}`)""".replace("IS_FRAMED", IS_FRAMED)
# What is wrong with an element that has the focus: seen, framed, uncovered?
FAULTS = """(one) => {
  const box = one.getBoundingClientRect(), label = one.closest('label') ?? one.labels?.[0];
  const framed = (IS_FRAMED)(one);
  const inside = (at, most) => Math.min(Math.max(at, 0), most - 1);
  const hit = document.elementFromPoint(
    inside(box.left + box.width / 2, innerWidth), inside(box.top + box.height / 2, innerHeight));
  const free = !hit || one.contains(hit) || hit.contains(one) || (label && (label.contains(hit) || hit === label));
  const faults = [];
  if (!framed) faults.push('no frame');
  if (box.bottom <= 0 || box.top >= innerHeight || box.width < 2) faults.push('out of sight');
  if (!free) faults.push('covered');
  return faults.map((fault) => `${fault}: ${one.outerHTML.slice(0, 90)}`);
}""".replace("IS_FRAMED", IS_FRAMED)
# The element that has the focus now, once scrolling has come to rest.
STOP = """async () => {
  let was = -1;
  while (scrollY !== was) {
    was = scrollY;
    await new Promise(requestAnimationFrame);
  }
  const one = document.activeElement;
  if (!one || one === document.body || one.dataset.met) return null;
  one.dataset.met = 'yes';
  return (FAULTS)(one);
}""".replace("FAULTS", FAULTS)
# All that a key can stop at, folded menus opened, each given the focus: where there is no need to learn the order again.
ROUND = """() => {
  for (const fold of document.querySelectorAll('details[data-fold]')) fold.open = true;
  const places = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]');
  const stops = [...places].filter((one) => one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}));
  const met = stops.filter((one) => { one.focus(); return document.activeElement === one; });
  return [met.length, met.flatMap((one) => { one.focus(); return (FAULTS)(one); })];
}""".replace("FAULTS", FAULTS)
# On paper: nothing to press, black on white, nothing cut off. Colours of letters with more than 0.62 of the light of white.
PAPER = """() => {
  const faults = [];
  const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1;
  for (const one of document.querySelectorAll('button, .kern-btn, nav'))
    if (shown(one)) faults.push(`to press: ${one.outerHTML.slice(0, 90)}`);
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number);
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const one = words.currentNode.parentElement;
    if (words.currentNode.textContent.trim() && shown(one) && light(getComputedStyle(one).color) > 0.62)
      faults.push(`pale: ${words.currentNode.textContent.trim().slice(0, 60)}`);
  }
  for (const one of document.querySelectorAll('main *')) {
    const box = one.getBoundingClientRect(), css = getComputedStyle(one);
    if (!shown(one) || one.closest('.kern-sr-only')) continue;
    if (box.right > innerWidth + 1 || box.left < -1) faults.push(`cut off: ${one.outerHTML.slice(0, 90)}`);
    if (/auto|scroll/.test(css.overflowX) && one.scrollWidth > one.clientWidth + 1)
      faults.push(`rolls: ${one.outerHTML.slice(0, 90)}`);
  }
  return faults;
}"""
# What moves by itself or slides: elements and the parts that style sheets add to them.
MOVING = """() => {
  const found = [], lasts = (times) => times.split(',').some((one) => parseFloat(one) > 0);
  for (const one of document.querySelectorAll('*')) for (const part of ['', '::before', '::after', '::backdrop']) {
    const css = getComputedStyle(one, part || null), name = one.tagName.toLowerCase() + part;
    if (css.animationName !== 'none' && lasts(css.animationDuration)) found.push(`${name} turns`);
    if (css.transitionProperty !== 'none' && lasts(css.transitionDuration)) found.push(`${name} slides`);
    if (!part && css.scrollBehavior === 'smooth') found.push(`${name} rolls`);
  }
  return found;
}"""
# Rules of motion that the wish for rest cannot undo: they are important, or no property of an element at all.
STUBBORN = """() => {
  const found = [], moves = /^(transition|animation|scroll-behavior)/;
  const look = (rules) => {
    for (const rule of rules) {
      if (/prefers-reduced-motion/.test(rule.media?.mediaText ?? '')) continue;
      if (/^@view-transition/.test(rule.cssText)) found.push(rule.cssText);
      if (rule.style && [...rule.style].some((one) => moves.test(one) && rule.style.getPropertyPriority(one)))
        found.push(rule.cssText.slice(0, 90));
      if (rule.cssRules) look(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) look(sheet.cssRules);
  return found;
}"""
# Drawings and signs that do not stand out from the page: by stroke or by area three to one, words 4.5 to one.
PALE = """() => {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const mixed = (...layers) => {
    pixel.globalAlpha = 1;
    for (const [colour, alpha] of layers) {
      pixel.globalAlpha = alpha;
      pixel.fillStyle = colour;
      pixel.fillRect(0, 0, 1, 1);
    }
    const parts = [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((one) => one / 255).map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.cssText = 'background: Canvas; forced-color-adjust: none';
  const canvas = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const under = (one) => {
    const layers = [];
    for (let each = one; each; each = each.parentElement) layers.unshift([getComputedStyle(each).backgroundColor, 1]);
    return [[canvas, 1], ...layers];
  };
  const found = [];
  const told = (one, best) => found.push(`${best.toFixed(1)}: ${one.outerHTML.slice(0, 80)}`);
  for (const one of document.querySelectorAll('svg :is(path, line, polyline, rect, circle, text)')) {
    const css = getComputedStyle(one), ground = under(one.ownerSVGElement.parentElement), alpha = Number(css.opacity);
    const area = one.matches('text') && one.parentElement.querySelector('rect');
    const painted = area ? [...ground, [getComputedStyle(area).fill, 1]] : ground;
    const paints = one.matches('text') ? [css.fill] : [css.fill, parseFloat(css.strokeWidth) > 0 ? css.stroke : 'none'];
    const seen = paints.filter((colour) => colour !== 'none' && !colour.startsWith('url'));
    const best = Math.max(1, ...seen.map((colour) => ratio(mixed(...painted), mixed(...painted, [colour, alpha]))));
    if (best < (one.matches('text') ? 4.5 : 3)) told(one, best);
  }
  for (const one of document.querySelectorAll('.kern-icon, .status__dot')) {
    const css = getComputedStyle(one), ground = under(one.parentElement);
    const paint = one.matches('.kern-icon') ? css.backgroundColor : css.borderTopColor;
    const best = ratio(mixed(...ground), mixed(...ground, [paint, 1]));
    if (best < 3) told(one, best);
  }
  return found;
}"""
# Words of Latin letters in a page of another alphabet that nothing marks: neither a language nor, where people write
# freely, a direction of its own. Single words are names that stand within a translated sentence.
UNMARKED = """() => {
  const found = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim(), one = words.currentNode.parentElement;
    if (!one.checkVisibility() || one.closest('script, style, bdi, [dir="auto"], .kern-sr-only, kbd')) continue;
    if (one.closest('[lang]') !== document.documentElement) continue;
    if (/^[^\\u0400-\\u04ff\\u0600-\\u06ff]*[A-Za-zÄÖÜäöüß]{3,}[^\\u0400-\\u04ff\\u0600-\\u06ff]*$/.test(text)
        && !/^[A-Z]{3,5}$/.test(text)) found.push(text.slice(0, 80));
  }
  return found;
}"""
# Without script: a button that sends nothing, a link that leads nowhere.
DEAD = """() => [
  ...[...document.querySelectorAll('button')].filter((one) => !one.form || one.type === 'button'),
  ...[...document.querySelectorAll('a')].filter((one) => !one.getAttribute('href') || one.getAttribute('href') === '#'),
].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 90))"""


def stops_in_all_colours(page: Page) -> tuple[int, list[str]]:
    """Walk through a page by Tab, and let the browser go to each stop again in the colours of the device.

    Where a stop lies is the same in both; whether it is framed hangs on the colours.
    """
    number, faults = stops(page)
    page.emulate_media(forced_colors="active")
    found: list[str] = page.evaluate(FRAMED)
    page.emulate_media(forced_colors="none")
    return number, faults + found


def faults_of_stops(page: Page, addresses: Iterable[str], further: Iterable[ViewportSize] = ()) -> dict[str, list[str]]:
    """Walk through pages by Tab in all colours; return what is wrong with their stops, by address.

    In `further` sizes each stop gets the focus once more, without opening the page again.
    """
    found = {}
    for address in addresses:
        page.goto(address)
        number, faults = stops_in_all_colours(page)
        assert number > FEWEST_STOPS, address
        for size in further:
            number, more = stops_at(page, size)
            assert number > FEWEST_STOPS, address
            faults = faults + more
        if faults:
            found[address] = faults
    return found


def stops_at(page: Page, size: ViewportSize) -> tuple[int, list[str]]:
    """Give each stop of a page the focus at another size, folded menus opened; as `stops`, after a walk by keys."""
    before = page.viewport_size
    page.set_viewport_size(size)
    number, faults = page.evaluate(ROUND)
    if before:
        page.set_viewport_size(before)
    return number, [f"{size['width']} wide, {fault}" for fault in faults]


def stops(page: Page, key: str = "Tab") -> tuple[int, list[str]]:
    """Walk through a page by one key; return how many stops there are and what is wrong with them."""
    page.evaluate(BEGIN)
    faults: list[str] = []
    for number in range(MOST_STOPS):
        page.keyboard.press(key)
        found = page.evaluate(STOP)
        if found is None:
            return number, faults
        faults += found
    return MOST_STOPS, faults


def on_paper(page: Page) -> list[str]:
    """Return what is wrong with a page as it is printed on A4 between margins of 15 mm."""
    size = page.viewport_size
    page.set_viewport_size({"width": 680, "height": 1000})
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    found: list[str] = page.evaluate(PAPER)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    if size:
        page.set_viewport_size(size)
    return found


HAS_FOCUS = "(one) => one === document.activeElement"


def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Go by one key from where the focus is to an element, as somebody does without a mouse. Raises AssertionError."""
    for _number in range(MOST_STOPS):
        if wanted.evaluate(HAS_FOCUS):
            return
        page.keyboard.press(key)
    message = f"{key} does not lead to {wanted}"
    raise AssertionError(message)


def write_by_keys(page: Page, label: str, text: str) -> None:
    """Reach a field and type into it."""
    reach(page, page.get_by_role("main").get_by_label(label, exact=True))
    page.keyboard.type(text)


def choose_by_keys(page: Page, label: str, option: str) -> None:
    """Reach a list and choose by the first letters of an option."""
    field = page.get_by_role("main").get_by_label(label, exact=True)
    reach(page, field)
    page.keyboard.type(option)
    assert field.locator("option:checked").inner_text().startswith(option)


def radio_by_keys(page: Page, wanted: Locator) -> None:
    """Reach a group of choices where only one counts, and go to one of them by the arrows."""
    group = page.locator(f"input[type=radio][name='{wanted.get_attribute('name')}']")
    first = group.and_(page.locator(":checked")) if group.and_(page.locator(":checked")).count() else group.first
    reach(page, first)
    if not wanted.is_checked():
        page.keyboard.press("Space")
    for _number in range(group.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    assert wanted.is_checked()


def press_by_keys(page: Page, wanted: Locator) -> None:
    """Reach a button or a link that leads to another page, press it by Enter, and wait for that page."""
    reach(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")
