"""How sure a figure is, against published values and by what must always hold."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.reporting.outcomes.statistics import (
    LEAST_COMPARED,
    compare,
    difference,
    mean,
    median,
    share,
    sign_test,
    student,
)

COUNTS = st.dictionaries(st.integers(-20, 20), st.integers(1, 30), min_size=1, max_size=8)


# R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_wilsons_interval(hits, n, low, high):
    found = share(hits, n)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


# The same, Interval estimation for the difference between independent proportions, table II, method 10.
@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926), ((0, 10), (0, 20), -0.1611, 0.2775), ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)  # fmt: skip
def test_a_difference_has_newcombes_interval(first, second, low, high):
    _gap, *found = difference(share(*first), share(*second))

    assert [round(one, 4) for one in found] == [low, high]


# Fisher's table of t, two-sided 5 per cent.
@pytest.mark.parametrize(
    ("degrees", "t"), [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (29, 2.045), (30, 2.042), (120, 1.980)]
)  # fmt: skip
def test_quantiles_of_student(degrees, t):
    assert round(student(degrees), 3) == t


def test_quantiles_of_student_go_on_where_the_sum_ends():
    assert student(200) > student(201) > student(1000) > 1.95996
    assert math.isclose(student(200), student(201), abs_tol=1e-4)


def test_a_mean_of_few_is_less_sure_than_of_many():
    # Student's own example: ten patients, tenths of hours of sleep gained, mean 2.33, s 1.90 by n (Biometrika 6, 1908).
    tenths = (19, 8, 11, 1, -1, 44, 55, 16, 46, 34)
    found = mean(dict.fromkeys(tenths, 1))

    assert found.n == 10
    assert round(found.value, 2) == 23.3
    assert (round(found.low, 1), round(found.high, 1)) == (9.0, 37.6)  # ±2.262 × 20.02/√10, in tenths of an hour
    assert mean({3: 1}).low is None
    assert mean({}) is None


# Ranks of the interval of a median: W. J. Conover, Practical Nonparametric Statistics, table of the binomial.
@pytest.mark.parametrize(("n", "rank"), [(6, 1), (9, 2), (10, 2), (15, 4), (20, 6)])
def test_the_interval_of_a_median_lies_between_two_values(n, rank):
    found = median(dict.fromkeys(range(1, n + 1), 1))

    assert (found.value, found.low, found.high) == ((n + 1) / 2, rank, n + 1 - rank)
    assert median({1: 5}).low is None


def test_the_sign_test_is_siegels():
    # S. Siegel, Nonparametric Statistics (1956), chapter 5: 14 pairs, 3 of the rarer sign, one-sided p = 0.029.
    assert round(sign_test(11, 3) / 2, 3) == 0.029
    assert sign_test(0, 0) == sign_test(7, 7) == 1
    assert math.isclose(sign_test(530, 470), sign_test(531, 470), rel_tol=0.1)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_share_lies_in_its_interval(hits, others):
    if not hits + others:
        return
    found, many = share(hits, hits + others), share(hits * 9, (hits + others) * 9)

    assert 0 <= found.low <= found.value <= found.high <= 1
    assert many.high - many.low < found.high - found.low
    mirrored = share(others, hits + others)
    assert math.isclose(found.low, 1 - mirrored.high, abs_tol=1e-12)


@given(COUNTS)
def test_mean_and_median_are_those_of_the_values(counts):
    values = sorted(value for value, number in counts.items() for _ in range(number))

    assert math.isclose(mean(counts).value, sum(values) / len(values), abs_tol=1e-9)
    assert median(counts).value == (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    if (found := median(counts)).low is not None:
        assert found.low <= found.value <= found.high


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_sign_test_does_not_mind_the_direction(better, worse):
    assert sign_test(better, worse) == sign_test(worse, better)
    assert 0 <= sign_test(better, worse) <= 1


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2))
def test_small_groups_are_not_compared_and_more_groups_make_one_less_sure(given_):
    groups = {name: (hits, hits + others) for name, (hits, others) in given_.items()}
    found = compare(groups)

    for name, (hits, n) in groups.items():
        rest = sum(row[1] for row in groups.values()) - n
        assert (found[name].difference is None) == (min(n, rest) < LEAST_COMPARED)
        if found[name].difference is not None:
            alone = difference(share(hits, n), share(sum(row[0] for row in groups.values()) - hits, rest))
            assert found[name].low <= alone[1] + 1e-9
            assert found[name].high >= alone[2] - 1e-9


def test_a_difference_that_chance_makes_is_not_clear():
    found = compare({"a": (30, 50), "b": (25, 50), "c": (28, 50)})
    assert not any(row.is_clear for row in found.values())

    assert compare({"a": (45, 50), "b": (10, 50), "c": (12, 50)})["a"].is_clear
