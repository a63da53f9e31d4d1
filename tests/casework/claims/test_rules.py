"""Claims: the table of moves, and money as it was granted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CITIES
from tragnetz.casework.claims.benefits import habit_of, habits
from tragnetz.casework.claims.enums import ClaimState, Rhythm
from tragnetz.casework.claims.rules import (
    MOVES,
    OPEN,
    ORDER,
    RENEWABLE,
    Grant,
    by_month,
    fault_of,
    instalments,
    money,
    next_step,
    renew_day,
)
from tragnetz.city.read import read_folder
from tragnetz.core.months import months_later
from tragnetz.deadlines.book import rules

TODAY = date(2026, 11, 24)
FAR = date(2040, 1, 1)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
amounts = st.decimals(Decimal("0.01"), Decimal(3000), places=2)


@st.composite
def grants(draw):
    start = draw(days)
    rhythm = draw(st.sampled_from([Rhythm.MONTH, Rhythm.MONTH, Rhythm.ONCE]))
    until = draw(st.none() | st.integers(0, 900).map(lambda more: start + timedelta(days=more)))
    return Grant(rhythm, draw(amounts), start, until)


@given(st.lists(st.sampled_from(ClaimState), max_size=12))
def test_every_way_through_the_table_ends_in_a_known_state_and_open_ones_go_on(wanted):
    state = ClaimState.PLANNED
    for target in wanted:
        if target in MOVES[state]:
            state = target

    assert state in ORDER
    assert bool(MOVES[state]) or state not in OPEN


def test_each_state_can_be_reached():
    reached, more = set(), {ClaimState.PLANNED}
    while more:
        reached |= more
        more = {target for state in more for target in MOVES[state]} - reached

    assert reached | {ClaimState.RENEWED} == set(ClaimState)
    assert set(ORDER) == set(ClaimState)
    assert reached >= RENEWABLE


@given(days, st.integers(1, 30), amounts)
def test_whole_months_are_counted_once_each(start, months, amount):
    until = months_later(start, months) - timedelta(days=1)

    found = money([Grant(Rhythm.MONTH, amount, start, until)], FAR)

    assert sum(one.amount for one in found) == amount * months
    assert len({one.day for one in found}) == months


@given(days, st.integers(0, 25), amounts)
def test_a_month_that_is_not_whole_is_left_out(start, more, amount):
    until = months_later(start, 3) - timedelta(days=1) + timedelta(days=more)

    assert len(list(instalments(Grant(Rhythm.MONTH, amount, start, until), FAR))) == 3


@given(st.lists(grants(), max_size=6), days)
def test_money_is_never_more_than_each_grant_alone(given_, upto):
    found = money(given_, upto)
    alone = [one for grant in given_ for one in instalments(grant, upto)]

    assert sum(one.amount for one in found) <= sum(one.amount for one in alone)
    assert sum(by_month(found).values()) == sum(one.amount for one in found)
    assert all(one.day <= upto for one in found)


@given(grants(), days)
def test_the_same_grant_again_brings_nothing_more(grant, upto):
    assert money([grant, grant], upto) == money([grant], upto)


@given(st.lists(grants(), max_size=5), grants(), days)
def test_the_last_grant_always_counts_in_full(before, last, upto):
    found = money([*before, last], upto)

    assert all(one in found for one in instalments(last, upto))


def test_a_later_decision_stands_for_the_months_that_it_names():
    first = Grant("month", Decimal(200), date(2026, 1, 1), date(2026, 6, 30))
    second = Grant("month", Decimal(150), date(2026, 4, 1), date(2026, 6, 30))
    once = Grant("once", Decimal(90), date(2026, 2, 10))

    found = by_month(money([first, second, once], TODAY))

    assert list(found.values()) == [200, 290, 200, 150, 150, 150]


def test_an_open_end_counts_until_today_and_nothing_comes_after_the_end():
    open_end = Grant("month", Decimal(100), date(2026, 9, 1))

    assert sum(one.amount for one in money([open_end], TODAY)) == 300
    assert sum(one.amount for one in money([open_end], TODAY, date(2026, 10, 15))) == 200
    assert money([Grant("", None, date(2026, 9, 1))], TODAY) == []


@pytest.mark.parametrize(
    ("grant", "words"),
    [
        (Grant("month", None, TODAY), "Betrag"),
        (Grant("once", Decimal(-5), TODAY), "Betrag"),
        (Grant("month", Decimal(100_000), TODAY), "Betrag"),
        (Grant("", None, date(2006, 1, 1)), "Jahr"),
        (Grant("", None, TODAY, TODAY - timedelta(days=1)), "Ende"),
        (Grant("month", Decimal(5), TODAY, TODAY), ""),
    ],
)
def test_what_was_mistyped_is_told(grant, words):
    found = fault_of(grant, TODAY)

    assert (words in found) if words else found == ""


def test_the_next_step_follows_the_state():
    assert "nachfragen" in next_step("sent", TODAY - timedelta(days=60), None, None, TODAY)
    assert next_step("sent", TODAY, None, None, TODAY) == "Auf den Bescheid warten."
    assert next_step("granted", TODAY, TODAY, TODAY + timedelta(days=20), TODAY) == "Jetzt weiter beantragen."
    assert "vorbei" in next_step("granted", TODAY, None, TODAY - timedelta(days=1), TODAY)
    assert next_step("granted", TODAY - timedelta(days=90), None, None, TODAY) == ""
    assert next_step("withdrawn", TODAY, None, None, TODAY) == ""
    assert all(next_step(state, TODAY, None, None, TODAY) for state in OPEN)


def test_what_is_said_of_benefits_names_deadlines_and_benefits_that_there_are():
    known = {service.id for service in read_folder(CITIES / "herne").services}

    assert set(habits()) - {""} <= known
    for habit in habits().values():
        assert {habit.claim, habit.remedy} - {""} <= rules().keys()
    assert habit_of("sozialticket") == habits()[""]
    assert renew_day(date(2027, 5, 31), habit_of("wohngeld").lead) == date(2027, 4, 5)
    assert renew_day(date(2027, 5, 31), habit_of("elterngeld").lead) is None
