"""How sure a figure is: shares, means and medians with their intervals, and when two groups differ. Pure.

All intervals are closed forms or exact: nothing is drawn at random, so the same rows give the same figures.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

CONFIDENCE = 0.95
LEAST_COMPARED = 20  # a group of fewer is not compared: ours, no law
_EXACT = 1000  # up to so many a binomial is summed up; beyond, the normal distribution is as good
_FEW_DEGREES = 200  # up to so many degrees of freedom Student's distribution is summed up


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, and between which shares the true one lies with 95 per cent."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, from 0 to 1."""
        return self.hits / self.n


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean or median of so many, with its interval; without one they are too few for it."""

    n: int
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A group beside all the others: the difference of the shares with its interval; nothing if one is too small.

    The interval is widened for so many comparisons at once (Bonferroni), so that one in twenty *pages* errs, not one in
    twenty rows.
    """

    difference: float | None = None
    low: float = 0.0
    high: float = 0.0

    @property
    def is_clear(self) -> bool:
        """Whether chance alone hardly makes such a difference."""
        return self.difference is not None and (self.low > 0 or self.high < 0)


def share(hits: int, n: int, confidence: float = CONFIDENCE) -> Share:
    """Return a share with Wilson's interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927).

    Raises ValueError for none.
    """
    if not 0 <= hits <= n or n == 0:
        message = f"{hits} of {n} is no share"
        raise ValueError(message)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (hits + z * z / 2) / (n + z * z)
    half = z * math.sqrt(hits * (n - hits) / n + z * z / 4) / (n + z * z)
    low = 0.0 if hits == 0 else max(middle - half, 0.0)
    high = 1.0 if hits == n else min(middle + half, 1.0)
    return Share(hits, n, low, high)


def mean(counts: Mapping[int, int]) -> Estimate | None:
    """Return the mean of values with how often each came, with Student's interval; nothing for no values."""
    n = sum(counts.values())
    if not n:
        return None
    middle = sum(value * number for value, number in counts.items()) / n
    if n == 1:
        return Estimate(n, middle, None, None)
    spread = sum(number * (value - middle) ** 2 for value, number in counts.items()) / (n - 1)
    half = student(n - 1) * math.sqrt(spread / n)
    return Estimate(n, middle, middle - half, middle + half)


def median(counts: Mapping[int, int]) -> Estimate | None:
    """Return the median, with the two values between which it lies with at least 95 per cent; nothing for no values.

    The interval is the one of order statistics: it asks nothing of how the values are spread. Fewer than six values
    have none (P. Armitage, G. Berry: Statistical Methods in Medical Research).
    """
    n = sum(counts.values())
    if not n:
        return None
    middle = (_at(counts, (n - 1) // 2) + _at(counts, n // 2)) / 2
    rank = _rank(n)
    if not rank:
        return Estimate(n, middle, None, None)
    return Estimate(n, middle, _at(counts, rank - 1), _at(counts, n - rank))


def difference(first: Share, second: Share, confidence: float = CONFIDENCE) -> tuple[float, float, float]:
    """Return the difference of two independent shares with its interval.

    Newcombe's method 10 (R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890), made of two Wilson intervals.
    """
    one, other = (share(row.hits, row.n, confidence) for row in (first, second))
    gap = one.value - other.value
    low = gap - math.hypot(one.value - one.low, other.high - other.value)
    high = gap + math.hypot(one.high - one.value, other.value - other.low)
    return gap, low, high


def compare(groups: Mapping[str, tuple[int, int]], least: int = LEAST_COMPARED) -> dict[str, Compared]:
    """Compare each group, given as hits and number, with all the others together, all at once."""
    hits, people = (sum(row[number] for row in groups.values()) for number in (0, 1))
    large = [name for name, (_hits, n) in groups.items() if n >= least and people - n >= least]
    confidence = 1 - (1 - CONFIDENCE) / max(len(large), 1)
    return {
        name: Compared(*difference(share(mine, n), share(hits - mine, people - n), confidence))
        if name in large
        else Compared()
        for name, (mine, n) in groups.items()
    }


def sign_test(better: int, worse: int) -> float:
    """Return how likely at least so great an imbalance is by chance alone: the sign test, two-sided.

    Who stayed the same says nothing on the direction and is left out (S. Siegel: Nonparametric Statistics, 1956).
    """
    n, few = better + worse, min(better, worse)
    if n == 0 or better == worse:
        return 1.0
    if n <= _EXACT:
        return min(math.ldexp(sum(math.comb(n, number) for number in range(few + 1)), 1 - n), 1.0)
    return 2 * NormalDist().cdf((few + 0.5 - n / 2) / (math.sqrt(n) / 2))


@cache
def student(degrees: int, confidence: float = CONFIDENCE) -> float:
    """Return the quantile of Student's t for a two-sided interval (Abramowitz, Stegun 1964: 26.7.3, 26.7.4, 26.7.5)."""
    if degrees > _FEW_DEGREES:
        z = NormalDist().inv_cdf((1 + confidence) / 2)
        terms = ((z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384)
        return z + sum(term / float(degrees) ** power for power, term in enumerate(terms, start=1))
    low, high = 0.0, 1.0
    while _inside(high, degrees) < confidence:
        high *= 2
    for _step in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, degrees) < confidence else (low, middle)
    return (low + high) / 2


def _inside(t: float, degrees: int) -> float:
    """Return how likely Student's t lies between -t and t: a finite sum for whole degrees of freedom."""
    angle = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    is_odd = degrees % 2 == 1
    term = cosine if is_odd else 1.0
    total, at = (term, 2) if degrees > 1 else (0.0, 2)
    first = 2 if is_odd else 1
    while first + at - 2 < degrees - 2:
        term *= cosine**2 * (first + at - 2) / (first + at - 1)
        total, at = total + term, at + 2
    return (2 / math.pi) * (angle + sine * total) if is_odd else sine * total


def _at(counts: Mapping[int, int], place: int) -> int:
    """Return the value at a place, from 0, when all stand in order."""
    for value in sorted(counts):
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError


@cache
def _rank(n: int) -> int:
    """Return from which rank on the interval of a median begins; 0 for too few."""
    if n > _EXACT:
        return math.floor((n + 1) / 2 - NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * math.sqrt(n) / 2)
    rank, below = 0, math.ldexp(1, -n)
    while below <= (1 - CONFIDENCE) / 2:
        rank += 1
        below += math.ldexp(math.comb(n, rank), -n)
    return rank
