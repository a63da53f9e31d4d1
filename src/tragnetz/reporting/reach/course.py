"""Plan and reach, month by month, in fives: the curve stands where full fives were reached. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from math import ceil
from statistics import fmean

from tragnetz.core.months import months_later
from tragnetz.network.shapes import Target
from tragnetz.reporting.reach.cells import Cell, Unit, sums
from tragnetz.reporting.reach.forecast import LOOKED_AT, Forecast, forecast
from tragnetz.reporting.reach.words import UNIT_NAMES
from tragnetz.reporting.statistics import in_fives

DAYS_A_MONTH = 365.25 / 12
# What a funding decision may name; what "persons or families" (`total`) counts, the target says.
NAMED = ("total", "persons", "families")


@dataclass(frozen=True, slots=True)
class Goal:
    """So many of a unit are to be reached by the end, and by the ends of some years."""

    unit: Unit
    number: int
    yearly: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Month:
    """One month: who entered in it, who had by its end, and how many were planned by then."""

    first: date
    entered: int
    reached: int
    planned: int | None


@dataclass(frozen=True, slots=True)
class Course:
    """How a unit came along. `pace`: a month, in the last full ones. `needed`: a month, to reach the goal.

    `coming` is the forecast of those still to come; without it too little is known, or nothing can come any more.
    """

    unit: Unit
    goal: Goal | None
    months: tuple[Month, ...]
    reached: int
    planned: int | None
    looked_at: int
    pace: float | None
    months_left: float
    needed: int | None
    coming: Forecast | None

    @property
    def unit_name(self) -> str:
        """What is counted, in words."""
        return str(UNIT_NAMES[self.unit])

    @property
    def expected(self) -> int | None:
        """How many it will be at the end."""
        return None if self.coming is None else self.reached + self.coming.expected

    @property
    def low(self) -> int | None:
        """The lower end of the range."""
        return None if self.coming is None else self.reached + self.coming.low

    @property
    def high(self) -> int | None:
        """The upper end of the range."""
        return None if self.coming is None else self.reached + self.coming.high


def goals_of(target: Target, yearly: Mapping[int, Target]) -> list[Goal]:
    """Return the goals that a funding decision names."""
    found = []
    units: Mapping[str, Unit] = {"total": target.counts, "persons": "persons", "families": "families"}
    for name in NAMED:
        number = getattr(target, name)
        if number:
            years = {year: getattr(row, name) for year, row in yearly.items() if getattr(row, name) is not None}
            found.append(Goal(units[name], number, years))
    return found


def planned_by(goal: Goal, starts: date, ends: date, day: date) -> int:
    """Return how many were to be reached by the end of a day: straight from one known number to the next."""
    points = [(starts.toordinal() - 1, 0)]
    points += [
        (date(year, 12, 31).toordinal(), number)
        for year, number in sorted(goal.yearly.items())
        if starts <= date(year, 12, 31) < ends
    ]
    points.append((ends.toordinal(), goal.number))
    at = min(max(day.toordinal(), points[0][0]), points[-1][0])
    for (before, less), (after, more) in pairwise(points):
        if before <= at <= after:
            return round(less + (more - less) * (at - before) / (after - before))
    return goal.number


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of the months from one day to another."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = months_later(month, 1)
    return found


def course_of(
    cells: Sequence[Cell], unit: Unit, *, goal: Goal | None, starts: date, ends: date, day: date
) -> Course | None:
    """Return how a unit came along up to a day; nothing before the start."""
    if day < starts:
        return None
    until = min(day, ends)
    entered = {month: getattr(one, unit) for month, one in sums(cells, lambda cell: cell.month).items()}
    firsts = months_between(starts, until)
    counts = in_fives(entered.get(month, 0) for month in firsts)
    months = tuple(
        Month(month, count, reached, planned_by(goal, starts, ends, min(_last_day(month), until)) if goal else None)
        for month, count, reached in zip(firsts, counts, accumulate(counts), strict=True)
    )
    # Only whole months tell a pace: neither one that began before the project did, nor the running one.
    whole = [
        count for month, count in zip(firsts, counts, strict=True) if month >= starts and _last_day(month) <= until
    ]
    looked, left = whole[-LOOKED_AT:], max((ends - day).days, 0) / DAYS_A_MONTH
    reached = sum(counts)
    missing = max(goal.number - reached, 0) if goal else 0
    return Course(
        unit, goal, months, reached, planned_by(goal, starts, ends, until) if goal else None, len(looked),
        fmean(looked) if looked else None, left, ceil(missing / left) if goal and left else None,
        forecast(looked, left) if left else None,
    )  # fmt: skip


def _last_day(month: date) -> date:
    return date.fromordinal(months_later(month, 1).toordinal() - 1)
