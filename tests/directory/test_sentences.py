"""Every condition reads as German, for residents and for staff: each fact with each operator, affirmed and negated."""

import pytest
from django.utils.translation import override

from tragnetz.directory.candidates import with_wait
from tragnetz.directory.models import Paper, Situation
from tragnetz.directory.prose import EVERYBODY, rule_sentence
from tragnetz.directory.sentences import in_short, known_facts, question, sentence
from tragnetz.eligibility.editing import SEVERAL, operators_of
from tragnetz.eligibility.facts import FACTS, Kind
from tragnetz.eligibility.rules import Condition, Group, parse_rule

KEYS = {
    "district": ["mitte", "nord"],
    "locality": ["mitte-kern", "nord-kern"],
    "papers": ["a", "b"],
    "situations": ["a", "b"],
}


@pytest.fixture
def names(network):
    """Papers and situations beside the districts that the network has."""
    for key, word in (("a", "Mietvertrag"), ("b", "Bescheid vom Amt")):
        Paper(network=network, key=key, name={"de": word}).save()
        Situation(network=network, key=key, name={"de": word}, summary={"de": word}, icon="home").save()
    return network


def conditions():
    for fact, kind in FACTS.items():
        for operator in operators_of(fact):
            if kind.kind is Kind.BOOLEAN:
                values = [True, False]
            elif kind.kind is Kind.NUMBER:
                values = [0, 1, 3]
            else:
                keys = list(kind.values) or KEYS[fact]
                values = [frozenset(keys[:2]), frozenset(keys[-1:])] if operator in SEVERAL else keys
            for value in values:
                yield Condition(fact, operator, value)
                yield Condition(fact, operator, value, negated=True)


def as_rule(condition):
    plain = Condition(condition.fact, condition.operator, condition.value)
    return Group("not", (plain,)) if condition.negated else plain


def test_every_fact_has_its_sentence(names):
    for condition in conditions():
        words = sentence(condition)

        assert words.split()[0][0].isupper(), condition
        assert not any(strange in words for strange in ("Nicht:", "frozenset", "%", "_", "None")), (condition, words)
        assert not set(words.replace(",", "").split()) & {condition.fact, *KEYS.get(condition.fact, [])}, words


def test_no_two_conditions_that_differ_read_the_same(names):
    seen = {}
    for condition in conditions():
        if condition.operator in {"is", "at_least", "at_most"} and not isinstance(condition.value, bool):
            seen.setdefault(sentence(condition), []).append(condition)

    assert [found for found in seen.values() if len(found) > 1] == []


def test_every_fact_has_its_question(network):
    for fact in FACTS:
        asked = question(Condition(fact, "is", True, negated=True))

        assert asked.endswith(("?", "(Euro)", "?)", ": 0")), asked
        assert "Nicht" not in asked


def test_every_fact_makes_a_whole_sentence_for_staff(names):
    for condition in conditions():
        said = rule_sentence(as_rule(condition))

        assert said.startswith(("Für Menschen, ", "Für alle außer Menschen, ")), said
        assert said.endswith(".")
        assert said.split(", ")[1].split()[0] in {"die", "deren", "bei"}, said
        assert not any(strange in said for strange in ("frozenset", "{", "_", "  ", " ,")), said
        assert not set(said.strip(".").split()) & {condition.fact, *KEYS.get(condition.fact, [])}, said


@pytest.mark.parametrize(
    ("condition", "for_residents", "for_staff"),
    [
        (Condition("age", "is", 18), "Sie sind 18 Jahre alt", "die 18 Jahre alt sind"),
        (Condition("age", "at_least", 25, negated=True), "Sie sind jünger als 25 Jahre", "die jünger als 25 Jahre sind"),
        (Condition("age", "at_most", 25, negated=True), "Sie sind älter als 25 Jahre", "die älter als 25 Jahre sind"),
        (Condition("rent", "at_most", 1200), "Die Miete mit Heizung ist höchstens 1.200 Euro", "die höchstens 1.200 Euro Miete mit Heizung zahlen"),
        (Condition("care_level", "at_most", 1), "Der Pflegegrad ist höchstens 1", "bei denen es höchstens Pflegegrad 1 gibt"),
        (Condition("care_level", "at_least", 1, negated=True), "Der Pflegegrad ist weniger als 1", "bei denen es keinen Pflegegrad gibt"),
        (Condition("youngest_child_age", "at_most", 2), "Das jüngste Kind ist höchstens 2 Jahre alt", "deren jüngstes Kind höchstens 2 Jahre alt ist"),
        (Condition("unemployed_months", "at_least", 1), "Sie sind seit mindestens 1 Monat ohne Arbeit", "die seit mindestens einem Monat ohne Arbeit sind"),
        (Condition("children", "is", 0), "Bei Ihnen leben keine Kinder", "die keine Kinder im Haushalt haben"),
        (Condition("debts", "is", True, negated=True), "Sie haben keine Schulden", "die keine Schulden haben"),
        (Condition("can_wait_weeks", "at_least", 6), "Sie können so lange warten: 6 Wochen", "die mindestens 6 Wochen warten können"),
        (Condition("district", "in", frozenset({"mitte", "nord"})), "Sie wohnen in Mitte oder Nord", "die in Mitte oder Nord wohnen"),
        (Condition("papers", "includes", "a"), "Sie haben dieses Papier: Mietvertrag", "die „Mietvertrag“ haben"),
    ],
)  # fmt: skip
def test_conditions_read_as_people_say_them(names, condition, for_residents, for_staff):
    assert sentence(condition) == for_residents
    assert rule_sentence(as_rule(condition)) == f"Für Menschen, {for_staff}."


