"""What does not fit together in a plan as it stands: pure."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tragnetz.appointments.planning.rules import Away, Hours, Plan, Talk, days_between


class Clash(StrEnum):
    """Which two things do not fit together."""

    OVERLAP = "overlap"  # two shifts at once
    TOO_FAR = "too_far"  # two sites, and too little time for the way
    NO_WAY = "no_way"  # two sites, and nobody said how long the way takes
    NO_DEPUTY = "no_deputy"  # away without a deputy, with a pressing talk
    ON_DUTY = "on_duty"  # away, and to pick up a line


class Conflict(NamedTuple):
    """A clash of one counsellor on one day, with the times that clash."""

    clash: Clash
    membership_id: uuid.UUID
    day: date
    starts: time
    ends: time
    line: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Weekly hours in which somebody picks up a line."""

    membership_id: uuid.UUID
    weekday: int
    starts: time
    ends: time
    valid_from: date
    valid_until: date | None
    line: str

    def holds_on(self, day: date) -> bool:
        """Whether the line is kept on a day."""
        return (
            day.weekday() == self.weekday
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )


def conflicts(
    plan: Plan,
    first: date,
    last: date,
    *,
    ways: Mapping[frozenset[uuid.UUID], int],
    pressing: Iterable[Talk],
    duties: Collection[Duty],
    zone: ZoneInfo,
) -> list[Conflict]:
    """Return the clashes between two days, each pair of shifts once. `ways` are seconds between two sites."""
    found = [
        *_of_shifts(plan, first, last, ways),
        *_without_deputy(plan, pressing, zone),
        *_on_duty(plan, first, last, duties, zone),
    ]
    return sorted(found, key=lambda row: (row.day, row.starts, row.membership_id, row.clash))


def _of_shifts(plan: Plan, first: date, last: date, ways: Mapping[frozenset[uuid.UUID], int]) -> Iterator[Conflict]:
    told: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for day in days_between(first, last):
        worked: dict[uuid.UUID, list[Hours]] = {}
        for row in plan.hours_on(day):
            worked.setdefault(row.membership_id, []).append(row)
        for member, rows in worked.items():
            for one, other in combinations(sorted(rows, key=lambda row: (row.starts, row.ends, row.id)), 2):
                clash = _clash(one, other, ways)
                if clash and (one.id, other.id) not in told:
                    told.add((one.id, other.id))
                    yield Conflict(clash, member, day, one.starts, other.ends)


def _clash(one: Hours, other: Hours, ways: Mapping[frozenset[uuid.UUID], int]) -> Clash | None:
    if other.starts < one.ends:
        return Clash.OVERLAP
    if one.site_id is None or other.site_id is None or one.site_id == other.site_id:
        return None
    way = ways.get(frozenset({one.site_id, other.site_id}))
    if way is None:
        return Clash.NO_WAY
    return Clash.TOO_FAR if _seconds(other.starts) - _seconds(one.ends) < way else None


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60


def _without_deputy(plan: Plan, pressing: Iterable[Talk], zone: ZoneInfo) -> Iterator[Conflict]:
    for talk in pressing:
        if any(_in(row, talk.membership_id, talk.starts_at, talk.ends_at) and not row.deputy_id for row in plan.away):
            start, end = talk.starts_at.astimezone(zone), talk.ends_at.astimezone(zone)
            yield Conflict(Clash.NO_DEPUTY, talk.membership_id, start.date(), start.time(), end.time())


def _on_duty(plan: Plan, first: date, last: date, duties: Collection[Duty], zone: ZoneInfo) -> Iterator[Conflict]:
    for day in days_between(first, last):
        for duty in duties:
            start, end = datetime.combine(day, duty.starts, zone), datetime.combine(day, duty.ends, zone)
            if duty.holds_on(day) and any(_in(row, duty.membership_id, start, end) for row in plan.away):
                yield Conflict(Clash.ON_DUTY, duty.membership_id, day, duty.starts, duty.ends, duty.line)


def _in(row: Away, member: uuid.UUID, start: datetime, end: datetime) -> bool:
    return row.membership_id == member and row.starts_at < end and start < row.ends_at
