"""Where a count leads: the range says how sure it is, and says nothing when it knows nothing."""

import random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.reporting.reach.forecast import LEAST_COUNT, forecast

MONTHS = st.lists(st.integers(0, 400), min_size=3, max_size=6)


@pytest.mark.parametrize("counts", [[], [40, 40], [3, 3, 3]])
def test_few_months_or_few_people_tell_nothing(counts):
    assert forecast(counts, 12) is None


@given(counts=MONTHS, left=st.floats(0, 48))
def test_the_range_holds_what_is_most_likely_and_is_never_below_nothing(counts, left):
    found = forecast(counts, left)
    if sum(counts) < LEAST_COUNT:
        assert found is None
        return
    assert 0 <= found.low <= found.expected <= found.high
    assert found.expected in {round(fmean(counts) * left), found.low, found.high}


@given(counts=MONTHS.filter(lambda one: sum(one) >= LEAST_COUNT), left=st.floats(0.5, 24))
def test_the_further_away_the_wider(counts, left):
    near, far = forecast(counts, left), forecast(counts, left * 2)
    assert far.high - far.low >= near.high - near.low


@given(st.lists(st.integers(20, 60), min_size=6, max_size=6))
def test_counts_that_swing_make_it_wider(counts):
    calm, wild = [round(fmean(counts))] * 6, [0, 2 * round(fmean(counts))] * 3
    narrow, wide = forecast(calm, 12), forecast(wild, 12)
    assert wide.high - wide.low > narrow.high - narrow.low


def test_nothing_comes_any_more_when_the_time_is_over():
    found = forecast([40] * 6, 0)
    assert (found.expected, found.low, found.high) == (0, 0, 0)


@pytest.mark.parametrize("rate", [4, 36])
def test_nine_of_ten_ranges_hold_what_came(rate):
    """Simulated months of a steady project: six are looked at, twelve come."""
    chance, held, runs = random.Random(20261129), 0, 600  # noqa: S311 -- months by chance, no secret
    for _run in range(runs):
        months = [poisson(chance, rate) for _month in range(18)]
        found = forecast(months[:6], 12)
        held += found is not None and found.low <= sum(months[6:]) <= found.high

    assert 0.87 <= held / runs <= 0.97


def poisson(chance, rate):
    """Count arrivals of one month, one by one."""
    time, number = chance.expovariate(rate), 0
    while time < 1:
        number += 1
        time += chance.expovariate(rate)
    return number
