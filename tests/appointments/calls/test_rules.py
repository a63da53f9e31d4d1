"""When we promise to call: only while somebody is there, the urgent first, never more than can be called."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.appointments.calls.rules import (
    PROMISE,
    Staffed,
    full_runs,
    is_soon_enough,
    next_try,
    promise,
    staffed_times,
    state_after,
    told_window,
)

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: float, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


NINE = at(9)


def week(people: int = 1) -> list[Staffed]:
    return [Staffed(at(8, day), at(15, day), people) for day in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]


def ask(staffed, *, ahead=0, urgency="normal", now=NINE, per_hour=4):
    return promise(staffed, ahead=ahead, per_hour=per_hour, urgency=urgency, now=now)


def test_urgent_is_promised_within_two_hours_whatever_waits():
    assert ask(week(), urgency="today", ahead=1000) == (at(9), at(11))


def test_after_hours_urgent_is_promised_for_the_first_hours_of_the_next_day():
    assert ask(week(), urgency="today", now=at(20)) == (at(8, 1), at(10, 1))


def test_just_before_closing_the_open_minutes_count_as_waited():
    assert ask(week(), urgency="today", now=at(14.75)) == (at(8, 1), at(9.75, 1))


def test_on_friday_evening_a_call_is_promised_for_monday():
    assert ask(week(), now=at(16, 4)) == (at(8, 7), at(10, 7))


@pytest.mark.parametrize(
    ("urgency", "now", "promised"),
    [
        ("today", at(14.5), (at(14.5), at(15))), ("today", at(14.6), (at(8, 1), at(9.6, 1))),
        ("normal", at(14), (at(14), at(15))), ("week", at(14.1), (at(8, 1), at(10, 1))),
    ],
)  # fmt: skip
def test_the_time_left_before_closing_suffices_to_call_or_the_next_day_is_promised(urgency, now, promised):
    window = ask(week(), urgency=urgency, now=now)

    assert tuple(round((one - MONDAY) / HOUR, 6) for one in window) == tuple(
        round((one - MONDAY) / HOUR, 6) for one in promised
    )


def test_nobody_waits_for_a_full_hour_when_nobody_is_ahead():
    assert ask(week(), urgency="week", now=at(9.25)) == (at(9.25), at(11.25))
    assert ask(week(), urgency="week", now=at(9.25), ahead=1) == (at(10), at(12))


def test_a_time_shorter_than_the_least_is_promised_whole():
    assert ask([Staffed(at(10), at(10.25), 1)]) == (at(10), at(10.25))


def test_each_call_ahead_takes_its_time_and_more_people_make_it_shorter():
    assert ask(week(), urgency="week", ahead=8, now=at(8)) == (at(10), at(12))
    assert ask(week(2), urgency="week", ahead=8, now=at(8)) == (at(9), at(11))


def test_what_is_not_urgent_gets_half_of_the_calls():
    assert ask(week(), urgency="normal", ahead=8, now=at(8)) == (at(12), at(14))


def test_a_full_day_is_passed_over_and_named():
    promised = ask(week(), ahead=16, now=at(8))

    assert promised == (at(9, 1), at(11, 1))
    assert list(full_runs(week(), promised, at(8))) == [at(8)]
    assert list(full_runs(week(), promised, at(9))) == [at(9)]
    assert list(full_runs(week(), promised, at(14.5))) == []  # closing time passed it over, not the calls


@pytest.mark.parametrize(
    ("promised_until", "urgency", "enough"),
    [(at(9), "week", True), (at(10), "week", True), (at(10.1), "week", False), (at(20), "today", True)],
)
def test_a_promised_call_is_soon_enough_before_the_talk_or_as_soon_as_anybody_can(promised_until, urgency, enough):
    assert is_soon_enough(promised_until, urgency, at(10)) is enough


def test_nobody_there_promises_nothing():
    assert ask([]) is None
    assert ask(week(), now=at(0, 30)) is None


def test_a_person_on_two_lines_counts_once():
    assert staffed_times([[(at(8), at(12)), (at(10), at(15))], [(at(9), at(10))]]) == [
        (at(8), at(9), 1), (at(9), at(10), 2), (at(10), at(15), 1),
    ]  # fmt: skip


def test_told_window_stays_within_opening_hours():
    runs = [(at(8), at(15)), (at(8, 1), at(15, 1))]

    assert told_window(at(11), runs, at(8)) == (at(9), at(11))
    assert told_window(at(9.75, 1), runs, at(14.75)) == (at(8, 1), at(9.75, 1))
    assert told_window(at(11), runs, at(10.5)) == (at(10.5), at(11))
    assert told_window(at(9), [(at(8), at(9))], at(0)) == (at(8), at(9))  # to the end of a short time
    assert told_window(at(8, 1), runs, at(14)) == (at(6, 1), at(8, 1))  # the plan was changed: we begin only then


@pytest.mark.parametrize(
    ("result", "tries", "state"),
    [("reached", 1, "done"), ("no_answer", 1, "open"), ("voicemail", 2, "open"), ("no_answer", 3, "not_reached"),
     ("wrong", 1, "not_reached")],
)  # fmt: skip
def test_after_three_tries_or_a_wrong_number_somebody_is_not_reached(result, tries, state):
    assert state_after(result, tries) == state


def test_the_next_try_comes_later_the_same_day_then_at_another_hour():
    runs = [(at(8), at(15)), (at(8, 1), at(15, 1))]

    assert next_try([], runs) is None
    assert next_try([at(9)], runs) == at(11)
    assert next_try([at(9), at(11)], runs) == at(9, 1)
    assert next_try([at(9), at(11), at(12)], runs) == at(10, 1)  # each later one at another hour as well
    assert next_try([at(9, 1)], runs) == at(11, 1)  # days that are over count for nothing
    assert next_try([at(14, 1)], runs) == at(15, 1)
    assert next_try([at(16, 1)], runs) == at(16, 1)  # nobody is there any more


spans = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 20), st.integers(1, 12), st.integers(1, 3)), min_size=1, max_size=8
)


def _staffed(rows) -> list[Staffed]:
    people = []
    for day, start, length, number in rows:
        people += [[(at(start, day), at(start + length, day))]] * number
    return staffed_times(people)


def _open_time(staffed, begins, ends) -> timedelta:
    parts = (min(one.ends, ends) - max(one.begins, begins) for one in staffed)
    return sum((part for part in parts if part > timedelta()), timedelta())


@given(spans, st.integers(0, 60), st.sampled_from(["today", "week", "normal"]), st.floats(0, 240), st.integers(1, 30))
def test_every_promise_lies_while_somebody_is_there(rows, ahead, urgency, hours, per_hour):
    staffed, now = _staffed(rows), MONDAY + timedelta(hours=hours)
    promised = ask(staffed, ahead=ahead, urgency=urgency, now=now, per_hour=per_hour)

    if promised is None:
        return
    assert now <= promised.begins < promised.ends
    assert promised.ends - promised.begins <= PROMISE
    assert _open_time(staffed, promised.begins, promised.ends) == promised.ends - promised.begins
    if urgency == "today":
        assert _open_time(staffed, now, promised.ends) <= PROMISE
    else:
        done = sum(_open_time([one], now, promised.begins) / HOUR * one.people for one in staffed) * per_hour
        assert done * (1 if urgency == "week" else 0.5) >= ahead - 1e-6


@given(spans, st.integers(0, 60), st.floats(0, 240))
def test_the_more_urgent_is_never_promised_later(rows, ahead, hours):
    staffed, now = _staffed(rows), MONDAY + timedelta(hours=hours)
    found = [ask(staffed, ahead=ahead, urgency=urgency, now=now) for urgency in ("today", "week", "normal")]

    ends = [one.ends for one in found if one is not None]
    assert ends == sorted(ends)
    assert found == sorted(found, key=lambda one: one is None)
