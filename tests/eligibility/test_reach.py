"""Rules that nobody can fit, and rules that everybody fits."""

import pytest
from hypothesis import given

from tests.eligibility.test_editing import rules, some_facts
from tragnetz.eligibility.reach import Reach, clashes, reach_of
from tragnetz.eligibility.rules import Truth, evaluate, parse_rule

OLD, YOUNG = {"fact": "age", "at_least": 30}, {"fact": "age", "at_most": 20}


@pytest.mark.parametrize(
    ("rule", "can_hold", "can_fail"),
    [
        (OLD, True, True),
        ({"all": [OLD, YOUNG]}, False, True),
        ({"any": [OLD, {"fact": "age", "at_most": 29}]}, True, False),
        ({"all": [{"fact": "age", "at_least": 20}, {"fact": "age", "at_most": 20}]}, True, True),
        ({"fact": "age", "at_least": 0}, True, False),
        ({"all": [{"fact": "debts", "is": True}, {"not": {"fact": "debts", "is": True}}]}, False, True),
        ({"all": [{"fact": "housing", "in": ["rent", "own"]}, {"fact": "housing", "is": "shelter"}]}, False, True),
        ({"all": [{"fact": "benefits", "includes": "wohngeld"}, {"not": {"fact": "benefits", "includes_any": ["wohngeld", "bab"]}}]}, False, True),
        ({"all": [{"fact": "benefits", "includes": "wohngeld"}, {"not": {"fact": "benefits", "includes": "bab"}}]}, True, True),
        ({"all": [{"fact": "district", "is": "wanne"}, {"fact": "district", "is": "eickel"}]}, False, True),
        ({"any": [{"all": [OLD, YOUNG]}, {"fact": "debts", "is": True}]}, True, True),
    ],
)  # fmt: skip
def test_reach_of_a_rule(rule, can_hold, can_fail):
    assert reach_of(parse_rule(rule)) == Reach(can_hold, can_fail)


@given(rules, some_facts())
def test_no_household_contradicts_the_reach(rule, facts):
    truth = evaluate(rule, facts).truth
    found = reach_of(rule)

    assert truth is not Truth.YES or found.can_hold is not False
    assert truth is not Truth.NO or found.can_fail is not False


def test_clash_names_both_conditions_wherever_they_stand():
    rule = parse_rule({"any": [{"fact": "debts", "is": True}, {"all": [OLD, {"not": {"not": YOUNG}}]}]})

    assert [(one.value, other.value) for one, other in clashes(rule)] == [(30, 20)]
    assert clashes(parse_rule({"any": [OLD, YOUNG]})) == []
    assert clashes(None) == []
