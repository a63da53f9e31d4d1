"""Decisions on plans: pure. Days and hours are local, talks and times away are instants."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tragnetz.appointments.enums import Kind
from tragnetz.appointments.rules import Shift
from tragnetz.core.ids import new_id

type Span = tuple[datetime, datetime]
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
WEEKS_AHEAD = 4  # over which won and lost hours are told


@dataclass(frozen=True, slots=True)
class Hours(Shift):
    """A row of a roster that can be changed."""

    id: uuid.UUID = field(default_factory=new_id)

    def works_on(self, day: date) -> bool:
        """Whether these hours are worked on a day."""
        return day.weekday() == self.weekday and self.holds_on(day)

    def span(self, day: date, zone: ZoneInfo) -> Span:
        """Return from when to when they last on a day."""
        return datetime.combine(day, self.starts, zone), datetime.combine(day, self.ends, zone)

    def until(self, last: date) -> "Hours | None":
        """Return these hours up to a last day; nothing if they would never be worked."""
        if last < self.valid_from:
            return None
        return replace(self, valid_until=last if self.valid_until is None else min(last, self.valid_until))

    def after(self, day: date, row_id: uuid.UUID) -> "Hours | None":
        """Return these hours as a new row from their next turn after a day on which they are worked."""
        following = day + self.every * WEEK
        if self.valid_until is not None and self.valid_until < following:
            return None
        return replace(self, id=row_id, valid_from=following)


def hours_of(shift: Shift, row_id: uuid.UUID) -> Hours:
    """Return a shift as hours of a row that can be changed."""
    return Hours(**{one.name: getattr(shift, one.name) for one in fields(shift)}, id=row_id)


@dataclass(frozen=True, slots=True)
class Away:
    """A time when a counsellor is not there."""

    membership_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    kind: str
    deputy_id: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Closed:
    """A time when a site, an organisation or (neither given) the network is closed."""

    starts_at: datetime
    ends_at: datetime
    organisation_id: uuid.UUID | None = None
    site_id: uuid.UUID | None = None
    reason: str = ""
    id: uuid.UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that says when somebody works. `last_days` are those of people who leave: hours after them are not worked."""

    hours: tuple[Hours, ...] = ()
    away: tuple[Away, ...] = ()
    closed: tuple[Closed, ...] = ()
    last_days: Mapping[uuid.UUID, date] = field(default_factory=dict)

    def is_gone(self, membership_id: uuid.UUID, day: date) -> bool:
        """Whether somebody does not work here any more on a day."""
        return day > self.last_days.get(membership_id, day)

    def hours_on(self, day: date) -> list[Hours]:
        """Return the hours that are worked on a day."""
        return [row for row in self.hours if row.works_on(day) and not self.is_gone(row.membership_id, day)]


@dataclass(frozen=True, slots=True)
class Talk:
    """A time that is agreed or held. One that is not `rostered` (a group) may lie outside of anybody's hours."""

    id: uuid.UUID
    membership_id: uuid.UUID
    organisation_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    kind: str
    site_id: uuid.UUID | None = None
    rostered: bool = True


class Reason(StrEnum):
    """Why a talk cannot take place."""

    OUTSIDE = "outside"
    AWAY = "away"
    CLOSED = "closed"
    GONE = "gone"


class Broken(NamedTuple):
    """A talk that a change makes impossible, and why."""

    talk: Talk
    reasons: frozenset[Reason]


def faults(plan: Plan, talk: Talk, zone: ZoneInfo) -> frozenset[Reason]:
    """Return why a talk does not fit a plan; empty if it fits."""
    found = set()
    day = talk.starts_at.astimezone(zone).date()
    if plan.is_gone(talk.membership_id, day):
        return frozenset({Reason.GONE})
    worked = [row for row in plan.hours_on(day) if row.membership_id == talk.membership_id]
    if talk.rostered and not _covered(talk, [row.span(day, zone) for row in worked if _offers(row, talk)]):
        found.add(Reason.OUTSIDE)
    if any(row.membership_id == talk.membership_id and _meet(row, talk) for row in plan.away):
        found.add(Reason.AWAY)
    places = {talk.site_id} | {row.site_id for row in worked if _spans_meet(row.span(day, zone), talk)}
    if any(_meet(row, talk) and _concerns(row, talk.organisation_id, places - {None}) for row in plan.closed):
        found.add(Reason.CLOSED)
    return frozenset(found)


def broken(before: Plan, after: Plan, talks: Iterable[Talk], zone: ZoneInfo) -> list[Broken]:
    """Return the talks that do not fit the plan any more, for a reason that did not hold before; soonest first."""
    found = []
    for talk in talks:
        reasons = faults(after, talk, zone) - faults(before, talk, zone)
        if reasons:
            found.append(Broken(talk, reasons))
    return sorted(found, key=lambda row: (row.talk.starts_at, row.talk.id))


def offered_minutes(
    plan: Plan, first: date, last: date, *, holidays: Collection[date], zone: ZoneInfo
) -> dict[uuid.UUID, int]:
    """Return how many minutes each counsellor works between two days, times away, closures and holidays taken off."""
    total: dict[uuid.UUID, int] = {}
    for day in days_between(first, last):
        if day in holidays:
            continue
        for member, spans in _worked(plan, day, zone).items():
            left = without(spans, [(row.starts_at, row.ends_at) for row in plan.away if row.membership_id == member])
            total[member] = total.get(member, 0) + sum(int((end - start).total_seconds()) // 60 for start, end in left)
    return total


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + number * DAY


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return times sorted, overlapping and touching ones joined."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(spans: Iterable[Span], gone: Iterable[Span]) -> list[Span]:
    """Return what is left of times when others are taken off."""
    left = joined(spans)
    for begins, ends in gone:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, begins)), (max(start, ends), end))
            if piece[0] < piece[1]
        ]
    return left


def _worked(plan: Plan, day: date, zone: ZoneInfo) -> Mapping[uuid.UUID, Sequence[Span]]:
    """Return when each counsellor works on a day, closures taken off: those of a site end the hours there alone."""
    found: dict[uuid.UUID, list[Span]] = {}
    for row in plan.hours_on(day):
        places = {row.site_id} - {None}
        gone = [(one.starts_at, one.ends_at) for one in plan.closed if _concerns(one, row.organisation_id, places)]
        found.setdefault(row.membership_id, []).extend(without([row.span(day, zone)], gone))
    return found


def _offers(row: Hours, talk: Talk) -> bool:
    return talk.kind in row.kinds and (talk.kind != Kind.ON_SITE or talk.site_id == row.site_id)


def _covered(talk: Talk, spans: Iterable[Span]) -> bool:
    return any(start <= talk.starts_at and talk.ends_at <= end for start, end in joined(spans))


def _meet(row: Away | Closed, talk: Talk) -> bool:
    return _spans_meet((row.starts_at, row.ends_at), talk)


def _spans_meet(span: Span, talk: Talk) -> bool:
    return span[0] < talk.ends_at and talk.starts_at < span[1]


def _concerns(row: Closed, organisation_id: uuid.UUID, places: Collection[uuid.UUID | None]) -> bool:
    if row.site_id is not None:
        return row.site_id in places
    return row.organisation_id in {None, organisation_id}
