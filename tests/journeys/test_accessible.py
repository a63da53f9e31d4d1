"""The look at pages itself: what is wrong in one look alone is found in that one, whichever the page was opened in."""

import pytest

from tests.journeys.accessible import BOTH_SIZES, DAY_AND_NIGHT, faults, faults_in_looks
from tests.journeys.conftest import DESKTOP

ADDRESS = "http://127.0.0.1:9/{}"
PAGE = """<!DOCTYPE html><html lang="de"><head><title>Seite</title><style>
  body { color: #111; background: #fff; transition: color 5s } SHEET
</style></head><body><main><h1>Seite</h1><p>Worte</p></main></body></html>"""
PALE = "{ body { color: #bbb } }"
WIDE = "{ p { width: 3000px } }"


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport=DESKTOP)
    yield page
    page.close()


def show(page, sheet: str) -> None:
    page.unroute_all()
    page.route(
        ADDRESS.format("*"), lambda route: route.fulfill(content_type="text/html", body=PAGE.replace("SHEET", sheet))
    )


@pytest.mark.parametrize(
    ("sheet", "wrong"),
    [
        ("", set()),
        (f"@media (max-width: 500px) {WIDE}", {(375, "dark")}),
        (f"@media (min-width: 500px) {WIDE}", {(1280, "light")}),
        (f"@media (prefers-color-scheme: dark) {PALE}", {(375, "dark")}),
        (f"@media (prefers-color-scheme: light) {PALE}", {(1280, "light")}),
        (WIDE.strip("{} ") + "}", {(1280, "light"), (375, "dark")}),
    ],
)
def test_what_is_wrong_in_one_look_alone_is_found_in_it(page, sheet, wrong):
    show(page, sheet)

    for number in range(2):  # the second is opened in the look in which the first was left
        found = faults_in_looks(page, ADDRESS.format(number), DAY_AND_NIGHT)
        assert {(width, scheme) for width, scheme, _fault in found} == wrong


SITE = """<!DOCTYPE html><html lang="de"><head><title>Seite</title><style>{sheet}</style></head><body>
  <header class="site-header"><nav aria-label="Menü"><a href="/{address}">Start</a>{head}</nav></header>
  <main><h1>Seite</h1>{body}</main></body></html>"""
NAMELESS = '<a href="/nix"><img src="data:," width="48" height="48"></a>'


def serve(page, *, sheet="", address="", head="", body="") -> None:
    html = SITE.format(sheet=sheet, address=address, head=head, body=body)
    page.unroute_all()
    page.route(ADDRESS.format("*"), lambda route: route.fulfill(content_type="text/html", body=html))


def rules_broken(page, **parts: str) -> set[str]:
    """Open a page and return the names of the rules that it breaks."""
    serve(page, **parts)
    return {fault[0] for fault in faults(page, ADDRESS.format("site"))}


def test_a_known_head_is_left_out_and_everything_else_is_looked_at(page):
    assert rules_broken(page) == set()

    assert rules_broken(page, address="other") == set()  # the same head, with other addresses
    assert rules_broken(page, body=NAMELESS) == {"image-alt", "link-name"}
    assert rules_broken(page, body='<nav aria-label="Menü"><a href="/">Start</a></nav>') == {"landmark-unique"}
    assert rules_broken(page, body='<p tabindex="3">b</p>') == {"tabindex"}
    assert rules_broken(page, body="<h4>Zu tief</h4>") == {"heading-order"}


def test_a_head_that_was_wrong_or_says_something_else_is_looked_at(page):
    assert rules_broken(page) == set()

    for _time in range(2):
        assert rules_broken(page, head=NAMELESS) == {"image-alt", "link-name"}
    assert rules_broken(page, head='<a href="/" tabindex="3">Mehr</a>') == {"tabindex"}
    assert rules_broken(page, head='<a href="/" lang="xx-nix">Mehr</a>') == {"valid-lang"}


def test_a_known_head_in_other_colours_is_looked_at(page):
    found = []
    for sheet in ("", "@media (prefers-color-scheme: dark) { a { color: #eee; background: #fff } }"):
        serve(page, sheet=sheet)
        found.append(faults_in_looks(page, ADDRESS.format("colours"), DAY_AND_NIGHT))

    assert found[0] == []
    assert {(width, scheme, fault[0]) for width, scheme, fault in found[1]} == {(375, "dark", "color-contrast")}


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (NAMELESS, "link-name"),
        ("<h4>Zu tief</h4>", "heading-order"),
        ("<ul><p>Wort</p></ul>", "list"),
        ('<p tabindex="3">Wort</p>', "tabindex"),
    ],
)
def test_what_is_there_in_one_look_alone_is_looked_at_in_it(page, part, rule):
    """A further look asks only how the page is drawn, unless it shows other parts."""
    serve(page, sheet="@media (min-width: 500px) { .phone { display: none } }", body=f'<div class="phone">{part}</div>')

    found = faults_in_looks(page, ADDRESS.format("phone"), BOTH_SIZES)

    assert (375, "light", rule) in {(width, scheme, fault[0]) for width, scheme, fault in found}
