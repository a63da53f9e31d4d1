"""The public pages on Herne's real data: what a resident sees, and what happens with bad input."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tragnetz.core.clock import today
from tragnetz.directory.models import Authority, Office, Paper, Service
from tragnetz.directory.queries import services
from tragnetz.network.models import Locality

FINDER = "/de/wegweiser/ergebnis/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_start_shows_both_numbers_with_status_and_situations(client, herne):
    page = text_of(client.get("/de/"))

    assert "02323 16-9167" in page
    assert "02325 969-1570" in page
    assert re.search(r"Jetzt ist jemand da|Jetzt geschlossen\. Wieder da", page)
    assert "Ich kann die Miete nicht zahlen" in page


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("Mont-Cenis-Straße 5", "02323 16-9167"),
        ("Hauptstr. 241", "02325 969-1570"),
        ("Röhlinghausen", "02325 969-1570"),
    ],
)
def test_place_gives_the_number_of_the_district(client, herne, typed, phone):
    page = text_of(client.get("/de/zustaendig/", {"ort": typed}))

    assert phone in page


@pytest.mark.parametrize(
    "typed", ["Gibtesnicht 5", "x" * 5000, "<script>alert(1)</script>", "🙂", "%", "'; --", "\x00"]
)
def test_place_answers_nonsense_kindly(client, herne, typed):
    response = client.get("/de/zustaendig/", {"ort": typed})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_finder_says_why_why_not_and_what_is_missing(client, herne):
    response = client.post(
        FINDER,
        {
            "situations": ["cannot-pay-rent"],
            "benefits": ["grundsicherungsgeld"],
            "housing": "rent",
            "address": "Hauptstr. 5",
        },
    )
    page = text_of(response)

    assert response.status_code == 200
    assert (
        page.index("Das passt wahrscheinlich")
        < page.index("Hilfe bei Mietschulden")
        < page.index("Das passt eher nicht")
    )
    assert "Sie bekommen nicht: Grundsicherungsgeld" in page
    assert "Für Wanne zuständig" in page
    assert "02325 969-1570" in page
    assert "02323 16-9167" not in page


def test_finder_with_no_answer_at_all_says_no_to_nothing(client, herne):
    page = text_of(client.post(FINDER, {}))

    assert "Das passt eher nicht" not in page
    assert "Das müssten wir noch wissen" in page


def test_finder_keeps_what_was_typed_when_something_is_wrong(client, herne):
    response = client.post(FINDER, {"age": "alt", "children": "2", "address": "Gibtesnicht", "situations": ["debts"]})
    page = response.content.decode()

    assert response.status_code == 422
    assert "Schritt 2 von 4" in page
    assert "Bitte geben Sie eine Zahl ein" in page
    assert 'value="alt"' in page
    assert 'value="2"' in page
    assert '<input type="hidden" name="situations" value="debts"' in page
    assert '<input type="hidden" name="address" value="Gibtesnicht"' in page


def test_finder_names_an_unknown_street_on_its_step(client, herne):
    response = client.post(FINDER, {"address": "Gibtesnicht", "age": "40"})
    page = response.content.decode()

    assert response.status_code == 422
    assert "Schritt 4 von 4" in page
    assert "Diese Straße kennen wir nicht" in page
    assert 'value="40"' in page


def test_finder_goes_on_step_by_step_and_carries_the_answers(client, herne):
    first = client.get("/de/wegweiser/?situation=debts").content.decode()
    second = client.post("/de/wegweiser/", {"schritt": "1", "situations": ["debts"]}).content.decode()
    wrong = client.post("/de/wegweiser/", {"schritt": "2", "situations": ["debts"], "age": "zwölf"})
    back = client.post("/de/wegweiser/", {"schritt": "2", "situations": ["debts"], "age": "zwölf", "zurueck": "1"})

    assert re.search(r'value="debts"[^>]* checked', first)
    assert "Schritt 2 von 4" in second
    assert '<input type="hidden" name="situations" value="debts"' in second
    assert wrong.status_code == 422
    assert "Schritt 2 von 4" in wrong.content.decode()
    assert "Schritt 1 von 4" in back.content.decode()
    assert 'name="age" value="zwölf"' in back.content.decode()


@pytest.mark.parametrize("step", ["0", "-1", "9", "x", "", "¹", "99999999999999999999"])
def test_finder_answers_a_strange_step_with_a_step(client, herne, step):
    response = client.post("/de/wegweiser/", {"schritt": step})

    assert response.status_code == 200
    assert re.search(r"Schritt [1-4] von 4", response.content.decode())


def test_finder_answers_can_be_changed(client, herne):
    page = client.post(FINDER, {"age": "35", "aendern": "1"}).content.decode()

    assert 'value="35"' in page
    assert "Bitte prüfen" not in page


def test_finder_loses_nothing_when_the_form_is_stale(herne):
    response = Client(enforce_csrf_checks=True).post(FINDER, {"age": "35", "situations": ["debts", "job-lost"]})
    page = response.content.decode()

    assert response.status_code == 403
    assert "Nichts ist verloren" in page
    assert 'name="age" value="35"' in page
    assert page.count('name="situations"') == 2


@pytest.mark.parametrize("value", ["x" * 1_000_000, "-1", "9" * 50, "0001-01-01", "\u202e", "1e9"])
def test_finder_survives_any_number(client, herne, value):
    assert client.post(FINDER, {"age": value}).status_code == 422


def test_finder_refuses_more_than_it_can_take(client, herne):
    assert client.post(FINDER, {"age": "x" * 3_000_000}).status_code == 400


def test_answers_are_never_kept_nor_in_the_address(client, herne):
    response = client.post(FINDER, {"age": "35"})

    assert response.headers["Cache-Control"] == "no-store"
    assert "sessionid" not in response.cookies


def test_every_offer_has_a_page_in_words(client, herne):
    names = {locality.key for locality in Locality.objects.all()}
    for service in Service.objects.all():
        page = text_of(client.get(reverse("portal:offer", args=[service.key])))

        assert service.name["de"] in page
        assert "zu prüfen" in page
        assert not re.search(r"\b[a-z]+_[a-z_]+: ", page), service.key
        assert names


def test_search_without_hit_gives_the_numbers(client, herne):
    page = text_of(client.get("/de/suche/", {"q": "Quantenphysik"}))

    assert "Dazu haben wir nichts gefunden" in page
    assert "02323 16-9167" in page


def test_sensitive_pages_offer_a_quick_exit_and_a_neutral_title(client, herne):
    page = client.get("/de/angebote/frauenhaus-herne/").content.decode()

    assert "Schnell weg" in page
    assert "<title>Hilfe" in page
    assert "Schnell weg" not in client.get("/de/angebote/wohngeld/").content.decode()


def test_public_pages_set_no_cookie_and_carry_a_strict_policy(client, herne):
    for path in ("/de/", "/de/angebote/", "/de/angebote/wohngeld/", "/de/suche/?q=Miete"):
        response = client.get(path)

        assert not response.cookies
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy


def test_lists_cost_the_same_number_of_queries_however_long(client, herne, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get("/de/angebote/")
    for number in range(40):
        row = Service.objects.get(key="wohngeld")
        row.pk, row._state.adding, row.key = None, True, f"copy-{number}"
        row.id = type(row)._meta.pk.get_default()
        row.save()
    from django.core.cache import cache

    cache.clear()
    with django_assert_num_queries(4):
        client.get("/de/angebote/")


def test_without_a_city_a_page_says_how_to_load_one(client, db):
    response = client.get("/de/")

    assert response.status_code == 503
    assert "tragnetz city load" in response.content.decode()


def test_an_offer_shows_all_its_places_prices_and_numbers(client, herne):
    from tragnetz.directory.models import Service, ServiceAtLocation
    from tragnetz.network.models import Site

    row = Service.objects.get(key="moebelhof")
    row.status = "temporarily closed"
    row.contact = {"phones": [{"number": "02323 111"}, {"number": "02323 222", "description": "abends"}]}
    row.cost_options = [{"option": "mit Ausweis", "amount": 2.5, "currency": "EUR", "description": "im Monat"}]
    row.capacities = [{"unit": "Plätze", "available": 0, "maximum": 9, "updated": "2026-11-01T08:00:00Z"}]
    row.save()
    for number, site in enumerate(Site.objects.order_by("key")[:2]):
        ServiceAtLocation(network=herne, service=row, site=site, position=10 + number).save()

    page = client.get("/de/angebote/moebelhof/").content.decode()

    for words in (
        "macht gerade Pause",
        "02323 222",
        "abends",
        "mit Ausweis",
        "2,50 EUR",
        "0 / 9 Plätze",
        "Auch an diesen Orten",
    ):
        assert words in page


def test_search_engines_read_an_offer_but_no_sensitive_one(client, herne):
    import json
    import re

    from tragnetz.directory.models import Service

    Service.objects.filter(key="wohngeld").update(name={"de": "</script><b>Wohngeld"})
    page = client.get("/de/angebote/wohngeld/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]

    assert json.loads(block)["name"] == "</script><b>Wohngeld"
    assert json.loads(block)["@type"] == "GovernmentService"
    assert "ld+json" not in client.get("/de/angebote/frauenhaus-herne/").content.decode()


def test_offer_says_when_which_office_decides(client, auental_city):
    housing = text_of(client.get("/de/angebote/wohngeld/"))
    income = text_of(client.get("/de/angebote/grundsicherungsgeld/"))

    assert "Diese Stelle entscheidet, wenn das stimmt: Sie wohnen in Oberstadt" in housing
    assert "Wohngeld-Außenstelle am Hafen Sie wohnen in Unterstadt" in housing
    assert "Sie können mindestens drei Stunden am Tag arbeiten Sonst ist zuständig: Sozialamt" in income


def test_offer_says_of_each_paper_who_gives_it_out(client, herne):
    Paper.objects.filter(key="vermoegen").update(
        authority=Authority.objects.get(key="wohngeldstelle"), where={}, hint={"de": "Die Kopie genügt"}
    )

    page = client.get("/de/angebote/eingliederungshilfe/").content.decode()
    care = text_of(client.get("/de/angebote/hilfe-zur-pflege/"))
    english = text_of(client.get("/en/angebote/hilfe-zur-pflege/"))

    assert 'href="/de/angebote/schwerbehindertenausweis-antrag/"' in page
    assert "Nachweise über Vermögen Gibt es bei: Wohngeldstelle im Rathaus Wanne" in care
    assert "Rathausstraße 6" in care
    assert "Die Kopie genügt" in care
    assert "Bank statements of the last three months Available from: Bank or savings bank" in english


def test_offer_does_not_tell_its_own_office_twice(client, herne):
    Office.objects.filter(authority__key="jugendamt").update(phone="02323 99")

    page = text_of(client.get("/de/angebote/unterhaltsvorschuss/"))

    assert "Unterhaltstitel oder Vereinbarung Gibt es bei: Stadt Herne, Jugendamt (zu prüfen)" in page
    assert "Auch beim Familiengericht" in page
    assert page.count("02323 99") == 2  # once for people, once for machines


def test_offer_asks_for_the_address_where_several_offices_give_a_paper_out(client, auental_city):
    Paper.objects.filter(key="mietvertrag").update(authority=Authority.objects.get(key="wohngeldstelle"))

    page = text_of(client.get("/de/angebote/grundsicherungsgeld/"))

    assert (
        "Mietvertrag Gibt es bei: Wohngeldstelle. Welche Stelle für Ihre Adresse zuständig ist, sagen wir Ihnen am Telefon."
        in page
    )
    assert "0221 4710-250" not in page


def test_a_long_list_of_offers_comes_in_pages_that_keep_the_filter(client, herne, watched_templates, monkeypatch):
    monkeypatch.setattr("tragnetz.portal.views.OFFERS", 5)
    names, page = [], client.get("/de/angebote/?thema=housing")
    assert 'href="?thema=housing&amp;seite=2"' in page.content.decode()
    while True:
        shown = page.context["page"]
        names += [row.key for row in shown]
        if not shown.has_next():
            break
        page = client.get("/de/angebote/", {"thema": "housing", "seite": shown.next_page_number()})

    assert names == [row.key for row in services(today(herne.zone), topic="housing")]
    assert len(names) > 5
    assert "Seite 1 von" in client.get("/de/angebote/", {"seite": "\x00"}).content.decode()


def test_who_tells_of_violence_can_leave_the_result_quickly(client, herne):
    asked = client.post(FINDER, {"situations": ["violence"]}).content.decode()
    other = client.post(FINDER, {"situations": ["debts"]}).content.decode()

    assert "quick-exit" in asked
    assert "116 016" in asked
    assert "quick-exit" not in other