ADULT = {"fact": "age", "at_least": 18}
HERE = {"fact": "district", "in": ["mitte", "nord"]}
HELPED = {"fact": "benefits", "includes_any": ["wohngeld", "kinderzuschlag"]}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (None, EVERYBODY),
        (
            {"all": [ADULT, HERE, HELPED, {"not": {"fact": "employment", "is": "student"}}]},
            ("Für Menschen, die mindestens 18 Jahre alt sind, in Mitte oder Nord wohnen und Kinderzuschlag oder Wohngeld "
            "bekommen. Nicht für Menschen, die studieren."),
        ),
        ({"not": HELPED}, "Für alle außer Menschen, die Kinderzuschlag oder Wohngeld bekommen."),
        (
            {"all": [ADULT, {"any": [{"fact": "debts", "is": True}, {"fact": "rent_arrears", "is": True}]}]},
            ("Für Menschen, die mindestens 18 Jahre alt sind. Und nur für Menschen, die Schulden haben oder Schulden bei "
            "der Miete haben."),
        ),
        (
            {"any": [{"fact": "pregnant", "is": True}, {"fact": "youngest_child_age", "at_most": 2}]},
            "Für Menschen, die schwanger sind oder deren jüngstes Kind höchstens 2 Jahre alt ist.",
        ),
        (
            {"any": [ADULT, {"all": [{"fact": "single_parent", "is": True}, HERE]}]},
            ("Für Menschen, die mindestens 18 Jahre alt sind, oder die alleinerziehend sind und zugleich in Mitte oder "
            "Nord wohnen."),
        ),
        (
            {"not": {"any": [HELPED, {"fact": "employment", "in": ["student", "pupil"]}]}},
            "Für alle außer Menschen, die Kinderzuschlag oder Wohngeld bekommen, zur Schule gehen oder studieren.",
        ),
        (
            {"all": [ADULT, {"fact": "housing", "in": ["rent", "own"]}]},
            ("Für Menschen, die mindestens 18 Jahre alt sind. Und nur für Menschen, die im eigenen Haus oder der eigenen "
            "Wohnung wohnen oder zur Miete wohnen."),
        ),
    ],
)  # fmt: skip
def test_whole_rule_is_one_or_two_sentences(names, rule, said):
    assert rule_sentence(parse_rule(rule) if rule else None) == said


def test_sentence_of_a_rule_stays_german_on_a_page_in_another_language(names):
    with override("ar"):
        assert rule_sentence(parse_rule({"not": HELPED})).endswith("Kinderzuschlag oder Wohngeld bekommen.")


def test_known_papers_and_waiting_are_told(names):
    told = dict(known_facts({"papers": ["a"], "can_wait_weeks": 2}))

    assert told == {"Welche Papiere haben Sie?": "Mietvertrag", "Wie viele Wochen können Sie warten?": "2"}


def _values_of(fact: str) -> list[object]:
    kind = FACTS[fact]
    if kind.kind is Kind.BOOLEAN:
        return [True, False]
    return [3] if kind.kind is Kind.NUMBER else list(kind.values)


@pytest.mark.parametrize("fact", sorted(name for name, kind in FACTS.items() if kind.kind not in {Kind.KEY, Kind.KEYS}))
def test_every_fact_that_is_known_is_told_and_never_as_a_code(fact):
    for value in _values_of(fact):
        ((_question, answer),) = known_facts({fact: frozenset([value]) if FACTS[fact].kind is Kind.SET else value})

        assert isinstance(value, int) or answer != value


def test_waiting_counts_only_for_those_who_told_how_long_they_can_wait():
    adult = parse_rule(ADULT)

    assert with_wait(adult, 6, {"age": 30}) == Condition("age", "at_least", 18)
    assert with_wait(adult, 6, {"can_wait_weeks": 2}).rules[1] == Condition("can_wait_weeks", "at_least", 6)
    assert with_wait(None, 6, {"can_wait_weeks": 2}) == Condition("can_wait_weeks", "at_least", 6)
    assert with_wait(None, 0, {"can_wait_weeks": 2}) is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Sie sind alleinerziehend oder ein Kind geht in die Kita oder Sie haben einen deutschen Pass"),
        ("en", "You are a single parent or a child goes to day care or you have a German passport"),
        ("ru", "Вы растите детей в одиночку или ребёнок ходит в детский сад или у вас немецкий паспорт"),
        ("tr", "Çocuğunuzu yalnız büyütüyorsunuz veya bir çocuk kreşe gidiyor veya Alman pasaportunuz var"),
    ],
)
def test_sentences_that_are_joined_begin_small_after_the_first(language, said):
    """A capital in mid-sentence looks like a slip; German nouns, the polite address and names keep theirs."""
    facts = ("single_parent", True), ("daycare_child", True), ("residence", "german")
    rule = parse_rule({"any": [{"fact": fact, "is": value} for fact, value in facts]})
    with override(language):
        assert in_short(rule, {}) == [said]


def test_turkish_dotted_i_stays_dotted_within_a_sentence():
    rule = parse_rule({"any": [{"fact": "debts", "is": True}, {"fact": "dismissal_received", "is": True}]})
    with override("tr"):
        assert " veya işten " in in_short(rule, {})[0]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", "12.500"), ("de-simple", "12.500"), ("en", "12,500"), ("tr", "12.500"), ("ar", "12.500"), ("ro", "12.500"),
        ("uk", "12\xa0500"), ("ru", "12\xa0500"), ("bg", "12\xa0500"), ("pl", "12\xa0500"),
    ],
)  # fmt: skip
def test_large_numbers_are_written_as_the_language_does(network, language, written):
    with override(language):
        assert written in sentence(Condition("assets", "at_most", 12_500))
        assert [answer for _question, answer in known_facts({"assets": 12_500})] == [written]
