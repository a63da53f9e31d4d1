"""What may fit a household: the same as judging every service by itself, in as many queries for one as for many."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tragnetz.directory.candidates import with_wait
from tragnetz.directory.models import Service
from tragnetz.directory.queries import match_services, services
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import Truth, evaluate, parse_rule

DAY = date(2026, 11, 25)
TOPICS = ("housing", "debt", "work", "family", "care", "money")
KEYS = ("wohngeld", "p-konto", "kinderzuschlag", "teilhabechancen", "gibt-es-nicht")


def one_by_one(facts, topics, first, most, *, likely):
    """Judge each service by itself, as slowly as you like."""
    rows = services(DAY)
    if topics or first:
        rows = [row for row in rows if row.key in first or {topic.key for topic in row.topics.all()} & topics]
    if facts.get("violence") is not True:
        rows = [row for row in rows if not row.sensitive or row.key in first]
    found = []
    for row in rows:
        rule = parse_rule(row.prerequisites) if row.prerequisites else None
        verdict = evaluate(with_wait(rule, int(row.waiting.get("weeks") or 0), facts), facts)
        named = first.index(row.key) if row.key in first else len(set(first))
        found.append((verdict.truth, named, -len(verdict.met), len(verdict.missing), row.key))
    sorts = [
        sorted((one for one in found if one[0] is truth), key=lambda one: one[1:4])[:most]
        for truth in (Truth.YES, Truth.UNKNOWN, *(() if likely else (Truth.NO,)))
    ]
    return [(one[0], one[4]) for found in sorts for one in found]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    topics=st.sets(st.sampled_from(TOPICS)), first=st.lists(st.sampled_from(KEYS), unique=True, max_size=3),
    typed=st.fixed_dictionaries({}, optional={
        "age": st.integers(16, 80), "children": st.integers(0, 4), "rent_arrears": st.booleans(),
        "violence": st.booleans(), "can_wait_weeks": st.integers(0, 20), "housing": st.sampled_from(("rent", "own")),
        "benefits": st.sets(st.sampled_from(("grundsicherungsgeld", "wohngeld"))).map(sorted),
    }), most=st.sampled_from((2, 25)), likely=st.booleans(),
)  # fmt: skip
def test_what_is_found_is_what_judging_each_service_by_itself_finds(herne, topics, first, typed, most, likely):
    facts = clean_facts(typed)

    found = match_services(facts, DAY, topic_keys=topics, first=first, most=most, likely=likely)

    assert [(one.verdict.truth, one.service.key) for one in found] == one_by_one(
        facts, topics, first, most, likely=likely
    )


def test_a_changed_prerequisite_holds_at_once(herne):
    def truth() -> Truth:
        found = match_services({"age": 30}, DAY, topic_keys=set(), first=["wohngeld"])
        return next(one.verdict.truth for one in found if one.service.key == "wohngeld")

    before = truth()
    Service.objects.filter(key="wohngeld").update(prerequisites={"fact": "age", "at_least": 60})

    assert before is not Truth.NO
    assert truth() is Truth.NO


@pytest.mark.parametrize("copies", [0, 300])
def test_many_services_cost_as_many_queries_as_few(herne, django_assert_max_num_queries, copies):
    row = Service.objects.get(key="wohngeld")
    topics = list(row.topics.all())
    for number in range(copies):
        row.pk, row.key = None, f"wohngeld-{number}"
        row._state.adding = True
        row.save()
        row.topics.set(topics)
    match_services({"age": 30}, DAY, topic_keys={"housing"}, first=[])
    with django_assert_max_num_queries(6):
        match_services({"age": 30}, DAY, topic_keys={"housing"}, first=[])
