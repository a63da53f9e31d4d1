"""Decisions on times: pure. Instants are seconds since 1970 (UTC) here: comparing them is what this room does most."""

import uuid
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tragnetz.appointments.enums import BookingState, CallbackState, Kind, Urgency

GRID = 30 * 60
MINUTES = {Kind.PHONE: 60, Kind.ON_SITE: 60, Kind.VIDEO: 60, Kind.HOME: 90}
NOTICE = timedelta(hours=2)  # the public books no sooner than this ahead; nobody could read up before

BOOKING_MOVES: Mapping[str, frozenset[str]] = {
    BookingState.BOOKED: frozenset({BookingState.ATTENDED, BookingState.MISSED, BookingState.CANCELLED}),
    BookingState.ATTENDED: frozenset({BookingState.BOOKED, BookingState.MISSED}),
    BookingState.MISSED: frozenset({BookingState.BOOKED, BookingState.ATTENDED}),
    BookingState.CANCELLED: frozenset(),
}
CALLBACK_MOVES: Mapping[str, frozenset[str]] = {
    CallbackState.OPEN: frozenset({CallbackState.DONE, CallbackState.NOT_REACHED}),
    CallbackState.NOT_REACHED: frozenset({CallbackState.DONE, CallbackState.OPEN}),
    CallbackState.DONE: frozenset({CallbackState.OPEN}),
}

type Busy = tuple[int, int]


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


def read_token(token: str) -> Wanted | None:
    """Return the slot that a form asks for; nothing when it was tampered with."""
    parts = token.split(".")
    try:
        member, start, length, kind = parts
        wanted = Wanted(uuid.UUID(hex=member), int(start), int(length), Kind(kind))
    except ValueError:
        return None
    return wanted if 0 < wanted.start < 2**33 and 0 < wanted.length <= 8 * 3600 else None


def length_seconds(kind: str, *, interpreter: bool) -> int:
    """Return how long a talk takes; with an interpreter everything is said twice."""
    return MINUTES[Kind(kind)] * 60 * (2 if interpreter else 1)


def free_slots(
    shifts: Sequence[Shift],
    busy: Mapping[uuid.UUID, Sequence[Busy]],
    *,
    first: date,
    last: date,
    holidays: frozenset[date],
    zone: ZoneInfo,
    kinds: frozenset[str],
    not_before: int,
    interpreter: bool = False,
) -> Iterator[Slot]:
    """Yield the free slots of each day in turn, unsorted within the day.

    Busy times come from `merge_busy` (sorted, disjoint); the roster bounds each slot; a holiday has none.
    """
    by_weekday: dict[int, list[Shift]] = {}
    for shift in shifts:
        by_weekday.setdefault(shift.weekday, []).append(shift)
    ends_of = {member: [end for _, end in rows] for member, rows in busy.items()}
    lengths = {kind: length_seconds(kind, interpreter=interpreter) for kind in kinds}
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day in holidays:
            continue
        instants: dict[time, int] = {}
        for shift in by_weekday.get(day.weekday(), ()):
            if shift.valid_from > day or (shift.valid_until is not None and shift.valid_until < day):
                continue
            opens, closes = (_instant(instants, day, at, zone) for at in (shift.starts, shift.ends))
            member = shift.membership_id
            gaps = _gaps(opens, closes, busy.get(member, ()), ends_of.get(member, ()))
            offered = [(k, lengths[k], shift.site_id if k == Kind.ON_SITE else None) for k in shift.kinds if k in kinds]
            for begins, ends in gaps:
                # The grid counts from the shift's start, so that times stay the same whatever is booked before.
                earliest = opens - (opens - max(begins, not_before)) // GRID * GRID
                for kind, length, site in offered:
                    for start in range(earliest, ends - length + 1, GRID):
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


def promise(now: datetime, urgency: str) -> datetime:
    """Return until when a callback is promised: two hours if it must be today, else one or three days."""
    hours = {Urgency.TODAY: 2, Urgency.WEEK: 24, Urgency.NORMAL: 72}[Urgency(urgency)]
    return now + timedelta(hours=hours)
