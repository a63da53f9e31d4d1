"""Each page of everybody fits a screen of 320 points and text twice as large: no second way to scroll, no cut words.

The pages are those of the walk through all addresses; a browser shows what was answered there, with its styles.
"""

import re
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page

from tests.architecture.test_matrix import PERSONAS, WORK
from tests.architecture.walks import Answer
from tests.journeys.accessible import CUT_OFF, SETTLED
from tests.journeys.conftest import PHONE, browser
from tests.journeys.test_enlarged import HIDDEN_TEXT, NARROW, TWICE

__all__ = ["browser"]
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
# Tables that lie beyond their room: a phone shows them as cards. What is read across and down scrolls on its own.
PUSHED = """() => [...document.querySelectorAll('.table-scroll')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.querySelector('.plan, .duty'))
  .map((one) => one.outerHTML.slice(0, 90))"""
# Controls that are too small for a finger (WCAG 2.2, 2.5.8); one within a label is as large as the label.
SMALL = """() => [...document.querySelectorAll('button, select, summary, input:not([type=hidden])')].filter((one) => {
  const box = (one.labels?.[0] ?? one).getBoundingClientRect(), own = one.getBoundingClientRect();
  const seen = one.checkVisibility({opacityProperty: true, visibilityProperty: true}) && own.width > 2;
  return seen && (Math.max(box.height, own.height) < 24 || Math.max(box.width, own.width) < 24);
}).map((one) => one.outerHTML.slice(0, 90))"""


class Styles(BaseHTTPRequestHandler):
    """Gives styles, fonts and scripts to a browser that has its pages from elsewhere, and lets it keep them."""

    def do_GET(self) -> None:
        address = urlsplit(self.path).path
        path = finders.find(address.removeprefix("/static/")) if address.startswith("/static/") else None
        body = Path(path).read_bytes() if path else b""
        self.send_response(200 if path else 404)
        self.send_header("Content-Type", KINDS.get(Path(self.path).suffix, "application/octet-stream"))
        self.send_header("Cache-Control", "max-age=3600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def styles() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Styles)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def faults(page: Page, styles: str, content: str) -> list[str]:
    """Show a page and return what is lost of it on small screens, and which parts are too small."""
    page.set_viewport_size(PHONE)
    page.set_content(re.sub(r"<head>", f'<head><base href="{styles}">', content, count=1))
    found = [*page.evaluate(PUSHED), *page.evaluate(SMALL)]
    for size in (NARROW, TWICE):
        page.set_viewport_size(size)
        page.evaluate(SETTLED)
        found += [*page.evaluate(CUT_OFF)[:3], *page.evaluate(HIDDEN_TEXT)[:3]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"wide at {size['width']}")
    return found


def is_page(answer: Answer) -> bool:
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def all_faults(browser, styles: str, pages: dict[str, Answer]) -> dict[str, list[str]]:
    page = browser.new_page()
    found = {name: faults(page, styles, answer.words) for name, answer in pages.items() if is_page(answer)}
    page.close()
    return {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_page_at_work_fits_a_small_screen(browser, styles, walked, persona):
    number, pages = PERSONAS.index(persona), walked(persona).pages
    first = {
        name for name, (_method, _path, statuses) in WORK.items() if 200 in statuses and statuses.index(200) == number
    }

    assert all_faults(browser, styles, {name: pages[name] for name in first & pages.keys()}) == {}


@pytest.mark.parametrize("language", ["de", "tr", "ar"])
def test_each_public_page_fits_a_small_screen(browser, styles, visited, language):
    assert all_faults(browser, styles, visited(language)) == {}


WIDE_TABLE = '<div class="table-scroll" style="overflow-x: auto"><table style="width: 500px"><tr><td>Wort</table></div>'


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("<p>Worte</p>", 0),
        (WIDE_TABLE, 1),
        ('<button style="height: 20px; padding: 0">Weiter</button>', 1),
        ('<p style="width: 400px">Worte</p>', 2),  # cut off, and the page is wide
    ],
)
def test_what_does_not_fit_is_told(browser, styles, body, number):
    """The negative control of both tests above."""
    page = browser.new_page()
    show = partial(faults, page, styles)

    found = show(f"<!DOCTYPE html><html><head></head><body style='margin: 0'>{body}")

    page.close()
    assert len(found) == number, found
