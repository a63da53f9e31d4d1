"""The search finds the right help by everyday words, compounds, misspellings and other languages' words."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models.expressions import RawSQL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_service
from tragnetz.core.clock import now
from tragnetz.directory import rules
from tragnetz.directory.commands import index_words
from tragnetz.directory.kept import kept_now
from tragnetz.directory.meaning import encode, nearest
from tragnetz.directory.models import Service
from tragnetz.directory.queries import match_services, service, services
from tragnetz.directory.rules import compound_parts
from tragnetz.directory.search import search
from tragnetz.directory.sentences import requirements_of
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import Truth

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Miete nicht zahlen", "mietschuldenuebernahme"), ("Mietschulden", "mietschuldenuebernahme"),
        ("Mitschulden", "mietschuldenuebernahme"), ("Räumungsklage bekommen", "mietschuldenuebernahme"),
        ("Stromsperre", "energieschulden"), ("Strom abgestellt", "energieschulden"), ("Stromspere", "energieschulden"),
        ("Job verloren", "arbeitslosengeld"), ("arbeitslos", "arbeitslosengeld"), ("ich wurde gekündigt", "arbeitslosengeld"),
        ("Pflege Mutter", "pflegegeld"), ("ich pflege meine Mutter", "pflegegeld"), ("Pflegegrat", "pflegegeld"),
        ("Bürgergeld", "grundsicherungsgeld"), ("Hartz 4", "grundsicherungsgeld"), ("Wohngelt", "wohngeld"),
        ("Kindergeldzuschlag", "kinderzuschlag"), ("Schulden", "schuldnerberatung"), ("Lebenslauf schreiben", "bewerbungshilfe"),
        ("kirayı ödeyemiyorum", "mietschuldenuebernahme"), ("elektrik kesildi", "energieschulden"),
        ("power cut", "energieschulden"), ("lost my job", "arbeitslosengeld"), ("قطع الكهرباء", "energieschulden"),
        ("безробітний", "arbeitslosengeld"), ("долги", "schuldnerberatung"), ("mój czynsz", "wohngeld"), ("Gewalt", "frauenhaus-herne"),
        ("Konto gepfändet", "p-konto"), ("Privatinsolvenz", "verbraucherinsolvenz"), ("Anwalt", "beratungshilfe"),
        ("Bescheid falsch", "widerspruch"), ("obdachlos", "wohnungslosenhilfe"), ("Deutschkurs", "integrationskurs"),
        ("Diplom anerkennen", "anerkennungsberatung"), ("Azubi", "berufsausbildungsbeihilfe"), ("Studium", "bafoeg"),
        ("Meister werden", "aufstiegs-bafoeg"), ("Hebamme", "fruehe-hilfen"), ("Erziehung", "erziehungsberatung"),
        ("blind", "blindengeld"), ("Betreuer", "rechtliche-betreuung"), ("Asyl", "asylbewerberleistungen"),
        ("gebrauchte Möbel", "moebelhof"), ("Stromrechnung zu hoch", "energieberatung-diakonie"), ("adwokat", "beratungshilfe"),
        ("курс німецької", "integrationskurs"), ("avukat", "beratungshilfe"), ("عقد عمل", "beratungsstelle-arbeit"),
    ],
)  # fmt: skip
def test_search_finds_among_the_first_five(herne, typed, expected):
    assert expected in [row.key for row in search(typed, DAY)[:5]]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("لا أستطيع دفع الإيجار", "mietschuldenuebernahme"), ("فقدت عملي", "arbeitslosengeld"),
        ("kiramı ödeyemiyorum", "mietschuldenuebernahme"), ("я втратила роботу", "arbeitslosengeld"),
        ("не хватает денег на жизнь", "grundsicherungsgeld"), ("nie mam na czynsz", "mietschuldenuebernahme"),
        ("мне нужна помощь с долгами", "schuldnerberatung"), ("they cut my electricity", "energieschulden"),
        ("my mother needs care", "pflegegeld"), ("Ich habe keine Arbeit mehr", "arbeitslosengeld"),
        ("Der Vermieter will mich rauswerfen", "mietschuldenuebernahme"), ("annem bakıma muhtaç", "pflegegeld"),
        ("die Bank hat mein Konto gesperrt", "p-konto"), ("I want to learn German", "integrationskurs"),
        ("das Amt will Geld zurück", "widerspruch"), ("mein Chef bezahlt mich nicht", "insolvenzgeld"),
        ("ich schlafe auf der Straße", "wohnungslosenhilfe"), ("ich trinke zu viel Alkohol", "kadesch-sucht"),
    ],
)  # fmt: skip
def test_search_understands_sentences_that_share_no_word(herne, typed, expected):
    assert expected in [row.key for row in search(typed, DAY)[:5]]


@pytest.mark.parametrize("typed", ["Quantenphysik", "Wetter morgen", "Rezept Kuchen"])
def test_meaning_finds_nothing_in_what_is_not_ours(herne, typed):
    assert nearest(typed, 5, kept_now()) == []


@given(st.text(max_size=80))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_text_breaks_the_search(network, typed):
    assert search(typed, DAY) == []


def test_new_words_are_found_by_meaning_at_once(herne):
    assert nearest("aquarium fish", 5, kept_now()) == []
    row = service("wohngeld")
    row.vectors, row.embedded_at = encode(["aquarium fish"]), now()
    row.save()

    assert [near.id for near in nearest("aquarium fish", 5, kept_now())] == [row.pk]


@pytest.mark.parametrize("typed", ["", "  ", "12", "xqzjw", "'&|!:*()", "a" * 5000, "\x00"])
def test_search_finds_nothing_in_nonsense(herne, typed):
    assert search(typed, DAY) == []


def test_offer_after_its_term_is_not_offered_but_still_has_its_page(herne):
    assert "filou-angebot" in [row.key for row in services(DAY)]
    assert "filou-angebot" not in [row.key for row in services(date(2027, 9, 1))]
    assert service("filou-angebot") is not None


def test_compounds_are_taken_apart():
    assert compound_parts("mietschulden") == ("miet", "schulden")
    assert compound_parts("geld") == ()


def test_a_misspelled_compound_of_which_one_half_is_known_is_looked_for_by_its_spelling_too(herne):
    assert compound_parts("kurtzarbeit")  # both halves are words, and of one there are many

    assert "kurzarbeitergeld" in [row.key for row in search("Kurtzarbeit", DAY, limit=3)]


def test_a_word_longer_than_any_is_not_taken_apart(monkeypatch):
    """An imported text may hold a word of 200,000 letters: the splitter would be at it for an hour, and all wait."""
    asked = []
    splitter = SimpleNamespace(split_compound=lambda word: asked.append(word) or [])
    monkeypatch.setattr(rules, "_splitter", lambda: splitter)
    parts_of = compound_parts.__wrapped__  # of what it keeps, a test neither takes nor leaves any

    assert parts_of("donaudampfschifffahrtsgesellschaft" * 6000) == ()
    assert parts_of("fahrradschuppen") == ()
    assert asked == ["Fahrradschuppen"]  # the negative control


def test_match_sorts_likely_before_unclear_before_not(herne):
    facts = clean_facts({"rent_arrears": True, "benefits": ["grundsicherungsgeld"], "housing": "rent"})

    found = match_services(facts, DAY, topic_keys={"housing"}, first=["wohngeld"])

    truths = [match.verdict.truth for match in found]
    assert truths == sorted(truths, key=[Truth.YES, Truth.UNKNOWN, Truth.NO].index)
    assert found[-1].service.key == "wohngeld"


def test_conditions_of_which_one_is_enough_stand_together(herne):
    account, mother = requirements_of(service("p-konto")), requirements_of(service("teilhabechancen"))

    assert [(row.text, row.choices) for row in account] == [
        ("Eins davon muss stimmen:", ["Ihr Konto ist gepfändet", "Sie haben Schulden"])
    ]
    assert [row.choices for row in mother] == [[], []]


def test_an_odd_word_of_a_sentence_does_not_outrank_what_the_sentence_says(herne):
    """None of the Polish words for a week, for having and for a court is in the directory; the eviction is."""
    found = search("za tydzień mam w sądzie sprawę o eksmisję", DAY, limit=1)
    assert [row.key for row in found] == ["mietschuldenuebernahme"]


def test_words_that_did_not_change_are_not_written_again(network):
    """Else each load of a city writes the index of all its services anew, and what searches kept is gone."""
    make_service(network, "tee", "Tee")
    index_words()
    changed = make_service(network, "kaffee", "Kaffee")
    Service.objects.filter(pk=changed.pk).update(search_vector=None)
    written = dict(Service.objects.values_list("key", RawSQL("directory_service.xmin::text || ctid::text", [])))

    index_words()

    again = dict(Service.objects.values_list("key", RawSQL("directory_service.xmin::text || ctid::text", [])))
    assert {key for key in again if again[key] != written[key]} == {"kaffee"}
    assert search("Kaffee", DAY) == [changed]


def test_no_trigger_compares_all_rows_of_before_with_all_of_after(db):
    """A plan kept from a statement that changed one row would compare each with each of 100,000."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgoldtable IS NOT NULL AND tgnewtable IS NOT NULL")
        assert cursor.fetchall() == []
