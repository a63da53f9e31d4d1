"""What a first visit loads: each public page, in each kind of letters, over the wire, with all it needs. Nothing from others."""

import gzip
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

MOST = 150_000  # bytes: product.md
# Of each alphabet a language; Turkish and Polish take a second part of the Latin font.
LANGUAGES = ("de", "tr", "ar", "uk", "bg")
PAGES = [
    "", "suche/?q=Miete", "zustaendig/?ort=Wanne", "situation/debts/", "wegweiser/", "rechnen/", "angebote/",
    "angebote/wohngeld/", "neu/", "daten/", "offen/", "stadtplan/", "termin/", "mein-termin/", "mein-code/", "gruppen/",
    "rueckruf/", "warteliste/", "meine-begleitung/", "ueber/", "barrierefreiheit/", "sprachen/", "datenschutz/", "impressum/",
    "rahmen/suche/", "rahmen/angebot/wohngeld/",
]  # fmt: skip
FACE = re.compile(r'src: url\("([^"]+)"\)[^}]*?font-weight: ([\d ]+);[^}]*?unicode-range: ([^;]+);')
# Closed menus are not drawn, and so load no font: the names of the languages stand there in all alphabets.
HIDDEN = re.compile(r'<(script|option)\b.*?</\1>|<ul class="menu__panel">.*?</ul>|<[^>]+>', re.DOTALL)


@cache
def squeezed(path: str) -> int:
    """Return how many bytes a file takes: fonts are squeezed already."""
    content = Path(finders.find(path)).read_bytes()
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content, 9))


@cache
def faces(path: str) -> list[tuple[str, list[range]]]:
    """Return the font files that a style sheet names, each with the signs for which a browser loads it."""
    sheet = Path(finders.find(path)).read_text()
    return [(file, [signs(part) for part in ranges.split(",")]) for file, _weight, ranges in FACE.findall(sheet)]


def signs(written: str) -> range:
    first, _dash, last = written.strip().removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def loaded(html: str) -> list[str]:
    """Return the files that a page loads; both weights of a font, as each page has a heading."""
    files = set(re.findall(r'(?:href|src)="/static/([^"#?]+)', html))
    shown = {ord(one) for one in HIDDEN.sub(" ", html)}
    fonts = {
        file
        for sheet in files
        if sheet.endswith(".css")
        for file, ranges in faces(sheet)
        if any(one in part for part in ranges for one in shown)
    }
    return sorted(files | fonts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_first_visit_is_light_and_asks_no_third_host(client, herne, language):
    found = {}
    for page in PAGES:
        answer = client.get(f"/{language}/{page}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200, page
        packed = answer.get("Content-Encoding") == "gzip"
        html = (gzip.decompress(answer.content) if packed else answer.content).decode()
        assert re.findall(r'(?:src|poster|data)="(?:https?:)?//[^"]+|<link[^>]+href="(?:https?:)?//[^"]+', html) == []
        found[page] = len(answer.content) + sum(squeezed(file) for file in loaded(html))

    assert {page: weight for page, weight in found.items() if weight >= MOST} == {}


def test_no_sign_is_in_two_parts_of_a_font():
    """A browser would load both."""
    every = [part for file, ranges in faces("tragnetz.css") if "Regular" in file or "-400-" in file for part in ranges]
    held = sorted((part.start, part.stop) for part in every)

    assert [pair for pair in pairwise(held) if pair[0][1] > pair[1][0]] == []
    assert len(held) > 10


def test_what_is_the_same_for_all_is_sent_in_few_bytes(client, herne):
    plain = client.get("/de/angebote/")
    few = client.get("/de/angebote/", headers={"Accept-Encoding": "gzip"})
    again = client.get("/de/angebote/", headers={"Accept-Encoding": "gzip"})

    assert "Accept-Encoding" in few["Vary"]
    assert gzip.decompress(few.content) == plain.content
    assert again.content == few.content  # squeezed once a minute, not for each visitor
    assert len(few.content) * 4 < len(plain.content)


def test_a_page_with_a_secret_is_not_squeezed(client, herne):
    """Its length would tell what is in it to somebody who can put words beside it."""
    answer = client.get("/de/meine-begleitung/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer
