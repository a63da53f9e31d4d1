"""Where a count leads if it goes on as in the last months: a range that says how sure it is. Pure.

Counts of months are taken as Poisson with an unknown rate (Jeffreys' prior), so that the sum of further months is
negative binomial: it holds both chance and how little a few months tell. Counts that swing more than chance does
(variance above the mean) make the range wider by just that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, lgamma, log, log1p
from statistics import fmean, variance

LOOKED_AT = 6  # months that the pace is taken from
LEAST_MONTHS, LEAST_COUNT = 3, 10  # fewer tell nothing
SURE = 0.9  # nine of ten such ranges hold what comes
_PRIOR = 0.5
_A_DAY = 0.03  # of a month


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is still to come: the most likely number, and the range for nine of ten cases."""

    expected: int
    low: int
    high: int


def forecast(counts: Sequence[int], months_left: float) -> Forecast | None:
    """Return how many are still to come in `months_left` months; nothing where too little is known."""
    if len(counts) < LEAST_MONTHS or sum(counts) < LEAST_COUNT:
        return None
    if months_left < _A_DAY:
        return Forecast(0, 0, 0)
    mean = fmean(counts)
    swing = max(variance(counts) / mean, 1.0)
    shape, share = sum(counts) / swing + _PRIOR, len(counts) / (len(counts) + months_left)
    low, high = _quantiles(shape, share, ((1 - SURE) / 2, (1 + SURE) / 2))
    least, most = floor(low * swing), ceil(high * swing)
    return Forecast(min(max(round(mean * months_left), least), most), least, most)


def _quantiles(shape: float, share: float, wanted: Sequence[float]) -> list[int]:
    """Return quantiles of a negative binomial distribution, `wanted` ascending."""
    found: list[int] = []
    reached, number = 0.0, 0
    fail = log1p(-share)
    first = shape * log(share) - lgamma(shape)
    while len(found) < len(wanted):
        reached += exp(first + lgamma(shape + number) - lgamma(number + 1) + number * fail)
        while len(found) < len(wanted) and reached >= wanted[len(found)]:
            found.append(number)
        number += 1
    return found
