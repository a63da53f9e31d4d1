"""Who may open what. A page without a row here is an error: nothing is public by oversight."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# Name of the page -> (method, path below the language, expected status) for a visitor without an account.
MATRIX = {
    "health": ("get", None, 200),
    "portal:start": ("get", "", 200),
    "portal:place": ("get", "zustaendig/?ort=Hauptstr.+5", 200),
    "portal:search": ("get", "suche/?q=Miete", 200),
    "portal:situation": ("get", "situation/power-cut/", 200),
    "portal:finder": ("get", "wegweiser/", 200),
    "portal:result": ("post", "wegweiser/ergebnis/", 200),
    "portal:offers": ("get", "angebote/", 200),
    "portal:offer": ("get", "angebote/frauenhaus-herne/", 200),
    "portal:about": ("get", "ueber/", 200),
    "portal:accessibility": ("get", "barrierefreiheit/", 200),
    "portal:privacy": ("get", "datenschutz/", 200),
    "portal:imprint": ("get", "impressum/", 200),
}


def names(patterns, namespace: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found |= names(pattern.url_patterns, namespace + inner)
        elif isinstance(pattern, URLPattern):
            found.add(f"{namespace}{pattern.name}")
    return found


def test_every_page_has_a_row():
    assert names(get_resolver().url_patterns) == set(MATRIX)


@pytest.mark.parametrize("language", ["de", "de-simple"])
@pytest.mark.parametrize("name", list(MATRIX))
def test_status(client, herne, name, language):
    method, path, status = MATRIX[name]
    address = "/health/" if path is None else f"/{language}/{path}"

    assert getattr(client, method)(address).status_code == status


@pytest.mark.parametrize("name", [name for name, (method, _path, _status) in MATRIX.items() if method == "get"])
def test_reading_pages_refuse_to_be_written_to(client, herne, name):
    if name == "health":
        return
    assert client.post(f"/de/{MATRIX[name][1]}").status_code == 405


@pytest.mark.parametrize("path", ["situation/nix/", "angebote/nix/", "nix/", "angebote/../../etc/passwd"])
def test_what_does_not_exist_is_told_kindly(client, herne, path):
    response = client.get(f"/de/{path}")

    assert response.status_code == 404
    assert "Zur Startseite" in response.content.decode()
