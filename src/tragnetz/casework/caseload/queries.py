"""What a team carries and what is overdue. Each source of figures has one function: add to it when there is more.

Contact with a case is a note or a talk that took place (`_touched_since`, `_last_touch`). What is due are steps
(`late_steps`) and questions about work that began (`due_checks`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from django.db.models import Count, DateTimeField, Exists, F, Func, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.caseload.access import can_see_caseload, visible_team
from tragnetz.casework.caseload.enums import Overdue
from tragnetz.casework.caseload.rules import Load, by_name
from tragnetz.casework.coaching.models import Placement
from tragnetz.casework.coaching.queries import checks_to_ask
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case, Note, Step
from tragnetz.core.texts import choose
from tragnetz.directory.queries import topics
from tragnetz.network.actors import Actor
from tragnetz.network.models import District

MOST = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a lead asks for: cases of a topic or district (empty: all), silent for so many days."""

    days: int
    topic: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The open cases of a topic or district, and how many of them are overdue."""

    name: str
    open: int
    silent: int
    late: int


class _Cell(NamedTuple):
    topic: str
    district: str
    open: int
    silent: int
    late: int


@dataclass(frozen=True, slots=True)
class Row:
    """A case on a list, since when it waits, and how many things are due."""

    case: Case
    since: date
    number: int = 1


@dataclass(frozen=True, slots=True)
class Caseload:
    """A team's work."""

    open: int
    counts: Mapping[Overdue, int]
    loads: list[Load]
    topics: list[Part]
    districts: list[Part]


def team_caseload(actor: Actor, wanted: Wanted, now: datetime) -> Caseload:
    """Return what the team of a lead carries; for anybody else there is nothing."""
    today = now.astimezone(actor.network.zone).date()
    cells = _cells(open_cases(actor, wanted), actor, wanted.days, now)
    whole = _part("", cells)
    record(actor, "caseload:read", None, days=wanted.days)
    return Caseload(
        open=whole.open,
        counts={
            Overdue.SILENT: whole.silent,
            Overdue.STEPS: whole.late,
            Overdue.CHECKS: due_checks(team_cases(actor, wanted), today).count(),
        },
        loads=team_loads(actor),
        topics=_parts(cells, "topic", _topic_names()),
        districts=_parts(cells, "district", _district_names()),
    )


def open_cases(actor: Actor, wanted: Wanted) -> QuerySet[Case]:
    """Return the open cases of a lead's organisation."""
    return team_cases(actor, wanted).filter(state=CaseState.OPEN)


def team_cases(actor: Actor, wanted: Wanted) -> QuerySet[Case]:
    """Return the cases of a lead's organisation, the closed ones too: aftercare asks in these."""
    cases = visible_cases(actor).order_by()
    if not can_see_caseload(actor):
        return cases.none()
    if wanted.topic:
        cases = cases.filter(topic=wanted.topic)
    return cases.filter(enquiry__district__key=wanted.district) if wanted.district else cases


def team_loads(actor: Actor) -> list[Load]:
    """Return the load of each counsellor of a lead's team, in the order of their names."""
    open_ones = visible_cases(actor).filter(state=CaseState.OPEN).order_by()
    counts = dict(open_ones.values_list("counsellor").annotate(number=Count("pk")))
    team = visible_team(actor).order_by()
    rows = team.values_list("user__last_name", "user__first_name", "pk", "capacity__cases")
    return by_name(Load(last, first, counts.get(member, 0), capacity) for last, first, member, capacity in rows)


def silent_cases(cases: QuerySet[Case], actor: Actor, days: int, now: datetime) -> QuerySet[Case]:
    """Return those cases that are open, and were without contact, for so many days."""
    return cases.filter(_silent(actor, days, now))


def late_steps(cases: QuerySet[Case], today: date) -> QuerySet[Step]:
    """Return the agreed steps of cases that should be done by now."""
    return Step.objects.filter(case__in=cases, done_on=None, due_on__lt=today).order_by()


def due_checks(cases: QuerySet[Case], today: date) -> QuerySet[Placement]:
    """Return the work and training of cases about which one should ask now whether it lasted, longest due first."""
    return checks_to_ask(Placement.objects.filter(coaching__case__in=cases), today)


