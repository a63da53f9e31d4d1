"""Kaplan and Meier against figures everybody can look up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.casework.survival import Seen, kaplan_meier, time_until

# Freireich et al., Blood 21 (1963): weeks of remission of 21 patients with 6-mercaptopurine (+: still in it) and of 21
# with placebo; in every textbook of survival analysis, the estimates e.g. in Kleinbaum and Klein, chapter 2.
TREATED = {6: (3, 1), 7: (1, 0), 9: (0, 1), 10: (1, 1), 11: (0, 1), 13: (1, 0), 16: (1, 0), 17: (0, 1), 19: (0, 1),
           20: (0, 1), 22: (1, 0), 23: (1, 0), 25: (0, 1), 32: (0, 2), 34: (0, 1), 35: (0, 1)}  # fmt: skip
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def seen(table) -> list[Seen]:
    return [Seen(time, *counts) for time, counts in table.items()]


def test_shares_are_those_of_the_textbook():
    found = {point.time: round(point.share, 4) for point in kaplan_meier(seen(TREATED))}

    assert found == {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}


def test_medians_are_those_of_the_textbook():
    placebo = [Seen(time, 1, 0) for time in PLACEBO]

    assert time_until(kaplan_meier(seen(TREATED))) == 23
    assert time_until(kaplan_meier(placebo)) == 8


def test_nobody_can_say_a_time_that_too_few_have_reached():
    assert time_until(kaplan_meier([Seen(3, 1, 0), Seen(5, 0, 9)])) is None
    assert kaplan_meier([]) == []


def test_leaving_out_who_waits_would_promise_too_much():
    served = [Seen(2, 5, 0), Seen(9, 5, 0)]
    waiting = [Seen(8, 0, 10)]

    assert time_until(kaplan_meier(served)) == 2
    assert time_until(kaplan_meier(served + waiting)) == 9


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_without_anybody_waiting_it_is_the_plain_share(times):
    points = kaplan_meier([Seen(time, 1, 0) for time in times])

    for point in points:
        assert point.share == pytest.approx(sum(time > point.time for time in times) / len(times))
    assert time_until(points) == sorted(times)[(len(times) + 1) // 2 - 1]


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60))
def test_equal_rows_may_be_counted_together(rows):
    apart = [Seen(time, int(happened), int(not happened)) for time, happened in rows]
    together = [
        Seen(
            time,
            sum(one.happened for one in apart if one.time == time),
            sum(one.waiting for one in apart if one.time == time),
        )
        for time in {one.time for one in apart}
    ]

    assert [(one.time, pytest.approx(one.share)) for one in kaplan_meier(apart)] == kaplan_meier(together)
