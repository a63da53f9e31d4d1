"""Hours as values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.reporting.timesheets.rules import (
    Line,
    Share,
    by_project,
    clock,
    daily_minutes,
    days_of,
    expected,
    hints,
    minutes_of,
    project_of,
    summed,
    too_much,
    workdays,
)

JAN = date(2026, 1, 1)
FULL = Share("filou", 50, 2340, JAN)
DAYS = st.dates(JAN, date(2026, 1, 31))
LINES = st.lists(st.builds(Line, DAYS, st.sampled_from(["", "filou", "gut"]), st.just("talk"), st.integers(1, 300)))


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("1:30", 90), ("1,5", 90), ("1.5 h", 90), ("0:05", 5), ("24:00", 1440), ("2", 120), ("2 Std", 120), ("1,25", 75)],
)
def test_hours_are_read_as_people_write_them(typed, minutes):
    assert minutes_of(typed) == minutes


@pytest.mark.parametrize("typed", ["", "0", "0:00", "24:01", "1:60", "1:5", "x", "-1", "1,5,5", "99", "1e3", "½"])
def test_what_is_no_time_of_a_day_is_refused(typed):
    assert minutes_of(typed) is None


@given(st.integers(1, 1440))
def test_a_time_that_is_shown_can_be_typed_again(minutes):
    assert minutes_of(clock(minutes)) == minutes


def test_half_a_position_is_half_of_each_weekday():
    assert expected([FULL], JAN) == {"filou": 22 * 468 // 2}  # January 2026 has 22 weekdays
    assert daily_minutes([FULL], JAN) == 468


def test_a_share_that_begins_in_the_middle_counts_from_there():
    assert expected([Share("filou", 100, 2400, date(2026, 1, 26))], JAN) == {"filou": 5 * 480}


def test_holidays_are_no_workdays():
    assert len(workdays(JAN, {JAN})) == len([day for day in days_of(JAN) if day.weekday() < 5]) - 1


@pytest.mark.parametrize(
    ("new", "over"),
    [(Share("gut", 50, 2340, JAN), False), (Share("gut", 51, 2340, JAN), True),
     (Share("gut", 51, 2340, date(2025, 1, 1), date(2025, 12, 31)), False),
     (Share("gut", 51, 2340, date(2025, 1, 1)), True)],
)  # fmt: skip
def test_more_than_a_whole_position_is_too_much(new, over):
    assert too_much([FULL], new) is over


@pytest.mark.parametrize(
    ("taking_part", "named", "found"),
    [(["filou"], "", "filou"), ([], "filou", "filou"), ([], "gut", ""), (["gut"], "filou", "filou"),
     (["filou", "bqb"], "bqb", "bqb"), (["filou", "bqb"], "", "filou"), ([], "", "")],
)  # fmt: skip
def test_the_project_of_a_case_is_one_that_pays_the_person(taking_part, named, found):
    assert project_of(taking_part, named, [FULL, Share("bqb", 30, 2340, JAN)], JAN) == found


@given(LINES)
def test_no_minute_is_lost_by_adding_up(lines):
    capped = [Line(one.day, one.programme, one.activity, one.minutes) for one in lines[:4]]  # below 24 hours
    assert sum(by_project(summed(capped)).values()) == sum(one.minutes for one in capped)


def test_long_days_and_sundays_are_to_be_looked_at():
    sunday, monday = date(2026, 1, 4), date(2026, 1, 5)
    lines = [Line(sunday, "", "talk", 60), Line(monday, "", "talk", 601), Line(date(2026, 1, 6), "", "absent", 601)]
    assert list(hints(lines, {monday})) == [(sunday, "rest"), (monday, "long"), (monday, "rest")]


@given(DAYS, st.integers(-40, 40))
def test_a_share_holds_from_its_first_to_its_last_day(day, days):
    share = Share("filou", 10, 2340, JAN, date(2026, 1, 31))
    other = day + timedelta(days=days)
    assert share.holds(other) is (date(2026, 1, 1) <= other <= date(2026, 1, 31))
