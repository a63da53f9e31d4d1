"""Framed pages: no cookie, framed by anybody, nothing sensitive; all other pages refuse to be framed."""

import html
import re

import pytest

from tests.personas import client_of

FRAMES = [
    "/de/rahmen/suche/",
    "/de/rahmen/suche/?q=Miete",
    "/de/rahmen/angebot/wohngeld/",
    "/de/rahmen/angebote/?thema=housing",
    "/ar/rahmen/angebote/?organisation=caritas",
]


def csp(response) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize("path", FRAMES)
def test_a_frame_may_stand_anywhere_and_sets_no_cookie(herne, client, path):
    for asker in (client, client_of("intake")):
        for _again in range(2):  # the second answer comes from the cache
            response = asker.get(path)

            assert response.status_code == 200
            assert csp(response)["frame-ancestors"] == "*"
            assert csp(response)["default-src"] == "'self'"
            assert "X-Frame-Options" not in response.headers
            assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert response.cookies == {}


@pytest.mark.parametrize(
    "path", ["/de/", "/de/angebote/wohngeld/", "/de/einbetten/", "/de/neu/", "/de/konto/anmelden/", "/de/termin/"]
)
def test_no_other_page_may_be_framed(herne, client, path):
    response = client.get(path)

    assert response.headers["X-Frame-Options"] == "DENY"
    assert csp(response)["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", FRAMES)
def test_links_of_a_frame_open_the_full_page_and_nothing_comes_from_elsewhere(herne, client, path):
    page = client.get(path).content.decode()
    links = re.findall(r"<a [^>]*>", page)

    assert links
    assert all('target="_blank" rel="noopener"' in link for link in links)
    assert not re.search(r"""(?:src|href|action)="(?:https?:)?//""", page)
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("key", ["frauenhaus-herne", "gibt-es-nicht"])
def test_what_is_sensitive_does_not_exist_in_a_frame(herne, client, key):
    response = client.get(f"/de/rahmen/angebot/{key}/")

    assert response.status_code == 404
    assert csp(response)["frame-ancestors"] == "*"
    assert "Frauenhaus" not in response.content.decode()


def test_lists_and_search_leave_out_what_is_sensitive(herne, client):
    shown = client.get("/de/suche/?q=Frauenhaus").content.decode()
    framed = client.get("/de/rahmen/suche/?q=Frauenhaus").content.decode()

    assert "/angebote/frauenhaus-herne/" in shown
    assert "/angebote/frauenhaus-herne/" not in framed
    assert "frauenhaus-herne" not in client.get("/de/rahmen/angebote/?thema=safety").content.decode()


def test_what_somebody_typed_is_kept_nowhere(herne, client):
    assert client.get("/de/rahmen/suche/?q=Miete").headers["Cache-Control"] == "no-store"
    assert "public" in client.get("/de/rahmen/suche/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("chosen", "path"),
    [
        ({}, "/de/rahmen/suche/"),
        ({"art": "suche", "sprache": "tr", "thema": "housing"}, "/tr/rahmen/suche/?thema=housing"),
        ({"art": "angebot", "angebot": "wohngeld"}, "/de/rahmen/angebot/wohngeld/"),
        ({"art": "angebote", "organisation": "caritas"}, "/de/rahmen/angebote/?organisation=caritas"),
        ({"art": "quatsch", "sprache": "xx", "thema": '"><script>'}, "/de/rahmen/suche/"),
    ],
)
def test_the_code_for_partners_leads_to_a_frame_that_is_there(herne, client, chosen, path):
    page = client.get("/de/einbetten/", chosen).content.decode()
    code = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    address = html.unescape(re.search(r'src="([^"]+)"', code)[1])

    assert address == f"http://testserver{path}"
    assert html.unescape(re.search(r'<iframe class="embed-preview" src="([^"]+)"', page)[1]) == address
    assert client.get(path).status_code == 200


def test_a_frame_without_an_answer_says_whom_to_call(herne, client):
    nothing = client.get("/de/rahmen/suche/?q=xyzzyqx").content.decode()

    assert "nichts gefunden" in nothing
    assert "02323 16-9167" in nothing


def test_who_looks_for_protection_in_a_frame_is_led_to_the_page_that_can_be_left_quickly(herne, client):
    """In words that say nothing about what was found."""
    framed = client.get("/de/rahmen/suche/?q=Frauenhaus").content.decode()

    assert "Mehr dazu auf unserer Seite" in framed
    assert 'href="/de/suche/?q=Frauenhaus" target="_blank" rel="noopener"' in framed
    assert "Mehr dazu" not in client.get("/de/rahmen/suche/?q=Miete").content.decode()
