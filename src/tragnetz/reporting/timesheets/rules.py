"""Decides on values: no database, no clock."""

import calendar
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tragnetz.reporting.timesheets.enums import Activity, SheetState

WORKDAYS = 5
LONG_DAY = 600  # § 3 ArbZG: eight hours, at most ten
MOVES: Mapping[SheetState, frozenset[SheetState]] = {
    SheetState.DRAFT: frozenset({SheetState.SIGNED}),
    SheetState.RETURNED: frozenset({SheetState.SIGNED}),
    SheetState.SIGNED: frozenset({SheetState.RETURNED, SheetState.APPROVED}),
    SheetState.APPROVED: frozenset({SheetState.REPLACED}),
    SheetState.REPLACED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a position a project pays, from when to when (`ends` empty: on)."""

    programme: str
    percent: int
    weekly_minutes: int
    starts: date
    ends: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Line:
    """Minutes of a day for a project (empty: other work)."""

    day: date
    programme: str
    activity: str
    minutes: int


def can_move(old: str, new: str) -> bool:
    """Whether a sheet goes from one state to another."""
    return SheetState(new) in MOVES[SheetState(old)]


def days_of(month: date) -> list[date]:
    """Return the days of a month."""
    return [month + timedelta(days=number) for number in range(calendar.monthrange(month.year, month.month)[1])]


def workdays(month: date, holidays: Collection[date]) -> list[date]:
    """Return the weekdays of a month that are no public holidays."""
    return [day for day in days_of(month) if day.weekday() < WORKDAYS and day not in holidays]


def daily_minutes(shares: Iterable[Share], day: date) -> int:
    """Return how long somebody works on a weekday: a fifth of the week; of several positions the largest."""
    return max((share.weekly_minutes for share in shares if share.holds(day)), default=0) // WORKDAYS


def expected(shares: Sequence[Share], month: date) -> dict[str, int]:
    """Return the minutes that the projects pay in a month: their share of each weekday, holidays included."""
    found: dict[str, float] = defaultdict(float)
    for day in days_of(month):
        if day.weekday() < WORKDAYS:
            for share in shares:
                if share.holds(day):
                    found[share.programme] += share.weekly_minutes / WORKDAYS * share.percent / 100
    return {key: round(minutes) for key, minutes in found.items()}


def too_much(shares: Iterable[Share], new: Share) -> bool:
    """Whether a further share would make more than a whole position on some day."""
    rows = [*shares, new]
    starts = {row.starts for row in rows if new.holds(row.starts)} | {new.starts}
    return any(sum(row.percent for row in rows if row.holds(day)) > 100 for day in starts)  # noqa: PLR2004 -- per cent


def project_of(taking_part: Collection[str], named: str, shares: Iterable[Share], day: date) -> str:
    """Return for which project one works in a case: where its people take part, else the one named in it.

    Only a project that pays the person on that day; of several the one named in the case, else the largest share.
    Nothing: other work.
    """
    paying = sorted((row for row in shares if row.holds(day)), key=lambda row: (-row.percent, row.programme))
    fitting = [row.programme for row in paying if row.programme in taking_part]
    if named in fitting or (not fitting and named in {row.programme for row in paying}):
        return named
    return fitting[0] if fitting else ""


def summed(lines: Iterable[Line]) -> list[Line]:
    """Return one line for each day, project and activity; a day has at most 24 hours of each."""
    found: dict[tuple[date, str, str], int] = defaultdict(int)
    for line in lines:
        found[line.day, line.programme, line.activity] += line.minutes
    return [Line(*key, min(minutes, 24 * 60)) for key, minutes in sorted(found.items()) if minutes]


def by_project(lines: Iterable[Line]) -> dict[str, int]:
    """Return the minutes for each project; the key of other work is empty. Absence is counted as other work."""
    found: dict[str, int] = defaultdict(int)
    for line in lines:
        found["" if line.activity == Activity.ABSENT else line.programme] += line.minutes
    return dict(found)


def hints(lines: Sequence[Line], holidays: Collection[date]) -> Iterator[tuple[date, str]]:
    """Yield days to look at again: `long` (more than ten hours), `full` (more than 24), `rest` (Sunday or holiday)."""
    per_day: dict[date, int] = defaultdict(int)
    for line in lines:
        if line.activity != Activity.ABSENT:
            per_day[line.day] += line.minutes
    for day, minutes in sorted(per_day.items()):
        if minutes > 24 * 60:
            yield day, "full"
        elif minutes > LONG_DAY:
            yield day, "long"
        if minutes and (day.weekday() == 6 or day in holidays):  # noqa: PLR2004 -- Sunday
            yield day, "rest"


def clock(minutes: int) -> str:
    """Return hours and minutes as people write them.

    >>> clock(95)
    '1:35'
    """
    return f"{minutes // 60}:{minutes % 60:02}"


def minutes_of(typed: str) -> int | None:
    """Return typed hours as minutes: `1:35`, `1,5`, `1.5`, `2 h`; nothing for what is no time.

    >>> minutes_of("1,5")
    90
    """
    text = typed.strip().lower().removesuffix("std").removesuffix("h").strip().replace(",", ".")
    if ":" in text:
        hours, _colon, rest = text.partition(":")
        if not (hours.isdecimal() and rest.isdecimal() and len(rest) == 2 and int(rest) < 60):  # noqa: PLR2004 -- mm
            return None
        found = int(hours) * 60 + int(rest)
    else:
        whole, _dot, part = text.partition(".")
        if not whole.isdecimal() or (part and not part.isdecimal()) or len(whole) > 2 or len(part) > 2:  # noqa: PLR2004 -- hours of a day
            return None
        found = round(float(text.removesuffix(".")) * 60)
    return found if 0 < found <= 24 * 60 else None
