"""Rules on what was allowed, with time travelled by Hypothesis."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.consent.enums import DataGroup, State
from tragnetz.consent.rules import (
    Cover,
    Grant,
    Problem,
    Terms,
    Ways,
    decides,
    default_end,
    end_of,
    is_blanket,
    last_day,
    may_be_minor,
    problems,
    problems_of_ways,
    released_groups,
    shared_groups,
    shortened,
    signature_due,
    state_at,
    valid_at,
)
from tragnetz.core.months import months_later

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 29, 10, tzinfo=BERLIN)
TODAY = START.date()
ANNA, BEN, ALPHA, BETA, GAMMA = (uuid.UUID(int=number) for number in range(1, 6))
GROUPS = st.frozensets(st.sampled_from(DataGroup.values))
MOMENTS = st.integers(-400, 800).map(lambda days: START + timedelta(days=days))
GRANTS = st.builds(
    Grant,
    person=st.sampled_from([ANNA, BEN]),
    speakers=st.frozensets(st.sampled_from([ALPHA, GAMMA]), min_size=1),
    recipient=st.sampled_from([BETA, GAMMA, None]),
    groups=GROUPS,
    given=MOMENTS,
    ends=MOMENTS,
    withdrawn=st.none() | MOMENTS,
    signature_due=st.none() | MOMENTS,
    is_signed=st.booleans(),
)


@given(GRANTS, MOMENTS)
def test_what_holds_is_valid_unsigned_or_ends_soon_and_nothing_else(grant, moment):
    state = state_at(grant, moment)

    assert valid_at(grant, moment) == (
        grant.given <= moment and state in {State.VALID, State.ENDS_SOON, State.UNSIGNED}
    )  # fmt: skip


DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
PLAIN = Grant(ANNA, frozenset({ALPHA}), BETA, frozenset({"goals"}), START, START + 100 * DAY)


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, State.VALID),
        ({"ends": START + 30 * DAY + MOMENT}, State.VALID),
        ({"ends": START + 30 * DAY}, State.ENDS_SOON),
        ({"ends": START + MOMENT}, State.ENDS_SOON),
        ({"ends": START}, State.ENDED),
        ({"withdrawn": START}, State.WITHDRAWN),
        ({"withdrawn": START, "ends": START}, State.WITHDRAWN),
        ({"withdrawn": START + MOMENT}, State.VALID),
        ({"signature_due": START + MOMENT}, State.UNSIGNED),
        ({"signature_due": START}, State.LAPSED),
        ({"signature_due": START, "is_signed": True}, State.VALID),
    ],
)
def test_a_release_changes_at_its_moments(changed, state):
    grant = replace(PLAIN, **changed)

    assert state_at(grant, START) == state
    assert valid_at(grant, START) == (state in {State.VALID, State.ENDS_SOON, State.UNSIGNED})


def test_a_release_holds_from_the_moment_it_was_given():
    assert valid_at(PLAIN, START)
    assert not valid_at(PLAIN, START - MOMENT)


@given(GRANTS, MOMENTS, st.integers(0, 500))
def test_what_was_withdrawn_or_ended_never_holds_again(grant, moment, days):
    over = min(one for one in (grant.ends, grant.withdrawn) if one is not None)

    assert not valid_at(grant, max(over, moment) + timedelta(days=days))


@given(GRANTS, MOMENTS)
def test_a_signature_never_takes_anything_away(grant, moment):
    signed = Grant(**{name: getattr(grant, name) for name in Grant.__slots__ if name != "is_signed"}, is_signed=True)

    assert valid_at(signed, moment) >= valid_at(grant, moment)


@given(st.lists(GRANTS, max_size=5), MOMENTS)
def test_released_is_only_what_a_valid_release_of_that_person_to_that_office_names(grants, moment):
    found = released_groups(grants, person=ANNA, speaker=ALPHA, recipient=BETA, moment=moment)

    for group in found:
        assert any(
            group in one.groups and valid_at(one, moment) and one.person == ANNA and one.recipient == BETA
            for one in grants
        )
    assert released_groups([], person=ANNA, speaker=ALPHA, recipient=BETA, moment=moment) == frozenset()


@given(st.lists(GRANTS, max_size=5), GRANTS, MOMENTS)
def test_one_more_release_never_closes_anything(grants, more, moment):
    names = {"person": ANNA, "speaker": ALPHA, "recipient": BETA, "moment": moment}

    assert released_groups(grants, **names) <= released_groups([*grants, more], **names)


@given(GROUPS, GROUPS)
def test_the_shared_part_needs_everybody_who_decides(of_anna, of_ben):
    by_person = {ANNA: of_anna, BEN: of_ben}

    assert shared_groups(by_person, [ANNA, BEN]) == of_anna & of_ben
    assert shared_groups(by_person, [ANNA]) == of_anna
    assert shared_groups({ANNA: of_anna}, [ANNA, BEN]) == frozenset()
    assert shared_groups(by_person, []) == frozenset()


def test_a_cover_keeps_shared_and_own_apart():
    cover = Cover(frozenset({"goals"}), {ANNA: frozenset({"goals", "notes"})})

    assert cover.opens("goals")
    assert not cover.opens("notes")
    assert cover.opens("notes", ANNA)
    assert not cover.opens("goals", BEN)
    assert cover.groups == {"goals", "notes"}


@pytest.mark.parametrize(
    ("relation", "birth_year", "expected"),
    [
        ("self", 2012, True),  # a minor who asks for help decides on it
        ("partner", None, True),  # in doubt one more has to be asked
        ("child", None, False),
        ("child", 2008, True),  # comes of age this year: only the year is known
        ("child", 2009, False),
        ("partner", 2009, False),
        ("other", 1950, True),
    ],
)
def test_who_decides_for_a_household(relation, birth_year, expected):
    assert decides(relation, birth_year, TODAY) == expected


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_default_end_is_the_same_day_a_year_later_or_the_end_of_february(day):
    end = default_end(day)

    assert (end.year, end.month) == (day.year + 1, day.month)
    assert end.day == day.day or (day.month, day.day, end.day) == (2, 29, 28)


def test_months_are_counted_over_the_end_of_a_year():
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 12) == date(2027, 12, 31)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_something_holds_to_the_last_moment_of_its_last_day(day):
    ends = end_of(day, BERLIN)

    assert last_day(ends, BERLIN) == day
    assert ends.astimezone(BERLIN).hour == 0


@given(MOMENTS, MOMENTS)
def test_case_end_or_term_whichever_is_first(ends, case_ends):
    assert shortened(ends, case_ends, with_case=True) == min(ends, case_ends)
    assert shortened(ends, case_ends, with_case=False) == ends


def test_only_an_oral_one_under_kdg_has_a_day_for_the_signature():
    assert signature_due("oral", "kdg", TODAY) == date(2026, 12, 27)
    assert signature_due("written", "kdg", TODAY) is None
    assert signature_due("oral", "dsgvo", TODAY) is None


def terms(**given) -> Terms:
    known = {
        "purpose": "cooperation", "groups": frozenset({"goals"}), "until": default_end(TODAY), "form": "written",
        "given_on": TODAY, "signed_on": TODAY,
    }  # fmt: skip
    return Terms(**known | given)


def found(one: Terms, regime="dsgvo", birth_year=1985, relation="self") -> list[Problem]:
    return list(problems(one, regime=regime, birth_year=birth_year, relation=relation, on=TODAY))


@pytest.mark.parametrize(
    ("until", "problem"),
    [
        (TODAY - timedelta(days=1), [Problem.ENDS_BEFORE]), (TODAY, []), (months_later(TODAY, 36), []),
        (months_later(TODAY, 36) + timedelta(days=1), [Problem.TOO_LONG]),
    ],
)  # fmt: skip
def test_a_release_lasts_from_a_day_to_three_years(until, problem):
    assert found(terms(until=until)) == problem


def test_what_is_complete_has_no_problem():
    assert found(terms()) == []
    assert found(terms(form="oral", witness="Frau Kurz", signed_on=None)) == []
    assert found(terms(form="electronic", proof="E-Mail vom 28.11.2026", signed_on=None)) == []


@pytest.mark.parametrize(
    ("given", "regime", "problem"),
    [
        ({"groups": frozenset()}, "dsgvo", Problem.NO_GROUPS),
        ({"groups": frozenset({"everything"})}, "dsgvo", Problem.NO_GROUPS),
        ({"given_on": TODAY + timedelta(days=1), "until": default_end(TODAY)}, "dsgvo", Problem.GIVEN_LATER),
        ({"until": TODAY - timedelta(days=1)}, "dsgvo", Problem.ENDS_BEFORE),
        ({"until": date(2029, 11, 30)}, "dsgvo", Problem.TOO_LONG),
        ({"form": "oral", "witness": " ", "signed_on": None}, "dsgvo", Problem.NO_WITNESS),
        ({"signed_on": None}, "dsgvo", Problem.NO_SIGNATURE),
        ({"signed_on": TODAY + timedelta(days=1)}, "dsgvo", Problem.SIGNED_LATER),
        ({"form": "electronic", "signed_on": None}, "dsgvo", Problem.NO_PROOF),
        ({"form": "oral", "witness": "Frau Kurz", "signed_on": None}, "kdg", Problem.NO_DUE_DAY),
        (
            {"form": "oral", "witness": "X", "signed_on": None, "signature_due": TODAY - timedelta(days=1)},
            "kdg", Problem.DUE_BEFORE,
        ),
        ({"signer": "guardian"}, "dsgvo", Problem.NO_SIGNER),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(given, regime, problem):
    assert found(terms(**given), regime) == [problem]


def test_for_minors_it_is_noted_that_they_understand_or_somebody_signs():
    assert found(terms(), birth_year=2010) == [Problem.NO_CAPACITY]
    assert found(terms(), birth_year=None, relation="child") == [Problem.NO_CAPACITY]
    assert found(terms(capacity_noted=True), birth_year=2010) == []
    assert found(terms(signer="parent", signer_name="Rosa G."), birth_year=2010) == []
    assert may_be_minor("self", 2008, TODAY)
    assert not may_be_minor("self", 2007, TODAY)


def ways(**given) -> Ways:
    return Ways(**{"speakers": (ALPHA,), "recipient": BETA, "outside": "", "topic": "Miete"} | given)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"speakers": ()}, Problem.NO_SPEAKER),
        ({"recipient": None}, Problem.NO_RECIPIENT),
        ({"outside": "Dr. Meier"}, Problem.TWO_RECIPIENTS),
        ({"recipient": None, "outside": "Alle Partner im Netz"}, Problem.EVERYBODY),
        ({"recipient": ALPHA}, Problem.TO_THEMSELVES),
        ({"topic": " "}, Problem.NO_TOPIC),
    ],
)
def test_a_release_names_who_may_speak_with_whom_about_what(given, problem):
    assert list(problems_of_ways(ways(**given))) == [problem]


def test_everybody_is_no_recipient_but_a_name_is():
    assert list(problems_of_ways(ways())) == []
    assert list(problems_of_ways(ways(recipient=None, outside="Dr. Meier, Hausärztin"))) == []
    assert [is_blanket(words) for words in ("alle", "Sämtliche Ämter", "an jede Stelle", "Allegro Pflege")] == [
        True, True, True, False,
    ]  # fmt: skip
