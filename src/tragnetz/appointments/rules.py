"""Decisions on times: pure. Instants are seconds since 1970 (UTC) here: comparing them is what this room does most."""

import uuid
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tragnetz.appointments.enums import Audience, BookingState, Kind, Purpose

GRID = 30 * 60
BLOCK = 60 * 60  # shares of a shift are dealt out by the hour
WHOLE = 100
SPREAD, SHIFTED = 61, 17  # coprime to 100: all of its hundredths are reached, near ones far apart

BOOKING_MOVES: Mapping[str, frozenset[str]] = {
    BookingState.HELD: frozenset({BookingState.BOOKED, BookingState.CANCELLED}),
    BookingState.BOOKED: frozenset({BookingState.ATTENDED, BookingState.MISSED, BookingState.CANCELLED}),
    BookingState.ATTENDED: frozenset({BookingState.BOOKED, BookingState.MISSED}),
    BookingState.MISSED: frozenset({BookingState.BOOKED, BookingState.ATTENDED}),
    BookingState.CANCELLED: frozenset(),
}

type Busy = tuple[int, int]


class Length(NamedTuple):
    """Minutes of a first and of a later talk, and of the rest after it."""

    first: int
    follow: int
    rest: int = 0


HOUR = Length(60, 60)  # where a network says nothing of its own


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the slots of a network: lengths by kind, ways between sites and release time in seconds.

    `most_a_day` are talks that some counsellors take on a day at most.
    """

    lengths: Mapping[str, Length] = field(default_factory=dict)
    ways: Mapping[frozenset[uuid.UUID], int] = field(default_factory=dict)
    release: int = 0
    most_a_day: Mapping[uuid.UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shift:
    """One row of a roster, with what a slot needs to know of its counsellor."""

    membership_id: uuid.UUID
    organisation_id: uuid.UUID
    site_id: uuid.UUID | None
    weekday: int
    starts: time
    ends: time
    kinds: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    every: int = 1
    public_percent: int = WHOLE
    desk_percent: int = WHOLE

    def holds_on(self, day: date) -> bool:
        """Whether it is worked on a day of its weekday: within its term, in its rhythm of weeks."""
        if self.valid_from > day or (self.valid_until is not None and self.valid_until < day):
            return False
        # Weeks are counted from the Monday of the first one.
        begun = self.valid_from - timedelta(days=self.valid_from.weekday())
        return self.every == 1 or (day - begun).days // 7 % self.every == 0

    def percent_for(self, audience: int) -> int:
        """Return which part of its hours somebody may book before the rest is released."""
        if audience == Audience.PUBLIC:
            return self.public_percent
        return self.desk_percent if audience == Audience.DESK else WHOLE

    def is_open_to(self, audience: int, day: date, hour: int) -> bool:
        """Whether an hour of the shift on a day is dealt to an audience.

        Hours are dealt evenly, beginning elsewhere each day (a Weyl sequence), so that over some weeks every time of
        the day is offered to everybody. All audiences count alike: what the public may book, the desk may, too.
        """
        return (hour * SPREAD + day.toordinal() * SHIFTED) % WHOLE < self.percent_for(audience)


class Elsewhere(NamedTuple):
    """A time when a counsellor is busy at a site."""

    start: int
    end: int
    site_id: uuid.UUID


class Taken:
    """The times that are gone: busy ones of each counsellor (sorted, disjoint) with the ways to other sites.

    `full` are days of a counsellor on which no more talks are taken.
    """

    def __init__(
        self,
        busy: Mapping[uuid.UUID, Sequence[Busy]],
        *,
        elsewhere: Mapping[uuid.UUID, Sequence[Elsewhere]] | None = None,
        ways: Mapping[frozenset[uuid.UUID], int] | None = None,
        full: frozenset[tuple[uuid.UUID, date]] = frozenset(),
    ) -> None:
        self.full = full
        self._busy = busy
        self._elsewhere = elsewhere or {}
        self._ways = ways or {}
        self._known: dict[tuple[uuid.UUID, uuid.UUID | None], tuple[Sequence[Busy], list[int]]] = {}

    def of(self, shift: Shift) -> tuple[Sequence[Busy], list[int]]:
        """Return when the counsellor of a shift is busy, seen from its site, and the ends of these times."""
        key = (shift.membership_id, shift.site_id if shift.membership_id in self._elsewhere else None)
        if key not in self._known:
            rows = self._with_ways(*key)
            self._known[key] = rows, [end for _start, end in rows]
        return self._known[key]

    def _with_ways(self, member: uuid.UUID, site: uuid.UUID | None) -> Sequence[Busy]:
        rows = self._busy.get(member, ())
        if site is None:
            return rows
        away = [row for row in self._elsewhere[member] if row.site_id != site]
        widened = [
            (start - way, end + way) for start, end, at in away if (way := self._ways.get(frozenset({site, at})))
        ]
        return merge_busy((member, start, end) for start, end in [*rows, *widened])[member] if widened else rows


class Slot(NamedTuple):
    """A free time with a counsellor. `token` carries it through a form; booking checks it anew."""

    start: int
    end: int
    kind: str
    membership_id: uuid.UUID
    organisation_id: uuid.UUID
    site_id: uuid.UUID | None

    @property
    def starts_at(self) -> datetime:
        """The start as an aware time."""
        return datetime.fromtimestamp(self.start, UTC)

    @property
    def ends_at(self) -> datetime:
        """The end as an aware time."""
        return datetime.fromtimestamp(self.end, UTC)

    @property
    def token(self) -> str:
        """The slot in one word."""
        return f"{self.membership_id.hex}.{self.start}.{self.end - self.start}.{self.kind}"


class Wanted(NamedTuple):
    """A slot as it comes back from a form: not yet known to be free."""

    membership_id: uuid.UUID
    start: int
    length: int
    kind: str


def wanted_from(slot: Slot) -> Wanted:
    """Return an offered slot as one wants it."""
    return Wanted(slot.membership_id, slot.start, slot.end - slot.start, slot.kind)


def read_token(token: str) -> Wanted | None:
    """Return the slot that a form asks for; nothing when it was tampered with."""
    parts = token.split(".")
    try:
        member, start, length, kind = parts
        wanted = Wanted(uuid.UUID(hex=member), int(start), int(length), Kind(kind))
    except ValueError:
        return None
    return wanted if 0 < wanted.start < 2**33 and 0 < wanted.length <= 8 * 3600 else None


def length_seconds(terms: "Terms", kind: str, purpose: str, *, interpreter: bool) -> int:
    """Return how long a talk takes; with an interpreter everything is said twice."""
    length = terms.lengths.get(kind, HOUR)
    minutes = length.first if purpose == Purpose.FIRST else length.follow
    return minutes * 60 * (2 if interpreter else 1)


def free_slots(
    shifts: Sequence[Shift],
    taken: Taken,
    *,
    first: date,
    last: date,
    holidays: frozenset[date],
    zone: ZoneInfo,
    kinds: frozenset[str],
    not_before: int,
    terms: Terms | None = None,
    purpose: str = Purpose.FIRST,
    interpreter: bool = False,
    audience: int = Audience.INTERNAL,
) -> Iterator[Slot]:
    """Yield the free slots of each day in turn, unsorted within the day.

    The roster bounds each slot; a holiday has none. What is kept for the desk or the counsellor is not offered to
    others before it is released.
    """
    terms = terms or Terms()
    by_weekday: dict[int, list[Shift]] = {}
    for shift in shifts:
        by_weekday.setdefault(shift.weekday, []).append(shift)
    lengths = {kind: length_seconds(terms, kind, purpose, interpreter=interpreter) for kind in kinds}
    rests = {kind: terms.lengths.get(kind, HOUR).rest * 60 for kind in kinds}
    released = not_before + terms.release
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day in holidays:
            continue
        instants: dict[time, int] = {}
        for shift in by_weekday.get(day.weekday(), ()):
            member = shift.membership_id
            if not shift.holds_on(day) or (member, day) in taken.full:
                continue
            opens, closes = (_instant(instants, day, at, zone) for at in (shift.starts, shift.ends))
            busy, ends_of = taken.of(shift)
            gaps = _gaps(opens, closes, busy, ends_of)
            offered = [(k, lengths[k], rests[k], shift.site_id if k == Kind.ON_SITE else None)
                       for k in shift.kinds if k in kinds]  # fmt: skip
            kept = shift.percent_for(audience) < WHOLE
            for begins, ends in gaps:
                # The grid counts from the shift's start, so that times stay the same whatever is booked before.
                earliest = opens - (opens - max(begins, not_before)) // GRID * GRID
                for kind, length, rest, site in offered:
                    until = ends - length - (rest if ends < closes else 0)
                    for start in range(earliest, until + 1, GRID):
                        if kept and start >= released and not shift.is_open_to(audience, day, (start - opens) // BLOCK):
                            continue
                        yield Slot(start, start + length, kind, member, shift.organisation_id, site)


def _instant(known: dict[time, int], day: date, at: time, zone: ZoneInfo) -> int:
    """Return a local time as an instant; the same few times recur for all counsellors of a day."""
    if at not in known:
        known[at] = int(datetime.combine(day, at, zone).timestamp())
    return known[at]


def _gaps(opens: int, closes: int, taken: Sequence[Busy], ends: Sequence[int]) -> Iterator[Busy]:
    """Yield what is free between two instants; `ends` are the ends of the busy times, to find the first one by."""
    begins = opens
    for index in range(bisect_right(ends, opens), len(taken)):
        start, end = taken[index]
        if start >= closes:
            break
        if start > begins:
            yield begins, start
        begins = end
    if begins < closes:
        yield begins, closes


def merge_busy(rows: Iterable[tuple[uuid.UUID, int, int]]) -> dict[uuid.UUID, list[Busy]]:
    """Return busy times by counsellor: sorted, overlapping and touching ones joined."""
    by_member: dict[uuid.UUID, list[Busy]] = {}
    for member, start, end in sorted(rows):
        known = by_member.setdefault(member, [])
        if known and start <= known[-1][1]:
            known[-1] = (known[-1][0], max(known[-1][1], end))
        else:
            known.append((start, end))
    return by_member
