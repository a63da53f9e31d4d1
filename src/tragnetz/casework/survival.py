"""How long something takes when it has not happened for everybody yet: pure.

The estimate of Kaplan and Meier (Nonparametric estimation from incomplete observations, Journal of the American
Statistical Association 53, 1958, 457-481). Leaving out those who still wait would tell only of the lucky ones.
"""

from collections.abc import Iterable
from typing import NamedTuple

HALF = 0.5


class Seen(NamedTuple):
    """How many had waited `time` when it happened, and how many were last seen waiting then."""

    time: int
    happened: int
    waiting: int


class Point(NamedTuple):
    """From `time` on, this share still waits."""

    time: int
    share: float


def kaplan_meier(seen: Iterable[Seen]) -> list[Point]:
    """Return the share that still waits after each time at which it happened; at equal times that comes first."""
    rows = sorted(seen)
    left = sum(row.happened + row.waiting for row in rows)
    points: list[Point] = []
    share, at = 1.0, 0
    while at < len(rows):
        time, happened, gone = rows[at].time, 0, 0
        while at < len(rows) and rows[at].time == time:
            happened, gone, at = happened + rows[at].happened, gone + rows[at].waiting, at + 1
        if happened:
            share *= 1 - happened / left
            points.append(Point(time, share))
        left -= happened + gone
    return points


def time_until(points: Iterable[Point], share: float = HALF) -> int | None:
    """Return the time after which at most a share still waits; nothing if so few had it that nobody can say."""
    # A tiny part more: 1 - 1/3 - 1/3 is no exact third in a machine.
    return next((point.time for point in points if point.share <= share + 1e-9), None)
