"""Three-valued logic: unknown never counts as no, and what is missing really decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.eligibility.facts import FactError, clean_facts
from tragnetz.eligibility.rules import Condition, Group, Rule, RuleError, Truth, evaluate, parse_rule

BOOLEANS = ("pregnant", "debts", "violence", "disability")

leaves = st.builds(lambda fact, value: {"fact": fact, "is": value}, st.sampled_from(BOOLEANS), st.booleans())
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda rule: {"not": rule}, inner),
        st.builds(
            lambda kind, parts: {kind: parts}, st.sampled_from(("all", "any")), st.lists(inner, min_size=1, max_size=3)
        ),
    ),
    max_leaves=8,
).map(parse_rule)
full_facts = st.fixed_dictionaries(dict.fromkeys(BOOLEANS, st.booleans()))
some_facts = st.dictionaries(st.sampled_from(BOOLEANS), st.booleans())


def plain_logic(rule: Rule, facts: dict[str, bool]) -> bool:
    """Evaluate with all facts known, written without any cleverness."""
    if isinstance(rule, Condition):
        return facts[rule.fact] == rule.value
    parts = [plain_logic(part, facts) for part in rule.rules]
    return {"all": all(parts), "any": any(parts), "not": not parts[0]}[rule.kind]


@given(rules, full_facts)
def test_known_facts_give_two_valued_logic(rule, facts):
    assert evaluate(rule, facts).truth is (Truth.YES if plain_logic(rule, facts) else Truth.NO)


@given(rules, some_facts, full_facts)
def test_a_verdict_never_changes_once_it_is_yes_or_no(rule, known, rest):
    before = evaluate(rule, known)
    after = evaluate(rule, rest | known)

    if before.truth is not Truth.UNKNOWN:
        assert after.truth is before.truth


@given(rules, some_facts)
def test_missing_is_named_exactly_when_unknown(rule, known):
    verdict = evaluate(rule, known)

    assert bool(verdict.missing) == (verdict.truth is Truth.UNKNOWN)
    assert all(condition.fact not in known for condition in verdict.missing)
    assert bool(verdict.failed) == (verdict.truth is Truth.NO)


@given(rules, some_facts)
def test_double_negation_changes_nothing(rule, known):
    assert evaluate(Group("not", (Group("not", (rule,)),)), known) == evaluate(rule, known)


WOHNGELD = parse_rule(
    {
        "all": [
            {"fact": "housing", "in": ["rent", "own"]},
            {"not": {"fact": "benefits", "includes_any": ["grundsicherungsgeld", "sgb12"]}},
        ]
    }
)


def test_reasons_say_why_not():
    verdict = evaluate(WOHNGELD, clean_facts({"housing": "rent", "benefits": ["grundsicherungsgeld"]}))

    assert (verdict.truth, [condition.fact for condition in verdict.failed]) == (Truth.NO, ["benefits"])
    assert verdict.failed[0].negated is True


def test_no_rule_is_for_everybody():
    assert evaluate(None, {}).truth is Truth.YES


@pytest.mark.parametrize(
    ("data", "where", "reason"),
    [
        ([], "rule", "a rule is a map"),
        ({"all": []}, "rule.all", "needs a list"),
        ({"some": [1]}, "rule", "not known"),
        ({"all": [{"fact": "age", "at_least": 1}, {"fact": "agee", "is": 1}]}, "rule.all[1]", "does not exist"),
        ({"fact": "age"}, "rule", "exactly one"),
        ({"fact": "age", "includes": 3}, "rule", "does not fit"),
        ({"fact": "age", "at_least": "old"}, "rule", "needs a number"),
        ({"not": {"fact": "housing", "in": ["castle"]}}, "rule.not", "cannot be castle"),
        ({"fact": "benefits", "includes_any": "alg1"}, "rule", "needs a list"),
        ({"all": [1], "any": [2]}, "rule", "one of all, any, not"),
    ],
)
def test_parse_rule_names_place_and_fault(data, where, reason):
    with pytest.raises(RuleError, match=reason) as caught:
        parse_rule(data)

    assert caught.value.where == where


def test_parse_rule_refuses_endless_nesting():
    data: dict[str, object] = {"fact": "debts", "is": True}
    for _ in range(30):
        data = {"not": data}

    with pytest.raises(RuleError, match="nested too deeply"):
        parse_rule(data)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("780", 780), ("1.250", 1250), ("1.250,50", 1250), ("780,00 €", 780), (" 12 ", 12), ("0", 0), (3, 3)],
)
def test_numbers_are_read_as_germans_write_them(typed, number):
    assert clean_facts({"rent": typed}) == {"rent": number}


@pytest.mark.parametrize("typed", ["-5", "abc", "1e400", "99999999999", True, "nan"])
def test_bad_numbers_are_refused(typed):
    with pytest.raises(FactError) as caught:
        clean_facts({"rent": typed})

    assert caught.value.fact == "rent"


def test_empty_answers_stay_unknown():
    assert clean_facts({"age": "", "benefits": [], "pregnant": None, "debts": "no"}) == {"debts": False}


def test_unknown_fact_is_refused():
    with pytest.raises(FactError, match="no such fact"):
        clean_facts({"shoe_size": 43})
