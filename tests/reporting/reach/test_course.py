"""Plan and reach, month by month."""

import uuid
from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.network.shapes import Target
from tragnetz.reporting.reach.cells import Cell, Counts
from tragnetz.reporting.reach.course import Goal, course_of, goals_of, months_between, planned_by

STARTS, ENDS = date(2026, 1, 1), date(2028, 12, 31)
GOAL = Goal("households", 1300, {2026: 350, 2027: 830, 2028: 1300})
NO_YEARS = Goal("households", 1096, {})


def cells(*numbers, first=STARTS):
    """So many households in each month."""
    months = months_between(first, date(2028, 12, 31))
    return [
        Cell(month, uuid.uuid4(), uuid.uuid4(), None, "", Counts(persons=number * 2, households=number), {})
        for month, number in zip(months, numbers, strict=False)
    ]


def course(numbers, day, goal=GOAL):
    return course_of(cells(*numbers), "households", goal=goal, starts=STARTS, ends=ENDS, day=day)


@pytest.mark.parametrize(
    ("day", "planned"),
    [(date(2025, 1, 1), 0), (date(2026, 12, 31), 350), (date(2027, 12, 31), 830), (date(2028, 12, 31), 1300),
     (date(2030, 1, 1), 1300), (date(2026, 7, 2), 175)],
)  # fmt: skip
def test_the_plan_goes_straight_from_year_to_year(day, planned):
    assert planned_by(GOAL, STARTS, ENDS, day) == planned


def test_without_years_the_plan_is_one_straight_line():
    days = [date(2026, 1, 1), date(2027, 1, 1), date(2028, 12, 31)]
    assert [planned_by(NO_YEARS, STARTS, ENDS, day) for day in days] == [1, 366, 1096]


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_a_plan_never_falls(day, later):
    then = date.fromordinal(day.toordinal() + later)
    assert 0 <= planned_by(GOAL, STARTS, ENDS, day) <= planned_by(GOAL, STARTS, ENDS, then) <= GOAL.number


@given(st.lists(st.integers(0, 90), min_size=1, max_size=30))
def test_a_course_adds_up(numbers):
    day = date(2028, 6, 30)
    found = course(numbers, day)

    every = [*numbers, *[0] * (30 - len(numbers))]

    assert found.reached == sum(month.entered for month in found.months) == found.months[-1].reached
    assert [month.reached for month in found.months] == [number // 5 * 5 for number in accumulate(every)]


def test_pace_is_that_of_the_last_six_whole_months():
    found = course([99, 99, 10, 20, 30, 40, 50, 60, 7], date(2026, 9, 15))

    assert (found.pace, found.looked_at) == (35, 6)
    assert found.planned == planned_by(GOAL, STARTS, ENDS, date(2026, 9, 15))


def test_what_is_needed_reaches_the_goal():
    found = course([30] * 12, date(2026, 12, 31))

    assert found.needed == 40  # 940 in 24 months: 39.2
    assert found.low <= found.expected <= found.high
    assert found.expected == 360 + 30 * 24


def test_a_month_that_began_before_the_project_tells_no_pace():
    found = course_of(
        cells(1, 9, 10, 10), "households", goal=None, starts=date(2026, 1, 20), ends=ENDS, day=date(2026, 4, 30)
    )
    assert (found.pace, found.looked_at, found.needed) == (10, 3, None)


def test_after_the_end_nothing_is_to_come():
    found = course([40] * 36, date(2029, 5, 1))

    assert (found.reached, found.planned, found.coming, found.needed, len(found.months)) == (1440, 1300, None, None, 36)


def test_before_the_start_there_is_no_course():
    assert course([], date(2025, 12, 31)) is None


def test_goals_are_those_that_the_decision_names():
    yearly = {2026: Target(total=350), 2027: Target(families=2)}
    found = goals_of(Target(total=1300, families=500), yearly)

    assert found == [Goal("households", 1300, {2026: 350}), Goal("families", 500, {2027: 2})]
    assert goals_of(Target(), {}) == []
    assert goals_of(Target(total=1300, counts="persons"), yearly) == [Goal("persons", 1300, {2026: 350})]
