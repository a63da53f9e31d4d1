"""The city's map: a link and a number for each Ortsteil, a table beside, and offers of one Ortsteil."""

import re

from tragnetz.core.clock import today
from tragnetz.directory.localities import help_by_locality
from tragnetz.directory.models import Service, ServiceAtLocation
from tragnetz.network.models import Locality, Site


def links(page: str) -> list[str]:
    return re.findall(r'<a class="map-area[^"]*" href="[^"]*ortsteil=([a-z-]+)"', page)


def test_map_links_each_ortsteil_and_says_how_many_places(client, herne):
    page = client.get("/de/stadtplan/").content.decode()

    assert sorted(links(page)) == sorted(Locality.objects.values_list("key", flat=True))
    assert "schematisch und nicht maßstäblich" in page
    assert 'aria-label="Holsterhausen: 1 Ort, Stadtbezirk Herne-Mitte"' in page
    assert 'aria-label="Herne-Mitte: 5 Orte, Stadtbezirk Herne-Mitte"' in page
    assert page.count("02325 969-1570") == 2
    assert "style=" not in page
    assert not re.search(r'(?:x|y|d|dy)="[^"]*\d,\d[^"]*"', page)  # numbers of a picture have points in any language


def test_table_below_says_the_same_as_the_map(client, herne):
    page = client.get("/de/stadtplan/").content.decode()
    table = page[page.index("<table") :]

    assert sorted(re.findall(r"ortsteil=([a-z-]+)", table)) == sorted(links(page))
    assert re.search(r"Herne-Mitte</a></th><td>5</td><td>11</td>", table)


def test_offers_of_an_ortsteil_are_those_with_a_place_there(client, herne):
    page = client.get("/de/angebote/", {"ortsteil": "wanne-mitte"}).content.decode()
    there = help_by_locality(today(herne.zone))["wanne-mitte"]

    assert page.count('<article class="card">') == there.services
    assert "Nur Orte im Ortsteil Wanne-Mitte." in page
    assert "Suchtberatung Kadesch" in page
    assert "Kindergeld" not in page
    nothing = client.get("/de/angebote/", {"ortsteil": "crange"}).content.decode()
    assert "In diesem Ortsteil gibt es noch keinen Ort" in nothing
    for typed in ("<script>", "\x00", "", "x" * 9999):
        assert "Kindergeld" in client.get("/de/angebote/", {"ortsteil": typed}).content.decode()
    assert client.get("/de/angebote/", {"thema": "\x00", "art": "\x00"}).status_code == 200


def test_map_never_leads_to_a_sensitive_offer(client, herne):
    row = Service.objects.get(key="frauenhaus-herne")
    before = help_by_locality(today(herne.zone))["holsterhausen"]
    ServiceAtLocation(network=herne, service=row, site=Site.objects.get(key="buschkampstrasse")).save()

    assert help_by_locality(today(herne.zone))["holsterhausen"] == before
    assert "Frauenhaus" not in client.get("/de/angebote/", {"ortsteil": "holsterhausen"}).content.decode()
    Service.objects.filter(pk=row.pk).update(sensitive=False)
    assert help_by_locality(today(herne.zone))["holsterhausen"].services == before.services + 1


def test_map_is_the_same_way_round_in_arabic_and_costs_few_queries(client, herne, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):  # three of them while the lines are open
        arabic = client.get("/ar/stadtplan/").content.decode()
    german = client.get("/de/stadtplan/").content.decode()
    places = r'<text x="([\d.]+)" y="([\d.]+)"'

    assert re.findall(places, arabic) == re.findall(places, german)
    assert len(re.findall(places, german)) == 16


def test_map_draws_outlines_where_the_city_has_them(client, auental_city):
    page = client.get("/de/stadtplan/").content.decode()

    assert sorted(links(page)) == ["hafen", "muehlenviertel", "schlossberg"]
    assert "schematisch" not in page
    assert 'aria-label="Hafen: 2 Orte, Stadtbezirk Unterstadt"' in page


def test_map_of_a_city_without_places_on_it_is_the_table_alone(client, herne):
    Locality.objects.update(tile={}, outline={})
    page = client.get("/de/stadtplan/").content.decode()

    assert links(page) == []
    assert "map-picture" not in page
    assert "Alle Ortsteile als Liste" in page
