"""The look at pages itself: what is wrong in one look alone is found in that one, whichever the page was opened in."""

import pytest

from tests.journeys.accessible import DAY_AND_NIGHT, faults_in_looks
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