def overdue_rows(actor: Actor, wanted: Wanted, kind: Overdue, now: datetime) -> list[Row]:
    """Return the cases that wait longest, at most 50, and leave an audit event."""
    cases = open_cases(actor, wanted)
    today = now.astimezone(actor.network.zone).date()
    if kind is Overdue.SILENT:
        last = _last_touch(actor)
        silent = silent_cases(cases, actor, wanted.days, now).annotate(last=last).order_by("last", "pk")
        since = {
            pk: (at.astimezone(actor.network.zone).date(), 1) for pk, at in silent.values_list("pk", "last")[:MOST]
        }
    elif kind is Overdue.STEPS:
        late = late_steps(cases, today).values("case").annotate(number=Count("pk"), last=Min("due_on"))
        rows = late.order_by("last", "case").values_list("case", "last", "number")[:MOST]
        since = {pk: (day, number) for pk, day, number in rows}
    else:
        due = due_checks(team_cases(actor, wanted), today).values_list("coaching__case", "starts_on")[:MOST]
        since = {}
        for pk, day in due:
            since[pk] = (since[pk][0], since[pk][1] + 1) if pk in since else (day, 1)
    found = visible_cases(actor).filter(pk__in=since).select_related("contact", "counsellor__user", "enquiry__district")
    by_id = {case.pk: case for case in found}
    record(actor, "caseload:list", None, kind=kind, rows=len(by_id))
    return [Row(by_id[pk], day, number) for pk, (day, number) in since.items() if pk in by_id]


def _silent(actor: Actor, days: int, now: datetime) -> Q:
    cutoff = datetime.combine(
        now.astimezone(actor.network.zone).date() - timedelta(days=days), time(), actor.network.zone
    )
    return Q(opened_on__lt=cutoff.date()) & ~_touched_since(cutoff)


def _touched_since(cutoff: datetime) -> Q:
    """Return the condition that there was contact: a note, or a talk that took place."""
    notes = Note.objects.filter(case=OuterRef("pk"), written_at__gte=cutoff)
    talks = Booking.objects.filter(contact=OuterRef("contact"), starts_at__gte=cutoff, state=BookingState.ATTENDED)
    return Q(Exists(notes)) | Q(Exists(talks))


def _last_touch(actor: Actor) -> Greatest:
    """Return when there was contact last: a note, a talk that took place, or the opening of the case."""
    notes = Note.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(at=Max("written_at"))
    talks = Booking.objects.filter(contact=OuterRef("contact"), state=BookingState.ATTENDED).order_by()
    last_talk = talks.values("contact").annotate(at=Max("starts_at"))
    opened = _midnight(actor)
    return Greatest(
        Coalesce(Subquery(notes.values("at")), opened), Coalesce(Subquery(last_talk.values("at")), opened), opened
    )


def _midnight(actor: Actor) -> Func:
    """Return the beginning of the day on which a case was opened."""
    zone = Value(actor.network.timezone)
    template, joiner = "(%(expressions)s)", "::timestamp AT TIME ZONE "
    return Func(F("opened_on"), zone, template=template, arg_joiner=joiner, output_field=DateTimeField())


def _cells(cases: QuerySet[Case], actor: Actor, days: int, now: datetime) -> list[_Cell]:
    """Count cases by topic and district in one pass."""
    today = now.astimezone(actor.network.zone).date()
    late = Exists(Step.objects.filter(case=OuterRef("pk"), done_on=None, due_on__lt=today))
    rows = cases.values_list("topic", "enquiry__district__key").annotate(
        open=Count("pk"), silent=Count("pk", filter=_silent(actor, days, now)), late=Count("pk", filter=Q(late))
    )
    return [_Cell(topic, district or "", *counts) for topic, district, *counts in rows]


def _parts(cells: list[_Cell], by: Literal["topic", "district"], names: Mapping[str, str]) -> list[Part]:
    """Return cases by topic or district, in the order of `names`; what has none comes last."""
    found: dict[str, list[_Cell]] = {}
    for cell in cells:
        found.setdefault(cell.topic if by == "topic" else cell.district, []).append(cell)
    order = [*names, *sorted(key for key in found if key not in names)]
    return [_part(names.get(key, _("nicht bekannt")), found[key]) for key in order if key in found]


def _part(name: str, cells: list[_Cell]) -> Part:
    return Part(
        name, sum(cell.open for cell in cells), sum(cell.silent for cell in cells), sum(cell.late for cell in cells)
    )


def _topic_names() -> dict[str, str]:
    return {row.key: choose(row.name, get_language() or "de").text for row in topics()}


def _district_names() -> dict[str, str]:
    return {row.key: row.name for row in District.objects.all()}
