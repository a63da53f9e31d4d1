"""Help: each page leads to a section that is there; the handbook is safe HTML, and a search finds its sections."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.personas import client_of
from tragnetz.workspace.guide import book
from tragnetz.workspace.guide.shortcuts import CASE, MENU
from tragnetz.workspace.guide.topics import ACCOUNT, TOPICS, place_of
from tragnetz.workspace.home import PAGES


def names_of_workspace() -> set[str]:
    found = set[str]()
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", ()):
            if isinstance(inner, URLResolver) and inner.namespace == "workspace":
                found |= {one.name for one in inner.url_patterns if isinstance(one, URLPattern)}
    return found


def places() -> set[str]:
    return {
        f"{section.page}#{section.slug}" for one in [book.page("README"), *book.pages()] for section in one.sections
    }


def test_each_staff_page_has_a_section_of_the_handbook_and_no_other_name_has():
    assert len(names_of_workspace()) > 200
    assert set(TOPICS) == names_of_workspace()


def test_each_section_that_a_page_leads_to_is_there():
    wanted = {place for place in (*TOPICS.values(), ACCOUNT) if "#" in place}

    assert wanted - places() == set()
    assert {place.partition("#")[0] for place in TOPICS.values()} <= {"README", *book.PAGES}


def test_anchors_of_a_page_are_given_once():
    for one in [book.page("README"), *book.pages()]:
        slugs = [section.slug for section in one.sections]

        assert len(slugs) == len(set(slugs)), one.key


@pytest.mark.parametrize("key", book.PAGES)
def test_links_inside_the_handbook_lead_to_pages_and_sections_that_are_there(herne, key):
    client = client_of("intake")
    found = book.page(key)
    links = re.findall(r'href="([^"]+)"', found.html)

    assert found.html.count("<h1") == 1
    assert ".md" not in " ".join(links)
    for link in links:
        address, _hash, anchor = link.partition("#")
        if address.startswith("/"):
            resolve(address)
        if address.startswith("/de/arbeit/hilfe/") or not address:
            there = address.rstrip("/").rpartition("/")[2] if address else key
            assert not anchor or f"{'README' if there == 'hilfe' else there}#{anchor}" in places(), link
    for name in re.findall(r'src="([^"]+)"', found.html):
        assert client.get(name).headers["Content-Type"] == "image/png"


def test_help_of_a_page_leads_to_its_section(herne):
    page = client_of("intake").get("/de/arbeit/rueckrufe/").content.decode()

    assert page.count("/de/arbeit/hilfe/telefon/#so-rufen-sie-zurueck") == 2  # above and below
    assert place_of("account_change_password") == ("README", "fuer-alle-anmelden")


def test_a_search_finds_other_forms_of_a_word_and_titles_first():
    hits = book.search("Frist Widerspruch brief")
    first = book.search("Wartelisten")[0]

    assert book.search("x") == []
    assert book.search("Quastenflosser") == []
    assert (first.section.page, first.section.slug) == ("telefon", "so-fuehren-sie-die-warteliste")
    assert all("brief" in f"{hit.section.title} {hit.section.words}".casefold() for hit in hits)
    assert "Fristen" in {word for hit in book.search("Fristen") for word in re.findall(r"\w+", hit.section.words)}


def test_what_was_searched_for_is_shown_as_text(herne):
    page = client_of("intake").get("/de/arbeit/hilfe/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page
    assert "Dazu steht nichts im Handbuch." in page


def test_html_and_addresses_that_run_something_stay_text(tmp_path, settings):
    (tmp_path / "telefon.md").write_text(
        '# Titel\n\n## Teil\n<script>alert(1)</script> <b onclick="x()">fett</b>\n\n[weg](javascript:alert(1)) '
        "[aus](../../etc/passwd) [fort](http://example.org) [gut](https://example.org)\n\n![bild](../images/x.png)\n",
        encoding="utf-8",
    )
    settings.TRAGNETZ_HANDBOOK = tmp_path
    book._read.cache_clear()
    try:
        html = book.page("telefon").html
    finally:
        book._read.cache_clear()

    assert "<script" not in html
    assert "<b " not in html
    assert re.findall(r'href="([^"]+)"', html) == ["https://example.org"]


def test_only_pictures_that_the_handbook_shows_are_given(herne):
    client = client_of("intake")

    assert client.get("/de/arbeit/hilfe/bilder/desk.png").status_code == 200
    assert client.get("/de/arbeit/hilfe/bilder/start-phone.png").status_code == 404  # of the README alone
    assert client.get("/de/arbeit/hilfe/en/").status_code == 404
    assert client.get("/de/arbeit/hilfe/README/").status_code == 404


def test_shortcuts_are_two_keys_and_none_stands_for_two_pages():
    letters = [letter for letter, _label in CASE]

    assert len(set(MENU.values())) == len(MENU)
    assert len(set(letters)) == len(letters)
    assert set(MENU) == {name for name, _label, _allowed in PAGES}
    assert all(len(letter) == 1 and letter.isalpha() for letter in (*MENU.values(), *letters))


def test_the_page_of_shortcuts_names_only_pages_of_the_own_work(herne):
    page = client_of("programme").get("/de/arbeit/hilfe/tasten/").content.decode()

    assert "<kbd>g z</kbd>" in page
    assert "<kbd>g t</kbd>" not in page
