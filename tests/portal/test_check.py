"""The resident's check: one question after another, and what the answers say."""

import re

import pytest
from babel.dates import format_date

from tragnetz.core.clock import today
from tragnetz.deadlines.days import month_end
from tragnetz.directory.models import Service
from tragnetz.screening.models import Record

PAGE = "/de/rechnen/"
FAMILY = {
    "age": "38", "partner": "yes", "children": "2", "youngest_child_age": "5", "employment": "short_time_work",
    "gross_wage": "1700", "wage_before": "2800", "insured_12_of_30": "yes", "pension": "0", "housing": "rent",
    "rent": "920", "assets": "3000", "residence": "german", "gefragt": "benefits", "pregnant": "no", "care_level": "0",
    "daycare_child": "yes",
}  # fmt: skip


def question(page: str) -> str | None:
    found = re.search(r'name="auslassen" value="(\w+)"', page)
    return found[1] if found else None


def amount(page: str, name: str) -> int:
    return int(re.search(rf"{name}</a></span><strong>etwa (\d+) Euro", page)[1])


def test_first_page_asks_and_answers_nothing_yet(client, herne):
    response = client.get(PAGE)
    page = response.content.decode()

    assert response.headers["Cache-Control"] == "no-store"
    assert question(page) is not None
    assert "Das bekommen Sie wahrscheinlich" not in page


def test_all_answers_give_amounts_reasons_offices_and_papers(client, herne):
    page = client.post(PAGE, FAMILY).content.decode()

    assert "Mehr müssen wir nicht fragen." in page
    assert amount(page, "Kindergeld") == 520
    assert amount(page, "Kurzarbeitergeld") == 440
    assert 500 < amount(page, "Wohngeld") < 700
    assert "Familienkasse" in page
    assert "<li>Kontoauszüge" in page
    assert "Gibt es bei:" in page
    assert "Der Haushalt bekommt Grundsicherungsgeld, Wohngeld" in page
    assert "Das öffnet auch:" in page
    last = format_date(month_end(today(herne.zone)), "d. MMMM", locale="de")
    assert f"Für diesen Monat zählt ein Antrag bis zum {last}." in page
    assert "Rechtsstand" in page
    assert Record.objects.count() == 0


def test_page_asks_the_database_as_little_for_many_benefits_as_for_few(client, herne, django_assert_max_num_queries):
    client.post(PAGE, FAMILY)
    with django_assert_max_num_queries(7):
        client.post(PAGE, FAMILY)


def test_questions_become_fewer_and_end(client, herne):
    given: dict[str, object] = {}
    asked = []
    for _turn in range(17):
        page = client.post(PAGE, given).content.decode() if given else client.get(PAGE).content.decode()
        name = question(page)
        if name is None:
            break
        asked.append(name)
        given |= {"gefragt": "benefits"} if name == "benefits" else {name: FAMILY[name]}
    assert len(asked) == len(set(asked))
    assert len(asked) < 17
    assert {"children", "gross_wage"} <= set(asked[:6])


def test_skipped_question_is_not_asked_again_and_can_be_taken_up(client, herne):
    first = question(client.get(PAGE).content.decode())
    page = client.post(PAGE, {"auslassen": first}).content.decode()
    second = question(page)

    assert second not in {None, first}
    assert f'name="ausgelassen" value="{first}"' in page
    assert question(client.post(PAGE, {"aendern": first, "ausgelassen": first}).content.decode()) == first


def test_answer_can_be_changed_with_all_others_kept(client, herne):
    page = client.post(PAGE, FAMILY | {"aendern": "rent"}).content.decode()

    assert question(page) == "rent"
    assert 'value="920"' in page
    assert '<input type="hidden" name="gross_wage" value="1700"' in page


def test_wrong_answer_is_said_and_kept(client, herne):
    response = client.post(PAGE, FAMILY | {"rent": "viel"})
    page = response.content.decode()

    assert response.status_code == 422
    assert "Bitte geben Sie eine Zahl ein" in page
    assert 'value="viel"' in page
    assert '<input type="hidden" name="gross_wage" value="1700"' in page


def test_answers_that_cannot_be_are_told(client, herne):
    response = client.post(PAGE, FAMILY | {"age": "20", "youngest_child_age": "15"})

    assert response.status_code == 422
    assert "passen nicht zusammen" in response.content.decode()


def test_the_finders_answers_are_taken_over(client, herne):
    result = client.post("/de/wegweiser/ergebnis/", {"children": "2", "single_parent": "yes"}).content.decode()
    page = client.post(PAGE, {"children": "2", "single_parent": "yes", "age": "30"}).content.decode()

    assert 'formaction="/de/rechnen/"' in result
    assert question(page) != "partner"
    assert "Kindergeld" in page


def test_answers_are_taken_along_and_printed(client, herne):
    page = client.post(PAGE, FAMILY).content.decode()
    sheet = client.post("/de/mitnehmen/", FAMILY).content.decode()

    assert 'formaction="/de/mitnehmen/"' in page
    assert "Wie hoch ist die Miete mit Heizung? (Euro)" in sheet
    assert "920" in sheet
    assert "Rente" in sheet


@pytest.mark.parametrize("language", ["de-simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl"])
def test_check_speaks_the_language(client, herne, language):
    page = client.post(f"/{language}/rechnen/", FAMILY).content.decode()
    main = page[page.index("<main") : page.index("</main")]

    german = ("Warum, wo und womit", "Das bekommen Sie wahrscheinlich", "berücksichtigte Miete", "Was wir angenommen")
    if language != "de-simple":
        assert not [text for text in german if text in main]
    assert "<li>kein Lohn</li>" not in main or language == "de-simple"


def test_a_benefit_is_named_in_the_language_that_its_offer_does_not_speak(client, herne):
    for service in Service.objects.filter(key__in=("wohngeld", "bildung-und-teilhabe")):
        service.name = {"de": service.name["de"]}
        service.save(update_fields=["name"])

    page = client.post("/bg/rechnen/", FAMILY).content.decode()

    assert "Помощ за жилище (Wohngeld)" in page  # from the law
    assert "Образование и участие за деца" in page  # from the rule


def test_the_questions_say_what_people_ask_back(client, herne):
    """A Fiktionsbescheinigung is none of the answers, and with a profit nobody knows what counts."""
    page = client.post("/de/rechnen/", {"aendern": "residence", "age": "34"}).content.decode()
    finder = client.post("/de/wegweiser/", {"schritt": "2"}).content.decode()

    assert "Fiktionsbescheinigung" in page
    assert "was nach den Ausgaben für den Betrieb bleibt" in finder


def test_a_note_that_is_german_is_spoken_as_german(client, herne):
    """A note of whoever checked a rule is not translated: it must not be read out with the sounds of another language."""
    page = client.post("/tr/rechnen/", FAMILY).content.decode()

    assert "noch nicht geprüft" in page
    assert re.findall(r"<p[^>]*>[^<]*noch nicht geprüft", page) == []
