"""The week as a table: a row a counsellor, a column a day, blocks on a grid of quarter hours."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.appointments.enums import AbsenceKind, BookingState, Kind
from tragnetz.appointments.models import Booking
from tragnetz.appointments.planning.queries import Week
from tragnetz.appointments.planning.rules import Away, Closed, Hours
from tragnetz.network.models import Membership

QUARTER, WORKDAYS, WEEK_DAYS = 15, 5, 7
EARLIEST, LATEST = 6 * 60, 22 * 60  # what the grid can show, in minutes of the day
END_OF_DAY = time(23, 59)
USUAL = (8 * 60, 17 * 60)
_SHORT = {
    Kind.PHONE: gettext_lazy("Telefon"),
    Kind.ON_SITE: gettext_lazy("vor Ort"),
    Kind.HOME: gettext_lazy("zu Hause"),
    Kind.VIDEO: gettext_lazy("Video"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """Something in a cell. `top` and `bottom` are lines of the grid; `row` is what a click opens."""

    sort: str
    starts: time
    ends: time
    words: tuple[str, ...]
    row: Hours | Away | Closed | None = None
    top: int = 0
    bottom: int = 0

    @property
    def all_day(self) -> bool:
        """Whether it lasts from midnight to midnight."""
        return (self.starts, self.ends) == (time(), END_OF_DAY)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a counsellor."""

    day: date
    holiday: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A counsellor with the days and how much of the offered time is taken."""

    member: Membership
    cells: list[Cell]
    talks: int
    taken: int
    offered: int

    @property
    def percent(self) -> int:
        """How much of the offered time is taken."""
        return round(100 * self.taken / self.offered) if self.offered else 0


@dataclass(frozen=True, slots=True)
class Table:
    """What the page draws. `first` is the minute of the day at which the grid begins."""

    days: list[Cell]
    rows: list[Row]
    first: int


def table_of(week: Week, sites: dict[uuid.UUID, str], zone: ZoneInfo, *, own: bool) -> Table:
    """Return the table of a week; of other organisations (not `own`) only free and busy times are told."""
    blocks = {
        (member.pk, day): _blocks(week, member, day, sites, zone, own=own)
        for member in week.members
        for day in _days(week.monday)
    }
    used = {day for (_member, day), found in blocks.items() if found}
    days = [day for day in _days(week.monday) if day.weekday() < WORKDAYS or day in used]
    first, last = _range(block for found in blocks.values() for block in found)
    return Table(
        [Cell(day, week.holidays.get(day, "")) for day in days],
        [
            _row(week, member, [
                Cell(day, week.holidays.get(day, ""), [_placed(one, first, last) for one in blocks[member.pk, day]])
                for day in days
            ])
            for member in week.members
        ],
        first,
    )  # fmt: skip


def _days(monday: date) -> list[date]:
    return [monday + timedelta(days=number) for number in range(WEEK_DAYS)]


def _row(week: Week, member: Membership, cells: list[Cell]) -> Row:
    talks = [row for row in week.talks if row.membership_id == member.pk]
    taken = sum(int((row.ends_at - row.starts_at).total_seconds()) // 60 for row in talks)
    counted = [row for row in talks if row.state != BookingState.HELD]
    return Row(member, cells, len(counted), taken, week.offered.get(member.pk, 0))


def _blocks(
    week: Week, member: Membership, day: date, sites: dict[uuid.UUID, str], zone: ZoneInfo, *, own: bool
) -> list[Block]:
    hours = [row for row in week.plan.hours_on(day) if row.membership_id == member.pk]
    found = [_shift(row, sites, own=own) for row in sorted(hours, key=lambda row: row.starts)]
    found += [_talk(row, zone, own=own) for row in week.talks if row.membership_id == member.pk and _on(row, day, zone)]
    for away in week.plan.away:
        if away.membership_id == member.pk and (span := _part(away.starts_at, away.ends_at, day, zone)):
            words = AbsenceKind(away.kind).label if own else _("nicht da")
            found.append(Block("away", *span, (str(words),), away))
    for closed in week.plan.closed:
        if _concerns(closed, member, hours) and (span := _part(closed.starts_at, closed.ends_at, day, zone)):
            found.append(Block("closed", *span, (_("geschlossen"), closed.reason), closed))
    return found


def _shift(row: Hours, sites: dict[uuid.UUID, str], *, own: bool) -> Block:
    words = [", ".join(str(_SHORT[Kind(kind)]) for kind in row.kinds)]
    if row.site_id is not None:
        words.append(sites.get(row.site_id, ""))
    if own and (row.public_percent, row.desk_percent) != (100, 100):
        words.append(f"{row.public_percent}/{row.desk_percent} %")
    return Block("shift", row.starts, row.ends, tuple(words), row)


def _talk(row: Booking, zone: ZoneInfo, *, own: bool) -> Block:
    starts, ends = row.starts_at.astimezone(zone).time(), row.ends_at.astimezone(zone).time()
    if not own:
        return Block("busy", starts, ends, (_("belegt"),))
    words = _("Gruppe") if row.session_id else str(_SHORT[Kind(row.kind)])
    return Block("held" if row.state == BookingState.HELD else "talk", starts, ends, (words,))


def _on(row: Booking, day: date, zone: ZoneInfo) -> bool:
    return row.starts_at.astimezone(zone).date() == day


def _part(starts_at: datetime, ends_at: datetime, day: date, zone: ZoneInfo) -> tuple[time, time] | None:
    """Return the part of a time that lies on a day; nothing if none does."""
    begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    midnight = datetime.combine(day, time(), zone)
    following = datetime.combine(day + timedelta(days=1), time(), zone)
    if ends <= midnight or begins >= following:
        return None
    return max(begins, midnight).time(), ends.time() if ends < following else END_OF_DAY


def _concerns(row: Closed, member: Membership, hours: Iterable[Hours]) -> bool:
    if row.site_id is not None:
        return any(one.site_id == row.site_id for one in hours)
    return row.organisation_id in {None, member.organisation_id}


def _range(blocks: Iterable[Block]) -> tuple[int, int]:
    """Return the first and last minute of the day that the grid shows, by full hours; days off do not stretch it."""
    times = [
        (_minutes(one.starts), _minutes(one.ends)) for one in blocks if one.sort in {"shift", "talk", "held", "busy"}
    ]
    lowest = min([USUAL[0], *(start for start, _end in times)])
    highest = max([USUAL[1], *(end for _start, end in times)])
    return max(lowest // 60 * 60, EARLIEST), min(-(-highest // 60) * 60, LATEST)


def _placed(block: Block, first: int, last: int) -> Block:
    start = min(max(_minutes(block.starts), first), last - QUARTER)
    end = min(max(_minutes(block.ends), start + QUARTER), last)
    return Block(
        block.sort, block.starts, block.ends, block.words, block.row,
        (start - first) // QUARTER, -(-(end - first) // QUARTER),
    )  # fmt: skip


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
