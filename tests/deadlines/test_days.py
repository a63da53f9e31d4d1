"""Counting days: what holds for any day."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deadlines.nrw import NRW
from tragnetz.core.months import months_later
from tragnetz.deadlines.days import (
    end_of_life_month,
    is_workday,
    month_end,
    months_before,
    next_workday,
    off_day,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # leap year
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),  # no jump to the end of a longer month
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_number_or_with_the_month(day, months, then):
    assert months_later(day, months) == then


@pytest.mark.parametrize(
    ("birth", "number", "end"),
    [
        (date(2026, 1, 10), 1, date(2026, 2, 9)),
        (date(2026, 1, 10), 4, date(2026, 5, 9)),
        (date(2026, 1, 1), 1, date(2026, 1, 31)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 10, 30), 4, date(2027, 2, 28)),
        (date(2026, 10, 29), 4, date(2027, 2, 28)),
        (date(2026, 10, 28), 4, date(2027, 2, 27)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
    ],
)
def test_a_month_of_life_ends_before_the_day_with_the_same_number(birth, number, end):
    assert end_of_life_month(birth, number) == end


@pytest.mark.parametrize(
    ("end", "months", "before"),
    [
        (date(2026, 12, 31), 3, date(2026, 9, 30)),
        (date(2026, 4, 30), 2, date(2026, 2, 28)),
        (date(2026, 6, 15), 2, date(2026, 4, 15)),
    ],
)
def test_counting_back_leaves_whole_months(end, months, before):
    assert months_before(end, months) == before


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 11, 1), "ein Feiertag (Allerheiligen)"),
        (date(2026, 6, 4), "ein Feiertag (Fronleichnam)"),
        (date(2026, 12, 24), ""),
        (date(2026, 12, 31), ""),
        (date(2026, 11, 28), "ein Samstag"),
        (date(2026, 10, 31), "ein Samstag"),  # the Reformation is no holiday here
    ],
)
def test_days_off_are_those_of_the_state(day, off):
    assert off_day(day, NRW) == off


@given(DAYS)
@settings(max_examples=60, deadline=None)
def test_the_next_workday_is_a_workday_and_soon(day):
    found = next_workday(day, NRW)

    assert is_workday(found, NRW)
    assert 0 <= (found - day).days <= 5


@given(DAYS, DAYS, st.integers(0, 60))
@settings(max_examples=80, deadline=None)
def test_who_begins_later_never_ends_earlier(first, second, months):
    early, late = sorted((first, second))

    assert months_later(early, months) <= months_later(late, months)
    assert month_end(early, months) <= month_end(late, months)
    assert next_workday(early, NRW) <= next_workday(late, NRW)
    assert end_of_life_month(early, months + 1) <= end_of_life_month(late, months + 1)
