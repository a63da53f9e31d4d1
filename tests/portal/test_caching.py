"""A search is answered once a minute for all who ask the same; never from before a change, never with an address."""

import pytest
from django.test import RequestFactory

from tests.factories import make_service
from tests.personas import client_of
from tests.portal.test_pages import text_of
from tragnetz.directory.commands import index_words
from tragnetz.directory.kept import kept_now
from tragnetz.directory.models import SearchGap, Service
from tragnetz.portal.caching import once_a_minute


def times_made(network, path, cookies):
    made = []
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    for _again in range(2):
        once_a_minute(request, kept_now(), lambda: made.append(1) or "page")
    return len(made)


@pytest.mark.parametrize(
    ("path", "cookies", "times"),
    [
        ("/de/suche/?q=Tee", {}, 1),
        ("/de/suche/?q=Tee", {"language": "de"}, 1),
        ("/de/suche/?q=Tee&ort=Mittestr.+5", {}, 2),
        ("/de/suche/?q=Tee", {"sessionid": "x"}, 2),
        ("/de/suche/?q=Tee", {"messages": "x"}, 2),
    ],
)
def test_what_is_for_one_alone_is_made_each_time(network, path, cookies, times):
    assert times_made(network, path, cookies) == times


def test_a_search_right_after_an_edit_shows_the_edit(client, network):
    make_service(network, "tee", "Tee")
    index_words()
    assert "1 Treffer Tee" in text_of(client.get("/de/suche/?q=Tee"))

    Service.objects.update(name={"de": "Tee und Kekse"})

    assert "1 Treffer Tee und Kekse" in text_of(client.get("/de/suche/?q=Tee"))


def test_the_same_answer_stands_in_each_language(client, network):
    make_service(network, "tee", "Tee")
    index_words()

    pages = [client.get(f"/{language}/suche/?q=Tee").content for language in ("de", "en", "de", "en")]

    assert pages[:2] == pages[2:]
    assert b"Gefunden" in pages[0]
    assert b"Gefunden" not in pages[1]


def test_what_a_member_of_staff_is_told_is_shown_to_nobody_else(herne):
    editor, visitor = client_of("catalogue"), client_of(None)
    service = Service.objects.order_by("key").first()
    told = "Bestätigt, mit dem Tag von heute."
    editor.post(f"/de/arbeit/verzeichnis/{service.pk}/bestaetigen/")

    own = editor.get("/de/", headers={"accept-encoding": "br"})

    assert told in own.content.decode()
    other = visitor.get("/de/", headers={"accept-encoding": "br"})
    assert told not in other.content.decode()
    assert told not in editor.get("/de/", headers={"accept-encoding": "br"}).content.decode()
    assert (own.headers["Cache-Control"], "public" in other.headers["Cache-Control"]) == ("no-store", True)


def test_each_search_in_vain_is_counted(client, network):
    for _again in range(3):
        response = client.get("/de/suche/?q=Tauchkurs")

    assert response.headers["Cache-Control"] == "no-store"
    assert SearchGap.objects.get().times == 3
