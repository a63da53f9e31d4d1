"""Rules as rows: nothing is lost on the way there and back, and every operation leaves rows that make sense."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.eligibility import editing
from tragnetz.eligibility.editing import Fault, Row, flatten, normalised, opened, operators_of, to_data, unflatten
from tragnetz.eligibility.facts import FACTS, Kind
from tragnetz.eligibility.rules import Condition, Group, evaluate, parse_rule

NAMED = {
    "district": ("wanne", "eickel"),
    "locality": ("crange",),
    "situations": ("debts", "ill"),
    "papers": ("bescheid",),
}


def values_of(fact: str):
    kind = FACTS[fact]
    if kind.kind is Kind.BOOLEAN:
        return st.booleans()
    if kind.kind is Kind.NUMBER:
        return st.integers(0, 40)
    return st.sampled_from(kind.values or NAMED[fact])


def conditions(fact: str):
    def of(operator: str):
        value = values_of(fact)
        several = st.lists(value, min_size=1, max_size=3, unique=True)
        return st.builds(
            lambda found: {"fact": fact, operator: found}, several if operator in editing.SEVERAL else value
        )

    return st.sampled_from(operators_of(fact)).flatmap(of)


rules = st.recursive(
    st.sampled_from(sorted(FACTS)).flatmap(conditions),
    lambda inner: st.one_of(
        st.builds(lambda rule: {"not": rule}, inner),
        st.builds(lambda kind, parts: {kind: parts}, st.sampled_from(("all", "any")), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=10,
).map(parse_rule)  # fmt: skip


@st.composite
def some_facts(draw):
    """Values for some facts, near those that the rules ask for."""
    names = draw(st.sets(st.sampled_from(sorted(FACTS)), max_size=len(FACTS)))
    sets = {Kind.SET, Kind.KEYS}
    return {
        name: draw(st.frozensets(values_of(name), max_size=3) if FACTS[name].kind in sets else values_of(name))
        for name in sorted(names)
    }


@given(rules)
def test_rows_give_back_every_rule(rule):
    found = unflatten(flatten(rule))

    assert (found.rule, found.faults) == (rule, {})
    assert parse_rule(to_data(rule)) == rule


@given(rules, some_facts())
def test_opening_and_normalising_never_change_what_a_rule_says(rule, facts):
    before = evaluate(rule, facts).truth

    assert evaluate(unflatten(opened(rule)).rule, facts).truth is before
    assert evaluate(normalised(rule), facts).truth is before
    assert evaluate(normalised(unflatten(opened(rule)).rule), facts).truth is before


OPERATIONS = [
    editing.add_condition, editing.remove, editing.move_up, editing.move_down, editing.indent, editing.negate,
    *(lambda rows, at, kind=kind: editing.add_group(rows, at, kind) for kind in editing.GROUPS),
]  # fmt: skip
KEEPING = (editing.move_up, editing.move_down, editing.indent, editing.negate)


@given(rules, st.lists(st.tuples(st.sampled_from(range(len(OPERATIONS))), st.integers(0, 30)), max_size=12))
def test_operations_leave_rows_that_make_sense_and_keep_what_was_typed(rule, steps):
    rows = opened(rule)
    for number, place in steps:
        before = Counter((row.fact, row.operator, row.values) for row in rows if not row.is_group)
        operation = OPERATIONS[number]
        rows, at = (edited := operation(rows, place % len(rows))).rows, edited.at

        assert editing.fitted(rows) == rows
        assert 0 <= at < len(rows)
        if operation in KEEPING:
            assert Counter((row.fact, row.operator, row.values) for row in rows if not row.is_group) == before


@given(rules, some_facts(), st.integers(0, 30))
def test_negating_a_row_twice_says_the_same(rule, facts, place):
    rows = opened(rule)
    once = editing.negate(rows, place % len(rows))
    twice = editing.negate(once.rows, once.at)

    assert evaluate(unflatten(twice.rows).rule, facts).truth is evaluate(rule, facts).truth


ADULT = Row("fact", 1, "age", "at_least", ("18",))
DEBTS = Row("fact", 1, "debts", "is", ("yes",))
TOP = Row("all", 0)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (Row("fact", 1), Fault.NO_FACT),
        (Row("fact", 1, "age", "at_least", ("",)), Fault.NO_VALUE),
        (Row("fact", 1, "age", "at_least", ("alt",)), Fault.NO_NUMBER),
        (Row("fact", 1, "housing", "is", ("rent", "own")), Fault.ONE_ONLY),
        (Row("fact", 1, "age", "in", ("18",)), Fault.UNFIT),
        (Row("fact", 1, "housing", "in", ("castle",)), Fault.UNFIT),
        (Row("fact", 1, "pregnant", "is", ("maybe",)), Fault.UNFIT),
    ],
)
def test_half_filled_row_is_named_and_the_rest_stays_a_rule(row, fault):
    found = unflatten((TOP, ADULT, row))

    assert found.faults == {2: fault}
    assert found.rule == Group("all", (Condition("age", "at_least", 18),))


def test_rows_that_are_nested_too_deeply_are_named():
    deep = tuple(Row("any", depth) for depth in range(13))

    assert unflatten((*deep, Row("fact", 13, "age", "at_least", ("18",)))).faults == {13: Fault.TOO_DEEP}
    assert unflatten((*deep[:12], Row("fact", 12, "age", "at_least", ("18",)))).faults == {}


def test_several_rows_under_not_are_each_forbidden():
    rows = (TOP, Row("not", 1), *(Row("fact", 2, name, "is", ("yes",)) for name in ("debts", "violence")))
    rule = normalised(unflatten(rows).rule)

    assert to_data(rule) == {"not": {"any": [{"fact": "debts", "is": True}, {"fact": "violence", "is": True}]}}
    assert opened(rule) == rows


def test_normalising_lets_go_of_what_means_nothing():
    nested = {"all": [{"any": [{"not": {"not": {"all": [{"fact": "debts", "is": True}]}}}]}]}

    assert normalised(parse_rule(nested)) == Condition("debts", "is", True)
    assert unflatten((TOP, Row("any", 1), Row("not", 1))).rule is None


def test_moving_crosses_the_edge_of_a_group():
    rows = (TOP, ADULT, Row("any", 1), Row("fact", 2, "debts", "is", ("yes",)))

    assert editing.move_up(rows, 3) == editing.Edited((TOP, ADULT, DEBTS, Row("any", 1)), 2)
    assert editing.move_down(rows, 1) == editing.Edited((TOP, *rows[2:], ADULT), 3)
    assert editing.indent((TOP, Row("any", 1), ADULT), 2).rows[2].depth == 2
    assert editing.indent((TOP, ADULT), 1).rows == (TOP, Row("any", 1), Row("fact", 2, "age", "at_least", ("18",)))


def test_another_fact_takes_the_operator_and_value_that_fit():
    assert editing.change_fact(ADULT, "rent") == Row("fact", 1, "rent", "at_least", ("18",))
    assert editing.change_fact(ADULT, "debts") == Row("fact", 1, "debts", "is", ("yes",))
    assert editing.change_fact(ADULT, "benefits") == Row("fact", 1, "benefits", "includes_any", ())


def test_whatever_depths_are_sent_every_row_finds_a_group():
    assert [row.depth for row in editing.fitted((ADULT, Row("any", 9), Row("fact", 9), Row("fact", -3)))] == [
        0,
        1,
        1,
        2,
        1,
    ]
