"""What a counsellor reads under „Zu klären“ of a possible benefit."""

from tragnetz.benefits.rules.facts import FACTS
from tragnetz.benefits.rules.formula import Kind
from tragnetz.screening.casecheck import WORDS_FOR_CODES, WORDS_FOR_NUMBERS, _asked


def test_facts_with_codes_are_asked_in_words():
    codes = {name for name, fact in FACTS.items() if fact.kind == Kind.TEXT and name != "role"}  # the role is known

    assert set(WORDS_FOR_CODES) == codes
    assert _asked(["training", "residence", "sick_weeks"])[:2] == ("Schule oder Ausbildung", "Aufenthalt")


def test_a_benefit_that_somebody_may_get_is_asked_by_its_name():
    assert _asked(["receives:kinderzuschlag"]) == ("bekommt jemand Kinderzuschlag",)


def test_what_a_number_means_to_who_writes_rules_is_not_asked_of_a_counsellor():
    explained = {name for name, fact in FACTS.items() if "0 wenn" in fact.meaning or "minus" in fact.meaning}

    assert set(WORDS_FOR_NUMBERS) == explained
    assert _asked(["care_level", "weeks_to_birth"]) == ("Pflegegrad", "errechneter Geburtstermin")
