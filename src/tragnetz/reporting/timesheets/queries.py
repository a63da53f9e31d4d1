"""Reads of time sheets."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from tragnetz.core.months import months_later
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership, Programme
from tragnetz.reporting.timesheets.access import (
    can_approve,
    can_see_hours,
    keeps_sheets,
    visible_members,
    visible_sheets,
)
from tragnetz.reporting.timesheets.drafting import holidays_of, shares_of
from tragnetz.reporting.timesheets.enums import Activity, SheetState
from tragnetz.reporting.timesheets.models import ProjectShare, TimeLine, TimeSheet
from tragnetz.reporting.timesheets.rules import Line, by_project, expected, hints

MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a sheet with its lines."""

    day: date
    lines: list[TimeLine]
    minutes: int
    hints: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ProjectSum:
    """What a sheet holds for a project, and what the project pays."""

    programme: Programme | None
    minutes: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as it is shown and printed."""

    sheet: TimeSheet
    days: list[Day]
    sums: list[ProjectSum]
    minutes: int
    absent: int


@dataclass(frozen=True, slots=True)
class Pressing:
    """What of hours a day page shows: one's own month to sign, and how many sheets wait for one's approval."""

    month: date | None
    to_approve: int

    def __bool__(self) -> bool:
        return self.month is not None or bool(self.to_approve)


@dataclass(frozen=True, slots=True)
class Hours:
    """The approved hours of a project in a month."""

    programme: str
    month: date
    minutes: int
    people: int


def sheet_of(actor: Actor, sheet_id: uuid.UUID) -> TimeSheet | None:
    """Return a sheet that an actor sees."""
    rows = visible_sheets(actor).select_related("membership__user", "membership__organisation", "approved_by__user")
    return rows.filter(pk=sheet_id).first()


def own_sheets(actor: Actor) -> QuerySet[TimeSheet]:
    """Return one's own sheets, the newest first."""
    return visible_sheets(actor).filter(membership=actor.membership_id).exclude(state=SheetState.REPLACED)


def handed_in(actor: Actor) -> QuerySet[TimeSheet]:
    """Return what the team has signed and waits for approval, the oldest month first, by name."""
    rows = visible_sheets(actor).filter(state=SheetState.SIGNED).exclude(membership=actor.membership_id)
    return rows.select_related("membership__user").order_by("month", "membership__user__last_name")


def pressing(actor: Actor, today: date) -> Pressing:
    """Return what of hours waits for somebody: the month before, if it is not signed yet, and the team's."""
    month = months_later(today.replace(day=1), -1)
    due = None
    if keeps_sheets(actor, month):
        signed = [SheetState.SIGNED, SheetState.APPROVED]
        due = None if own_sheets(actor).filter(month=month, state__in=signed).exists() else month
    return Pressing(due, handed_in(actor).count() if can_approve(actor) else 0)


def months_due(actor: Actor, today: date) -> list[date]:
    """Return the months up to this one for which one keeps sheets and has none yet, the newest first."""
    shares = list(ProjectShare.objects.filter(membership=actor.membership_id, keeps_sheet=True))
    known = set(own_sheets(actor).values_list("month", flat=True))
    found, month = [], today.replace(day=1)
    for _number in range(MONTHS_SHOWN):
        last = months_later(month, 1)
        if any(row.starts < last and (row.ends is None or row.ends >= month) for row in shares) and month not in known:
            found.append(month)
        month = months_later(month, -1)
    return found


def sheet_view(sheet: TimeSheet) -> SheetView:
    """Return a sheet with its days, sums and what to look at again; in five queries however long it is."""
    rows = list(sheet.lines.select_related("programme"))
    lines = [as_line(row) for row in rows]
    found = dict.fromkeys(sorted({row.day for row in rows}))
    marks: dict[date, list[str]] = {}
    for day, mark in hints(lines, holidays_of(sheet.network, sheet.month)):
        marks.setdefault(day, []).append(mark)
    days = []
    for day in found:
        own = [row for row in rows if row.day == day]
        days.append(Day(day, own, sum(row.minutes for row in own), marks.get(day, [])))
    worked = [line for line in lines if line.activity != Activity.ABSENT]
    return SheetView(
        sheet, days, _sums(sheet, worked), sum(line.minutes for line in worked),
        sum(line.minutes for line in lines) - sum(line.minutes for line in worked),
    )  # fmt: skip


def _sums(sheet: TimeSheet, worked: Sequence[Line]) -> list[ProjectSum]:
    shares = shares_of(sheet.membership, sheet.month)
    paid, done = expected(shares, sheet.month), by_project(worked)
    programmes = {row.key: row for row in Programme.objects.filter(key__in={*paid, *done})}
    sums = [ProjectSum(programmes[key], done.get(key, 0), paid.get(key)) for key in sorted({*paid, *done} - {""})]
    return [*sums, ProjectSum(None, done.get("", 0), None)] if done.get("") else sums


def as_line(row: TimeLine) -> Line:
    """Return a line as a value."""
    return Line(row.day, row.programme.key if row.programme else "", row.activity, row.minutes)


def team_shares(actor: Actor, today: date) -> list[tuple[Membership, list[ProjectShare]]]:
    """Return the team by name, each with the shares that hold now or later."""
    members = visible_members(actor).select_related("user").order_by("user__last_name", "user__first_name")
    shares: dict[uuid.UUID, list[ProjectShare]] = {}
    rows = ProjectShare.objects.filter(Q(ends=None) | Q(ends__gte=today), membership__in=members)
    for row in rows.select_related("programme"):
        shares.setdefault(row.membership_id, []).append(row)
    return [(member, shares.get(member.pk, [])) for member in members]


def project_hours(actor: Actor, since: date) -> list[Hours]:
    """Return the approved hours of the projects of one's organisation by month: sums, no people."""
    if not can_see_hours(actor):
        return []
    rows = TimeLine.objects.filter(
        sheet__state=SheetState.APPROVED, sheet__month__gte=since, programme__organisations=actor.organisation_id
    ).exclude(activity=Activity.ABSENT)
    sums = (
        rows.values_list("programme__short_name", "sheet__month")
        .annotate(minutes=Sum("minutes"), people=Count("sheet__membership", distinct=True))
        .order_by("-sheet__month", "programme__short_name")
    )
    return [Hours(*row) for row in sums]
