"""The days of the run-down, and what stands against carrying a decision out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tragnetz.reporting.ending.enums import DecisionState, Obstacle, Stage, Way
from tragnetz.reporting.ending.rules import Known, asked_on, can_move, is_still_asked, marks_of, obstacle, stage_of

DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


@given(DAYS, st.integers(-400, 400))
def test_the_stage_hangs_on_the_days_left_alone(ends, left):
    expected = None if left > 90 else Stage.EARLY if left > 30 else Stage.LATE if left > 0 else Stage.OVER
    assert stage_of(ends, ends - timedelta(days=left)) == expected


@given(DAYS)
def test_a_stage_begins_on_its_day_and_never_goes_back(ends):
    marks = marks_of(ends)
    order = [None, Stage.EARLY, Stage.LATE, Stage.OVER]
    for number, day in enumerate((marks.early, marks.late, marks.last), start=1):
        assert stage_of(ends, day) == order[number]
        assert stage_of(ends, day - timedelta(days=1)) == order[number - 1]


@given(DAYS, st.integers(0, 400))
def test_nobody_is_asked_before_six_months_nor_after_nine(left_on, days):
    then = left_on + timedelta(days=days)
    assert 181 <= (asked_on(left_on) - left_on).days <= 184
    if then <= asked_on(left_on):
        assert is_still_asked(left_on, then)
    if days > 276:
        assert not is_still_asked(left_on, then)


def test_each_way_waits_for_what_it_promises():
    assert obstacle(Way.MOVES, Known(), over=True) == Obstacle.NOT_ENTERED
    assert obstacle(Way.HANDED, Known(), over=True) == Obstacle.NOT_HANDED
    assert obstacle(Way.CLOSES, Known(), over=True) == Obstacle.NOT_CLOSED
    assert obstacle(Way.STAYS, Known(runs=True), over=False) == Obstacle.STILL_RUNS
    assert obstacle(Way.STAYS, Known(runs=True), over=True) is None


def test_what_is_replaced_stays_replaced():
    assert can_move("decided", "done")
    assert can_move("done", "replaced")
    assert not any(can_move("replaced", state) for state in DecisionState.values)
