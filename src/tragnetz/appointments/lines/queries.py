"""Reads of the lines: who is planned, who has signed on, whether somebody picks up now, and the gaps of a week."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Q

from tragnetz.appointments.lines.rules import Span, closing_after, covers, overlap, without
from tragnetz.appointments.models import Absence, Closure, LineDuty, LinePresence
from tragnetz.network.models import Hotline, Membership, Network
from tragnetz.network.queries import hotline_status, times_of
from tragnetz.network.rules import DAYS, LineStatus, parse_hours

RECENT = timedelta(days=14)  # a line at which nobody signed on for so long does not use it
WEEK = 7


class OnDuty(NamedTuple):
    """A time in which somebody is planned to pick up a line; `away` if they are not there then."""

    hotline_id: uuid.UUID
    membership_id: uuid.UUID
    organisation_id: uuid.UUID
    name: str
    begins: datetime
    ends: datetime
    away: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A hotline with what it is doing now: `nobody` says that it should be open, but nobody picks up."""

    hotline: Hotline
    status: LineStatus
    nobody: bool


class Cell(NamedTuple):
    """A part of a day in the plan: who is there, who is away, and whether the line is open."""

    is_open: bool
    there: tuple[str, ...]
    away: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether people may call and nobody picks up."""
        return self.is_open and not self.there


class Band(NamedTuple):
    """A row of the plan."""

    starts: time
    ends: time
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LineWeek:
    """A week of a line; `planned` if anybody is planned at all; `gaps` are times with nobody (local)."""

    hotline: Hotline
    days: tuple[date, ...]
    bands: tuple[Band, ...]
    gaps: tuple[Span, ...]
    planned: bool


def open_spans(network: Network, hotline: Hotline, first: date, last: date) -> list[Span]:
    """Return when a line is open from the first to the last day; holidays and exceptions are weighed."""
    hours = parse_hours(hotline.hours)
    return [
        (_instant(network, day, start), _instant(network, day, end))
        for day in _days(first, last)
        for start, end in times_of(network, hours, day)
    ]


def duties_between(network: Network, hotlines: Iterable[Hotline], first: date, last: date) -> list[OnDuty]:
    """Return who is planned on which days, within opening hours; what is lost to absences stands as `away`."""
    opened = {line.pk: open_spans(network, line, first, last) for line in hotlines}
    rows = list(
        LineDuty.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=first), hotline__in=opened, valid_from__lte=last,
            membership__ended_on=None,
        ).select_related("membership__user")
    )  # fmt: skip
    lost = _times_away(network, {row.membership_id: row.membership for row in rows}, first, last)
    found = []
    for row in rows:
        planned = [
            (_instant(network, day, row.starts), _instant(network, day, row.ends))
            for day in _days(max(first, row.valid_from), _end_of(row, last))
            if day.weekday() == row.weekday
        ]
        within = overlap(planned, opened[row.hotline_id])
        there = without(within, lost[row.membership_id])
        for spans, away in ((there, False), (without(within, there), True)):
            found += [
                OnDuty(
                    row.hotline_id, row.membership_id, row.membership.organisation_id,
                    row.membership.user.get_full_name(), *span, away,
                )
                for span in spans
            ]  # fmt: skip
    return sorted(found, key=lambda one: (one.begins, one.name))


def _end_of(row: LineDuty, last: date) -> date:
    """Return the last day of a duty, at most a given one: nobody picks up after the last day of their membership."""
    return min(last, row.valid_until or last, row.membership.last_day or last)


def _times_away(
    network: Network, members: dict[uuid.UUID, Membership], first: date, last: date
) -> dict[uuid.UUID, list[Span]]:
    """Return when people are not there: they themselves, or their whole organisation."""
    begins, ends = _instant(network, first, time()), _instant(network, last + timedelta(days=1), time())
    lost: dict[uuid.UUID, list[Span]] = {member: [] for member in members}
    if not members:
        return lost
    within = {"starts_at__lt": ends, "ends_at__gt": begins}
    for member, start, end in Absence.objects.filter(membership__in=members, **within).values_list(
        "membership_id", "starts_at", "ends_at"
    ):
        lost[member].append((start, end))
    for closure in Closure.objects.filter(site=None, **within):
        for pk, member_row in members.items():
            if closure.organisation_id in {None, member_row.organisation_id}:
                lost[pk].append((closure.starts_at, closure.ends_at))
    return lost


def lines(network: Network, at: datetime) -> list[Line]:
    """Return all lines with what they are doing now, and whether somebody really picks up."""
    hotlines = list(Hotline.objects.prefetch_related("districts"))
    status = {line.pk: hotline_status(network, line, at) for line in hotlines}
    unmanned = unmanned_lines(network, [line for line in hotlines if status[line.pk].is_open], at)
    return [Line(line, status[line.pk], line.pk in unmanned) for line in hotlines]


def unmanned_lines(network: Network, hotlines: Collection[Hotline], at: datetime) -> set[uuid.UUID]:
    """Return those of some open lines at which nobody picks up now.

    Who has signed on is there, and who is on duty and has not signed off since that duty began. A line without plan and
    without anybody who signs on is believed to keep its opening hours.
    """
    if not hotlines:
        return set()
    day = at.astimezone(network.zone).date()
    duties = duties_between(network, hotlines, day, day)
    planned = set(
        LineDuty.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
        .order_by().values_list("hotline_id", flat=True)
    )  # fmt: skip
    presences = list(LinePresence.objects.filter(hotline__in=hotlines, since__gte=at - RECENT, since__lte=at))
    found = set()
    for line in hotlines:
        signed = [row for row in presences if row.hotline_id == line.pk]
        if line.pk not in planned and not signed:
            continue
        opened = open_spans(network, line, day - timedelta(days=1), day)
        here = any(row.until is None and (closing_after(opened, row.since) or at) > at for row in signed)
        on_duty = any(
            one.hotline_id == line.pk and not one.away and one.begins <= at < one.ends and not _went(signed, one)
            for one in duties
        )
        if not here and not on_duty:
            found.add(line.pk)
    return found


def _went(signed: Sequence[LinePresence], duty: OnDuty) -> bool:
    """Whether somebody signed off in a time in which they were on duty."""
    own = [row for row in signed if row.membership_id == duty.membership_id]
    return any(row.until is not None and row.until >= duty.begins for row in own) and all(row.until for row in own)


def present(network: Network, at: datetime) -> dict[uuid.UUID, list[LinePresence]]:
    """Return who has signed on at which line and is taken to be there still."""
    day = at.astimezone(network.zone).date()
    found: dict[uuid.UUID, list[LinePresence]] = {}
    rows = LinePresence.objects.filter(until=None, since__lte=at).select_related("membership__user", "hotline")
    for row in rows:
        first = row.since.astimezone(network.zone).date()
        closes = closing_after(open_spans(network, row.hotline, first, day), row.since)
        if closes is None or closes > at:
            found.setdefault(row.hotline_id, []).append(row)
    return found


def week_of(network: Network, monday: date) -> list[LineWeek]:
    """Return the plan of a week for all lines, with the times in which nobody picks up."""
    sunday = monday + timedelta(days=WEEK - 1)
    hotlines = list(Hotline.objects.all())
    duties = duties_between(network, hotlines, monday, sunday)
    return [
        _line_week(network, line, monday, [one for one in duties if one.hotline_id == line.pk]) for line in hotlines
    ]


def _line_week(network: Network, line: Hotline, monday: date, duties: Sequence[OnDuty]) -> LineWeek:
    sunday = monday + timedelta(days=WEEK - 1)
    zone = network.zone
    opened = open_spans(network, line, monday, sunday)
    usual = {name for row in parse_hours(line.hours) for name in row.days}  # a holiday keeps its column
    days = tuple(day for day in _days(monday, sunday) if DAYS[day.weekday()] in usual)
    instants = [at for span in opened for at in span] + [at for one in duties for at in (one.begins, one.ends)]
    clocks = sorted({at.astimezone(zone).time() for at in instants})
    bands = tuple(
        Band(start, end, tuple(_cell(network, day, start, opened, duties) for day in days))
        for start, end in pairwise(clocks)
    )
    staffed = [(one.begins, one.ends) for one in duties if not one.away]
    gaps = tuple((begins.astimezone(zone), ends.astimezone(zone)) for begins, ends in without(opened, staffed))
    shown = tuple(band for band in bands if any(cell.is_open for cell in band.cells))
    return LineWeek(line, days, shown, gaps, bool(duties))


def _cell(network: Network, day: date, start: time, opened: Sequence[Span], duties: Sequence[OnDuty]) -> Cell:
    at = _instant(network, day, start)
    here = [one for one in duties if one.begins <= at < one.ends]
    return Cell(
        covers(opened, at),
        tuple(one.name for one in here if not one.away),
        tuple(one.name for one in here if one.away),
    )


def duties_of(organisation_id: uuid.UUID | None, day: date) -> list[LineDuty]:
    """Return what is planned from a day on for the people of an organisation, by line and weekday."""
    rows = LineDuty.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        membership__organisation=organisation_id,
        membership__ended_on=None,
    )
    return list(
        rows.select_related("membership__user", "hotline").order_by("hotline__position", "weekday", "starts", "id")
    )


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _instant(network: Network, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, network.zone).astimezone(UTC)
