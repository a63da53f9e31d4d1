"""The search page: filters by plain fields, why something was found, what to do when nothing was."""

from datetime import timedelta

import pytest
from babel.dates import format_date
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_service
from tests.portal.test_pages import text_of
from tragnetz.core.clock import today
from tragnetz.directory.commands import index_words
from tragnetz.directory.models import SearchGap, ServiceAtLocation

MOST_QUERIES = 15
ALWAYS = [
    {"days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "opens": "00:00", "closes": "23:59", "on_holidays": True}
]


@pytest.fixture
def tea(network):
    """A place for tea in Mitte."""
    make_service(network, "tee", "Tee für alle", locality="mitte-kern", hours=ALWAYS, languages=["tr"])
    index_words()
    return network


def page(client, **asked):
    response = client.get("/de/suche/", asked)
    assert response.status_code == 200
    return text_of(response)


def test_search_says_why_where_and_that_it_is_open(client, tea):
    shown = page(client, q="Tee", ort="Mittestraße 5")

    assert "1 Treffer" in shown
    assert "Jetzt offen, bis 23:59 Uhr" in shown
    assert "Mitte-Kern · in Ihrem Ortsteil" in shown
    assert "Gefunden über: tee" in shown
    assert "Wir rechnen vom Ortsteil Mitte-Kern, Stadtbezirk Mitte." in shown


@pytest.mark.parametrize("days", [1, 9])
def test_what_is_closed_says_on_which_day_it_opens_not_only_the_weekday(client, tea, days):
    day = today(tea.zone) + timedelta(days=days)
    hours = [{**ALWAYS[0], "opens": "09:30", "from": day.isoformat(), "until": day.isoformat()}]
    ServiceAtLocation.objects.update(hours=hours)

    assert f"Jetzt zu. Öffnet {format_date(day, 'EEEE, d. MMMM', locale='de')}, 09:30 Uhr" in page(client, q="Tee")


def test_search_without_hits_in_a_filter_offers_to_drop_it(client, tea):
    response = client.get("/de/suche/", {"q": "Tee", "sprache": "it"})

    assert "So eingegrenzt finden wir nichts." in text_of(response)
    assert 'href="?q=Tee"' in response.content.decode()
    assert not SearchGap.objects.exists()


def test_search_without_hits_counts_a_gap_and_says_so(client, tea):
    shown = page(client, q="Tauchkurs")

    assert "Dazu haben wir nichts gefunden." in shown
    assert "Wir merken uns nur die gesuchten Wörter" in shown
    assert SearchGap.objects.get().words == "tauchkurs"


def test_search_shows_filters_in_force_with_a_way_out(client, tea):
    content = client.get("/de/suche/", {"q": "Tee", "offen": "now", "sprache": "tr"}).content.decode()

    assert '<option value="now" selected>' in content
    assert 'class="chip" href="?q=Tee&amp;sprache=tr"' in content


@pytest.mark.parametrize(
    "asked",
    [{}, {"q": "\x00"}, {"thema": "quatsch", "q": "Tee"}, {"offen": "immer"}, {"ort": "Gibtesnicht"}, {"q": "x" * 999}],
)
def test_search_answers_nonsense_kindly(client, tea, asked):
    page(client, **asked)


def test_search_says_when_it_does_not_know_a_place(client, tea):
    assert "Diesen Ort kennen wir nicht." in page(client, q="Tee", ort="Gibtesnicht")


def test_a_search_nobody_asked_before_costs_as_many_queries_for_one_hit_as_for_many(client, tea):
    page(client, q="Wärme")  # topics and network are read
    with CaptureQueriesContext(connection) as few:
        assert "1 Treffer" in page(client, q="Tee alle Jahre")
    for number in range(18):
        make_service(tea, f"kaffee-{number}", f"Kaffee Nummer {number}", locality="nord-kern", hours=ALWAYS)
    index_words()
    page(client, q="Wärme")

    with CaptureQueriesContext(connection) as many:
        assert "18 Treffer" in page(client, q="Kaffee Nummer")

    assert len(many) <= len(few) <= MOST_QUERIES


def test_cards_tell_what_holds_for_this_search(client, tea):
    assert "Gefunden über: tee" in page(client, q="Tee")

    again = page(client, q="Tee am Abend")
    elsewhere = page(client, q="Tee", ort="Mittestraße 5")
    in_english = text_of(client.get("/en/suche/", {"q": "Tee"}))

    assert "Gefunden über: tee" in again
    assert "in Ihrem Ortsteil" not in again
    assert "in Ihrem Ortsteil" in elsewhere
    assert "Jetzt offen" not in in_english


def test_the_same_search_is_a_link_away_in_each_language(client, tea):
    content = client.get("/de/suche/", {"q": "Tee und Öl"}).content.decode()

    assert 'href="/en/suche/?q=Tee+und+%C3%96l"' in content
    assert 'href="/de-simple/suche/?q=Tee+und+%C3%96l"' in content


def test_who_asks_for_protection_can_leave_quickly_and_sees_the_emergency_numbers(client, herne):
    asked = client.get("/de/suche/", {"q": "mein Mann schlägt mich"}).content.decode()
    other = client.get("/de/suche/", {"q": "Miete"}).content.decode()

    assert "quick-exit" in asked
    assert "116 016" in asked
    assert "quick-exit" not in other
    assert "116 016" not in other


def test_after_the_results_of_a_search_a_person_can_be_reached(client, herne):
    page = client.get("/de/suche/", {"q": "Miete"}).content.decode()

    assert page.index('class="card"') < page.index("02323 16-9167")
    assert 'href="/de/termin/"' in page
