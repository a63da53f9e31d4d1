"""What somebody told their device counts: rest instead of motion, dark pages, colours of their own.

Asked of the style sheets themselves, so that a page nobody opened here is held too.
"""

import re
from pathlib import Path

import pytest

from tests.journeys.by_hand import MOVING, PALE, STUBBORN
from tests.journeys.conftest import DESKTOP

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tragnetz"
KERN = SOURCE / "components" / "static" / "vendor" / "kern" / "kern.min.css"
OURS = [SOURCE / "components" / "static" / "tragnetz.css"]
OURS += sorted(one for one in SOURCE.rglob("static/*.css") if one not in OURS)
STYLES = "".join(f"<style>{one.read_text(encoding='utf-8')}</style>" for one in (KERN, *OURS))
# What draws lines, boxes, dots and areas; each with the classes that give it a colour.
DRAWN = {
    r"chart--[\w]+": '<path class="chart__line {0}" d="M0 5H40"/><rect class="chart__box {0}" width="9" height="9"/>',
    r"net__line--\w+": '<path class="{0}" d="M0 5H40"/>',
    r"net__knot--\w+": '<circle class="net__knot {0}" r="9"/>',
    r"levels--[\w-]+": '<circle class="levels__dot {0}" r="6"/>',
    r"levels--(?:first|second)(?![\w-])": '<path class="levels__way {0}" d="M0 5H40"/>',
    r"map-colour-\d": '<g class="{0}"><rect class="map-fill" width="9" height="9"/><text class="map-name">Mitte</text></g>',
    r"(?<=\.)shade-\w+": '<g class="shades {0}"><rect class="map-fill" width="9" height="9"/><text>7</text></g>',
    r"chart__mark|row-bar__value|net__middle": '<rect class="{0}" width="9" height="9"/>',
    r"kern-icon--(?:info|success|warning|danger)": '<p class="kern-alert"><span class="kern-icon {0}"></span></p>',
    r"status__dot--open": '<p class="status"><span class="status__dot {0}"></span></p>',
}
LOOKS = [("light", "none"), ("dark", "none"), ("light", "active"), ("dark", "active")]


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport=DESKTOP)
    yield page
    page.close()


def drawings() -> str:
    """Return one of each drawing that the style sheets know a colour for."""
    rules = STYLES
    parts = []
    for pattern, shape in DRAWN.items():
        names = sorted(set(re.findall(pattern, rules)))
        assert names, pattern
        parts += [shape.format(name) for name in names]
    return "".join(part if part.startswith("<p") else f'<svg class="chart">{part}</svg>' for part in parts)


def test_whoever_wants_rest_sees_nothing_move(page):
    body = (
        '<a class="kern-btn kern-btn--primary" href="#a">Weiter</a><div class="kern-loader kern-loader--visible"></div>'
    )
    page.set_content(
        f"<!DOCTYPE html>{STYLES}<style>p::after {{ content: ''; transition: all 1s }}</style>{body}<p>Wort"
    )

    before = page.evaluate(MOVING)
    page.emulate_media(reduced_motion="reduce")

    assert len(before) > 2  # KERN lets pages roll and its loader turn; ours is the paragraph
    assert page.evaluate(MOVING) == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("p { transition: all 1s }", 0),  # the rule for all elements is stronger
        ("p { transition: all 1s !important }", 1),
        ("@media (min-width: 1px) { p { animation-duration: 2s !important } }", 1),
        ("@media (prefers-reduced-motion: no-preference) { p { transition: all 1s !important } }", 0),
        ("@view-transition { navigation: auto }", 1),
    ],
)
def test_a_rule_that_nobody_can_still_is_told(page, rule, told):
    """The negative control of the test below."""
    page.set_content(f"<!DOCTYPE html><style>{rule}</style>")

    assert len(page.evaluate(STUBBORN)) == told


def test_no_style_sheet_and_no_script_moves_things_past_the_wish_for_rest(page):
    page.set_content(f"<!DOCTYPE html>{STYLES}")
    scripts = {one.name: one.read_text(encoding="utf-8") for one in SOURCE.rglob("static/*.js")}

    assert page.evaluate(STUBBORN) == []
    assert [name for name, text in scripts.items() if re.search(r"smooth|\.animate\(|startViewTransition", text)] == []


@pytest.mark.parametrize(("scheme", "forced"), LOOKS)
def test_drawings_are_seen_in_each_look_of_the_device(page, scheme, forced):
    """WCAG 1.4.11: three to one for lines, areas and signs; 4.5 for words in pictures, which axe does not look at."""
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    page.set_content(f'<!DOCTYPE html><html data-kern-theme="{scheme}"><body>{STYLES}{drawings()}')

    assert page.evaluate(PALE) == []


def test_a_drawing_in_a_colour_of_its_own_is_told_where_it_is_not_seen(page):
    """The negative control: dark red is seen on white, not on black."""
    page.set_content(
        '<!DOCTYPE html><style>html, body { background: Canvas }</style><svg><path fill="#701010" d="M0 0H9V9Z"/></svg>'
    )
    seen = page.evaluate(PALE)
    page.emulate_media(color_scheme="dark", forced_colors="active")

    assert seen == []
    assert len(page.evaluate(PALE)) == 1


def test_codes_for_cameras_stay_black_on_white_where_the_device_sets_the_colours(page):
    page.emulate_media(color_scheme="dark", forced_colors="active")
    page.set_content(f'<!DOCTYPE html>{STYLES}<div class="qr"><svg><path d="M0 0H9"/></svg></div>')

    assert page.evaluate("getComputedStyle(document.querySelector('.qr')).backgroundColor") == "rgb(255, 255, 255)"
