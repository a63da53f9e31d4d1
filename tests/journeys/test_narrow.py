"""Every page of everybody on narrow phones: nothing is wider than the screen, cut off, covered, crowded or too small.

The pages are those that the walks have met (`tests/architecture/walks.py`): a browser is shown what was answered then,
so that no page is made again, and asked in all widths while it shows it.
"""

import mimetypes
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.contrib.staticfiles import finders

from tests.architecture.conftest import visited, walked
from tests.architecture.test_matrix import MATRIX, WORK
from tests.journeys.accessible import CUT_OFF, SETTLED
from tests.journeys.by_eye import COVERED, CROWDED, SMALL
from tests.journeys.conftest import PHONE
from tests.journeys.test_enlarged import HIDDEN_TEXT, NARROW

__all__ = ["visited", "walked"]
WIDTHS = (PHONE, NARROW)
FEWEST = {"counsellor": 100, "catalogue": 15}
# One question for all; the fonts are there, since other letters have other widths.
ASKED = f"""async () => {{
  await document.fonts.ready;
  const wide = document.documentElement.scrollWidth - innerWidth;
  return [...(wide > 0 ? [`wide by ${{wide}}`] : []), ...({CUT_OFF})(), ...({HIDDEN_TEXT})(), ...({SMALL})(),
    ...({COVERED})(), ...({CROWDED})()];
}}"""


class Told(BaseHTTPRequestHandler):
    """Gives the pages of `pages`, by their path, and styles, scripts and fonts from the source, which a browser keeps."""

    pages: ClassVar[Mapping[str, bytes]] = {}

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        kind, content = "text/html; charset=utf-8", self.pages.get(path)
        if content is None and path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
            kind, content = mimetypes.guess_type(path)[0] or "font/woff2", Path(file).read_bytes()
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content or b"")))
        if content and not kind.startswith("text/html"):
            self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_given: Any) -> None:
        """Say nothing."""


@contextmanager
def told(pages: Mapping[str, bytes]) -> Iterator[str]:
    """Serve pages as they were answered; yields the address before their paths."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Told,), {"pages": pages}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def faults_of(browser, pages: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Show pages in all widths; return what is wrong, by path and width."""
    found = {}
    page = browser.new_page(viewport=WIDTHS[0])
    with told(pages) as site:
        for number, path in enumerate(pages):
            page.goto(site + path)
            for size in WIDTHS[:: 1 if number % 2 == 0 else -1]:  # begins in the width that the page before ended in
                if page.viewport_size != size:
                    page.set_viewport_size(size)
                    page.evaluate(SETTLED)
                if faults := page.evaluate(ASKED):
                    found[f"{path} {size['width']}"] = faults[:6]
        page.close()
    return found


def is_page(answer) -> bool:
    return answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]


# Whoever has the most pages first, the others with what those have not.
@pytest.mark.long
@pytest.mark.parametrize("persona", ["counsellor", "catalogue", "programme", "admin", "dpo"])
def test_pages_at_work_fit_narrow_screens(browser, walked, persona):
    walk = walked(persona)
    others = {} if persona == "counsellor" else walked("counsellor").pages
    pages = {
        f"/de/{WORK[name][1].format(**walk.records)}".partition("?")[0]: answer.content
        for name, answer in walk.pages.items() if is_page(answer) and not (name in others and is_page(others[name]))
    }  # fmt: skip

    assert len(pages) >= FEWEST.get(persona, 1)
    assert faults_of(browser, pages) == {}


@pytest.mark.long
@pytest.mark.parametrize("language", ["de", "ar"])
def test_public_pages_fit_narrow_screens(browser, visited, language):
    pages = {}
    for name, answer in visited(language).items():
        if is_page(answer):
            path = MATRIX[name][1].partition("?")[0]
            pages[path if path.startswith("/") else f"/{language}/{path}"] = answer.content

    assert len(pages) > 30
    assert faults_of(browser, pages) == {}


CARD = "<table><tr><td data-label='Wie es nach dem letzten Gespräch weitergeht'>so<tr><td data-label='Wer'>drei</table>"
NAMED = (
    "td { display: flow-root; position: relative; padding-inline-start: 8rem } td::before { content: attr(data-label);"
)
ROOM = f"{NAMED} float: left; width: 7.5rem; margin-inline: -8rem 0.5rem }}"
NO_ROOM = f"{NAMED} position: absolute; inset-inline-start: 0; width: 7.5rem }}"
LINKS = "<a href='/a'>Eins</a><a href='/b'>Zwei</a>"
PANEL = ".panel { background: #eee } p { margin: 0 }"


@pytest.mark.parametrize(
    ("sheet", "body", "found"),
    [
        ("", "<p>Worte und <a href='/a'>Eins</a></p><p>Zwei</p>", []),
        ("p { width: 400px }", "<p>Eins</p>", ["wide", "<p"]),
        ("p { width: 2em; overflow: hidden; white-space: nowrap }", "<p>Eins und zwei</p>", ["<p"]),
        ("a { display: block; font-size: 8px; line-height: 1 }", LINKS, ["small", "small"]),
        ("a { display: block; line-height: 30px }", LINKS, []),
        ("p { margin: 0 } b { position: relative; inset-block-start: 1em }", "<p><b>Eins</b></p><p>Zwei</p>", ["over"]),
        (PANEL, "<p>Eins</p><p class='panel'>Zwei</p>", ["no"]),
        (f"{PANEL} .panel {{ margin-block-start: 1em }}", "<p>Eins</p><p class='panel'>Zwei</p>", []),
        (ROOM, CARD, []),
        (NO_ROOM, CARD, ["over"]),
    ],
)
def test_what_is_wrong_on_a_narrow_screen_is_told(browser, sheet, body, found):
    """The negative control of both tests above."""
    page = browser.new_page(viewport=NARROW)
    page.set_content(f"<!DOCTYPE html><style>p, a {{ font: 16px sans-serif }} {sheet}</style><main>{body}</main>")
    told_of = page.evaluate(ASKED)
    page.close()

    assert [re.match(r"<?\w+", fault)[0] for fault in told_of] == found
