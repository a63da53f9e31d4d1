"""Decisions on groups: pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tragnetz.appointments.enums import GroupState, RegistrationState

CHECK_IN_BEFORE = timedelta(minutes=30)
REMIND_BEFORE = timedelta(hours=24)
MOST_DATES = 60
LONGEST = timedelta(hours=10)
_LOOK_AHEAD_WEEKS = 104  # a series that finds no open day for so long is a typing error
_OTHER_DAYS, _GRID = 28, timedelta(minutes=30)
_EARLIEST, _LATEST = time(8), time(20)
_SUNDAY = 6

GROUP_MOVES: Mapping[str, frozenset[str]] = {
    GroupState.DRAFT: frozenset({GroupState.OPEN}),
    GroupState.OPEN: frozenset({GroupState.CANCELLED}),
    GroupState.CANCELLED: frozenset(),
}
REGISTRATION_MOVES: Mapping[str, frozenset[str]] = {
    RegistrationState.WAITING: frozenset({RegistrationState.REGISTERED, RegistrationState.CANCELLED}),
    RegistrationState.REGISTERED: frozenset({RegistrationState.CANCELLED}),
    RegistrationState.CANCELLED: frozenset(),
}


class Span(NamedTuple):
    """From when to when a date lasts (aware times)."""

    starts_at: datetime
    ends_at: datetime


class Door(StrEnum):
    """Whether somebody may still come in, and else why not."""

    OPEN = "open"
    DRAFT = "draft"
    CANCELLED = "cancelled"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Series:
    """The dates of a series, and the days it leaves out because the house is closed."""

    spans: tuple[Span, ...]
    left_out: tuple[date, ...]


def span_on(day: date, starts: time, ends: time, zone: ZoneInfo) -> Span:
    """Return a date by the clock on the wall: when the clocks change, a group still begins at the same hour."""
    return Span(
        datetime.combine(day, starts, zone).astimezone(UTC),
        datetime.combine(day, ends, zone).astimezone(UTC),
    )


def series(
    first: date,
    starts: time,
    ends: time,
    *,
    zone: ZoneInfo,
    count: int,
    every: int,
    is_closed: Callable[[date], bool],
) -> Series:
    """Return so many dates on the same weekday, every so many weeks; a closed day is left out, not counted."""
    spans: list[Span] = []
    left_out: list[date] = []
    for number in range(_LOOK_AHEAD_WEEKS):
        if len(spans) == min(count, MOST_DATES):
            break
        day = first + timedelta(weeks=number * every)
        if is_closed(day):
            left_out.append(day)
        else:
            spans.append(span_on(day, starts, ends, zone))
    return Series(tuple(spans), tuple(left_out))


def free_seats(taken: Collection[int], places: int) -> list[int]:
    """Return the seats that nobody has, lowest first."""
    known = set(taken)
    return [seat for seat in range(1, places + 1) if seat not in known]


def door(state: str, *, until: datetime | None, last_start: datetime | None, now: datetime) -> Door:
    """Tell whether one may register: until the day that was set, else until the last date begins."""
    if state != GroupState.OPEN:
        return Door(state)
    if last_start is None or last_start <= now:
        return Door.OVER
    return Door.LATE if until is not None and until <= now else Door.OPEN


def may_check_in(span: Span, now: datetime) -> bool:
    """Whether people may sign in at a date themselves."""
    return span.starts_at - CHECK_IN_BEFORE <= now < span.ends_at


def share(came: int, held: int) -> int:
    """Return the share of dates attended, in per cent, rounded down."""
    return 100 * came // held if held else 0


def has_earned(needed: int | None, *, came: int, held: int) -> bool:
    """Whether somebody gets a certificate: `needed` is per cent of all dates (nothing: the group gives none)."""
    return needed is not None and came > 0 and 100 * came >= needed * held


def minutes_of(spans: Iterable[Span]) -> int:
    """Return how many minutes some dates took."""
    return sum(int((span.ends_at - span.starts_at).total_seconds()) // 60 for span in spans)


def next_possible(
    wanted: Span, busy: Sequence[Span], *, zone: ZoneInfo, is_closed: Callable[[date], bool], not_before: datetime
) -> list[Span]:
    """Return three times near a wanted one at which nobody is busy: one on the same day, else on the days after."""

    def is_free(span: Span) -> bool:
        overlaps = any(one.starts_at < span.ends_at and span.starts_at < one.ends_at for one in busy)
        return span.starts_at >= not_before and not overlaps

    same_day = sorted(filter(is_free, _same_day(wanted, zone)), key=lambda span: abs(span.starts_at - wanted.starts_at))
    found = same_day[:1]
    for span in _days_after(wanted, zone, is_closed):
        if len(found) == 3:  # noqa: PLR2004 -- three are enough to choose from
            break
        if is_free(span):
            found.append(span)
    return sorted(found)


def _same_day(wanted: Span, zone: ZoneInfo) -> Iterator[Span]:
    length = wanted.ends_at - wanted.starts_at
    day = wanted.starts_at.astimezone(zone).date()
    start = datetime.combine(day, _EARLIEST, zone).astimezone(UTC)
    latest = datetime.combine(day, _LATEST, zone).astimezone(UTC)
    while start + length <= latest:
        yield Span(start, start + length)
        start += _GRID


def _days_after(wanted: Span, zone: ZoneInfo, is_closed: Callable[[date], bool]) -> Iterator[Span]:
    local, local_end = (at.astimezone(zone) for at in wanted)
    for number in range(1, _OTHER_DAYS + 1):
        day = local.date() + timedelta(days=number)
        if day.weekday() != _SUNDAY and not is_closed(day):
            yield span_on(day, local.time(), local_end.time(), zone)
