"""The search for gaps, overlaps and ping-pong against a walk over all households, written without any cleverness."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tests.eligibility.plainly import holds
from tragnetz.eligibility import explore
from tragnetz.eligibility.explore import Places, Trouble, conditions_of, survey
from tragnetz.eligibility.facts import FACTS
from tragnetz.eligibility.routes import End, Post, route
from tragnetz.eligibility.rules import parse_rule

DISTRICTS = ("east", "west")
CITY = Places(dict.fromkeys(DISTRICTS, ()))
BENEFITS = ("wohngeld", "alg1")
AGES = range(5)
WORLD = [
    {"age": age, "pregnant": pregnant, "district": district, "benefits": frozenset(benefits)}
    for age, pregnant, district, benefits in product(
        AGES, (True, False), DISTRICTS, ((), ("wohngeld",), ("alg1",), BENEFITS)
    )
]
AUTHORITIES = ("one", "two", "three")

tests = st.one_of(
    st.builds(lambda operator, limit: {"fact": "age", operator: limit}, st.sampled_from(("at_least", "at_most", "is")), st.sampled_from(range(4))),
    st.builds(lambda value: {"fact": "pregnant", "is": value}, st.booleans()),
    st.builds(lambda value: {"fact": "benefits", "includes": value}, st.sampled_from(BENEFITS)),
)  # fmt: skip
rules = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.builds(lambda rule: {"not": rule}, inner),
        st.builds(
            lambda kind, parts: {kind: parts}, st.sampled_from(("all", "any")), st.lists(inner, min_size=1, max_size=2)
        ),
    ),
    max_leaves=4,
).map(parse_rule)
areas = st.sampled_from((None, *DISTRICTS)).map(lambda key: key and parse_rule({"fact": "district", "is": key}))
offices = st.lists(
    st.tuples(
        st.sampled_from(AUTHORITIES), areas, st.one_of(st.none(), rules), st.sampled_from(("", *AUTHORITIES, "abroad"))
    ),
    min_size=1,
    max_size=4,
).map(lambda rows: [Post(str(number), *row) for number, row in enumerate(rows)])


def plain_walk(authority: str, household, posts) -> Trouble | None:
    """Follow one household of whom everything is known, in two-valued logic."""
    visited = set()
    while True:
        if authority in visited:
            return Trouble.ROUND
        visited.add(authority)
        here = [post for post in posts if post.authority == authority]
        if not here:
            return None
        taking = [post for post in here if holds(post.area, household) and holds(post.rule, household)]
        if taking:
            return Trouble.SEVERAL if len(taking) > 1 else None
        sending = [post.otherwise for post in here if holds(post.area, household) and post.otherwise]
        if not sending:
            return Trouble.NOBODY
        authority = sending[0]


def stands_for(finding, household, posts) -> bool:
    """Whether the rules cannot tell a household from the finding's."""
    conditions = [condition for post in posts for condition in conditions_of(post.whole)]
    return all(
        holds(condition, finding.household) == holds(condition, household)
        for condition in conditions
        if condition.fact in finding.household and condition.fact != "benefits"
    ) and all(finding.household[fact] <= household[fact] if fact == "benefits" else True for fact in finding.household)


@given(offices)
def test_survey_finds_exactly_the_troubles_that_households_have(posts):
    found = survey(posts, CITY)
    had = {
        (trouble, authority)
        for authority in {post.authority for post in posts}
        for household in WORLD
        if (trouble := plain_walk(authority, household, posts))
    }

    assert found.complete
    assert {finding.trouble for finding in found.findings} == {trouble for trouble, _authority in had}


@given(offices)
def test_each_household_in_trouble_is_among_the_examples(posts):
    found = survey(posts, CITY).findings
    for authority in {post.authority for post in posts}:
        for household in WORLD:
            trouble = plain_walk(authority, household, posts)
            same = [finding for finding in found if finding.trouble is trouble]

            assert trouble is None or any(stands_for(finding, household, posts) for finding in same)


@given(offices)
def test_an_example_names_nothing_that_does_not_matter(posts):
    by_authority: dict[str, list[Post]] = {}
    for post in posts:
        by_authority.setdefault(post.authority, []).append(post)
    for finding in survey(posts, CITY).findings:
        end = End(finding.trouble.value)
        start = finding.path[0]

        assert route(start, finding.household, by_authority).end is end
        for fact in finding.household:
            less = {name: value for name, value in finding.household.items() if name != fact}
            assert route(start, less, by_authority).end is not end


@given(offices, st.sampled_from(WORLD), st.sets(st.sampled_from(("age", "pregnant", "district", "benefits"))))
def test_a_sure_way_stays_when_more_is_known(posts, household, known):
    by_authority: dict[str, list[Post]] = {}
    for post in posts:
        by_authority.setdefault(post.authority, []).append(post)
    start = posts[0].authority
    before = route(start, {fact: household[fact] for fact in known}, by_authority)
    after = route(start, household, by_authority)

    assert before.missing or before.end is after.end
    assert not after.missing


ABLE = {"all": [{"fact": "age", "at_least": 15}, {"fact": "can_work_3h", "is": True}]}


def test_two_offices_that_send_to_each_other_are_ping_pong():
    posts = [
        Post("jobcenter", "jobcenter", rule=parse_rule(ABLE), otherwise="sozialamt"),
        Post("sozialamt", "sozialamt", rule=parse_rule({"fact": "age", "at_least": 67}), otherwise="jobcenter"),
    ]

    findings = survey(posts, CITY).findings

    circles = [finding for finding in findings if finding.trouble is Trouble.ROUND]
    assert [finding.path for finding in circles] == [("jobcenter", "sozialamt", "jobcenter")] * 2
    assert [dict(finding.household) for finding in circles] == [{"age": 14}, {"age": 15, "can_work_3h": False}]


def test_a_district_without_office_is_a_gap_with_its_household():
    posts = [Post("east", "wohngeld", area=parse_rule({"fact": "district", "is": "east"}))]

    (finding,) = survey(posts, CITY).findings

    assert (finding.trouble, finding.household) == (Trouble.NOBODY, {"district": "west"})


def test_impossible_households_are_not_tried():
    posts = [
        Post("a", "one", area=parse_rule({"fact": "district", "is": "east"}), rule=parse_rule({"fact": "locality", "is": "harbour"})),
        Post("b", "one", area=parse_rule({"fact": "district", "is": "west"})),
    ]  # fmt: skip

    assert survey(posts, Places({"east": ["harbour"], "west": ["hill"]})).findings == ()
    assert len(survey(posts, Places({"east": ["harbour", "hill"], "west": []})).findings) == 1


def test_a_limit_that_was_reached_is_said(monkeypatch):
    post = Post("a", "one", rule=parse_rule({"all": [{"fact": "age", "is": number} for number in range(9)]}))
    many = Post("b", "two", rule=parse_rule({"fact": "benefits", "includes_any": list(FACTS["benefits"].values)}))

    assert survey([post], CITY).complete
    assert not survey([many], CITY).complete
    monkeypatch.setattr(explore, "MOST_HOUSEHOLDS", 3)
    assert not survey([post], CITY).complete
