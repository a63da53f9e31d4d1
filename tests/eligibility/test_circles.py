"""The search for help that waits for itself, against two references without any cleverness: trying all there is."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eligibility.plainly import holds
from tragnetz.eligibility.circles import Deadlock, Giver, authority_of, deadlocks, giver_of, issuer_of
from tragnetz.eligibility.facts import FACTS
from tragnetz.eligibility.routes import Post
from tragnetz.eligibility.rules import parse_rule

# Two benefits and two papers that givers here give or not, and one of each that nobody here ever gives.
BENEFITS, PAPERS = ("wohngeld", "kinderzuschlag"), ("mietvertrag", "meldebescheinigung")
THINGS = frozenset({*(("benefits", key) for key in BENEFITS), *(("papers", key) for key in PAPERS)})
ELSEWHERE = frozenset({("benefits", "pension"), ("papers", "zeugnis")})

tests = st.one_of(
    st.sampled_from((*BENEFITS, "pension")).map(lambda key: {"fact": "benefits", "includes": key}),
    st.sampled_from((*PAPERS, "zeugnis")).map(lambda key: {"fact": "papers", "includes": key}),
    st.just({"fact": "benefits", "includes_any": list(BENEFITS)}),
    st.just({"fact": "papers", "includes_any": list(PAPERS)}),
    st.just({"fact": "pregnant", "is": True}),
)
wishes = st.recursive(
    tests,
    lambda inner: st.builds(
        lambda kind, parts: {kind: parts}, st.sampled_from(("all", "any")), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=5,
)
givers = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(sorted(THINGS)), max_size=2),
        st.one_of(st.none(), wishes),
        st.frozensets(st.sampled_from((*PAPERS, "zeugnis")), max_size=2),
    ),
    min_size=1,
    max_size=5,
).map(
    lambda rows: [
        giver_of(
            f"service-{number}",
            needs,
            gives=[key for fact, key in gives if fact == "benefits"],
            papers=sorted(papers),
            issues=[key for fact, key in gives if fact == "papers"],
        )
        for number, (gives, needs, papers) in enumerate(rows)
    ]
)


def lets_in(giver, things) -> bool:
    """Whether somebody with exactly these things is taken, pregnant or not."""
    had = {fact: frozenset(key for one, key in things if one == fact) for fact in ("benefits", "papers")}
    return any(holds(giver.needs, had | {"pregnant": pregnant}) for pregnant in (True, False))


def given_by(rows) -> set:
    return {thing for one in rows for thing in one.gives}


def entered(rows) -> set[str]:
    """Let a household take whatever it can get, one after the other, with all that nobody here gives."""
    has, inside = (THINGS | ELSEWHERE) - given_by(rows), set()
    for _ in rows:
        for one in rows:
            if lets_in(one, has):
                inside.add(one.key)
                has |= one.gives
    return inside


def largest_that_waits(rows) -> set[str]:
    """Try all sets of givers: those of which each stays shut for who has everything but what only the set gives."""
    sets = chain.from_iterable(combinations(rows, size) for size in range(1, len(rows) + 1))
    waiting = [
        chosen
        for chosen in sets
        if not any(
            lets_in(one, (THINGS | ELSEWHERE) - (given_by(chosen) - given_by(set(rows) - set(chosen))))
            for one in chosen
        )
    ]
    return {one.key for chosen in waiting for one in chosen}


@given(givers)
def test_a_deadlock_is_told_exactly_when_somebody_cannot_get_in(rows):
    locked_out = {one.key for one in rows} - entered(rows)

    circles = deadlocks(rows)

    assert bool(circles) == bool(locked_out)
    assert {key for circle in circles for key, _thing in circle.waiting} <= locked_out


@given(givers)
def test_a_deadlock_is_told_exactly_when_a_set_of_givers_waits_for_itself(rows):
    waiting = largest_that_waits(rows)

    circles = deadlocks(rows)

    assert bool(circles) == bool(waiting)
    assert waiting == {one.key for one in rows} - entered(rows)


@given(givers)
def test_each_step_of_a_circle_is_asked_for_and_only_given_by_who_is_locked_out(rows):
    by_key = {one.key: one for one in rows}
    free = entered(rows)
    for circle in deadlocks(rows):
        keys = [key for key, _thing in circle.waiting]
        for (key, thing), following in zip(circle.waiting, [*keys[1:], keys[0]], strict=True):
            assert thing in by_key[following].gives
            assert {one.key for one in rows if thing in one.gives}.isdisjoint(free)
            assert not lets_in(
                by_key[key], (THINGS | ELSEWHERE) - (given_by(rows) - given_by(by_key[one] for one in free))
            )
        assert len(set(keys)) == len(keys)


@given(givers, st.integers(0, 4))
def test_who_asks_for_nothing_breaks_every_circle_through_what_it_gives(rows, number):
    open_door = Giver("open", rows[number % len(rows)].gives)

    assert all(
        open_door.gives.isdisjoint({thing for _key, thing in circle.waiting})
        for circle in deadlocks([*rows, open_door])
    )


def benefit(key):
    return {"fact": "benefits", "includes": key}


def test_a_deadlock_names_who_waits_for_what():
    rows = [
        giver_of("wohngeld", benefit("kinderzuschlag")),
        giver_of("kinderzuschlag", {"all": [{"fact": "children", "at_least": 1}, benefit("wohngeld")]}),
        giver_of("alg1", {"not": benefit("alg1")}),
    ]

    assert deadlocks(rows) == [
        Deadlock((("wohngeld", ("benefits", "kinderzuschlag")), ("kinderzuschlag", ("benefits", "wohngeld"))))
    ]
    assert deadlocks(rows[1:]) == []


def test_no_flat_without_registration_and_no_registration_without_flat():
    flat = giver_of("wohnung", None, papers=["meldebescheinigung", "personalausweis"], issues=["mietvertrag"])
    registration = giver_of("anmeldung", None, papers=["mietvertrag"], issues=["meldebescheinigung"])

    assert deadlocks([flat, registration]) == [
        Deadlock((("wohnung", ("papers", "meldebescheinigung")), ("anmeldung", ("papers", "mietvertrag"))))
    ]
    assert deadlocks([flat]) == deadlocks([registration]) == []


def test_a_circle_goes_through_benefits_and_papers_alike():
    rows = [
        giver_of("wohngeld", None, papers=["bescheid"]),
        giver_of("befreiung", benefit("wohngeld"), issues=["bescheid"]),
    ]

    assert deadlocks(rows) == [
        Deadlock((("wohngeld", ("papers", "bescheid")), ("befreiung", ("benefits", "wohngeld"))))
    ]


def test_a_service_that_asks_for_its_own_paper_waits_for_itself():
    assert deadlocks([giver_of("pass", None, papers=["ausweis"], issues=["ausweis"])]) == [
        Deadlock((("pass", ("papers", "ausweis")),))
    ]


def test_a_benefit_of_another_name_closes_the_circle():
    rows = [
        giver_of("arbeitslosengeld", benefit("wohngeld"), gives=["alg1"]),
        giver_of("wohngeld", benefit("alg1")),
    ]
    unnamed = [giver_of("arbeitslosengeld", benefit("wohngeld")), rows[1]]

    assert [{key for key, _thing in one.waiting} for one in deadlocks(rows)] == [{"arbeitslosengeld", "wohngeld"}]
    assert deadlocks(unnamed) == []


def test_what_opens_step_by_step_is_no_deadlock():
    def having(*keys):
        return {"all": [benefit(key) for key in keys]}

    rows = [
        giver_of("third", having("wohngeld", "alg1"), gives=["bab"]),
        giver_of("second", having("wohngeld"), gives=["alg1"]),
        giver_of("first", None, gives=["wohngeld"]),
        giver_of("outside", having("bafoeg"), gives=["sgb12"]),
    ]

    assert deadlocks(rows) == []


def test_a_service_gives_only_benefits_that_rules_know():
    assert giver_of("wohngeld", None).gives == {("benefits", "wohngeld")}
    assert giver_of("moebelhof", None, gives=["stuhl"]).gives == frozenset()
    assert {key for key in FACTS["benefits"].values if giver_of(key, None).gives != {("benefits", key)}} == set()


ONLY_WITH_BENEFIT = parse_rule(benefit("wohngeld"))


@pytest.mark.parametrize(
    ("posts", "locked"),
    [
        ({}, False),  # no office here: how another city does it nobody knows
        ({"amt": [Post("a", "amt")]}, False),
        ({"amt": [Post("a", "amt", rule=ONLY_WITH_BENEFIT)]}, True),
        ({"amt": [Post("a", "amt", rule=ONLY_WITH_BENEFIT), Post("b", "amt")]}, False),
        ({"amt": [Post("a", "amt", area=parse_rule({"fact": "district", "is": "east"}))]}, False),
        ({"amt": [Post("a", "amt", rule=ONLY_WITH_BENEFIT, otherwise="abroad")]}, False),
        ({"amt": [Post("a", "amt", rule=ONLY_WITH_BENEFIT, otherwise="other")], "other": [Post("b", "other")]}, False),
        (
            {
                "amt": [Post("a", "amt", rule=ONLY_WITH_BENEFIT, otherwise="other")],
                "other": [Post("b", "other", rule=ONLY_WITH_BENEFIT, otherwise="amt")],
            },
            True,
        ),
    ],
)
def test_an_office_gives_its_papers_to_those_whom_it_or_the_next_one_takes(posts, locked):
    service = giver_of("wohngeld", None, papers=["bescheid"])
    office = issuer_of("amt", ["bescheid"], posts)

    circles = deadlocks([service, office])

    assert bool(circles) is locked
    assert (authority_of(office.key), authority_of(service.key)) == ("amt", "")
    if locked:
        assert circles == [Deadlock((("wohngeld", ("papers", "bescheid")), (office.key, ("benefits", "wohngeld"))))]
