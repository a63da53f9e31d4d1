"""Read deadlines: of a case, and those that a day must not miss."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from tragnetz.appointments.models import Absence
from tragnetz.casework.access import visible_cases
from tragnetz.casework.deadlines.rules import COUNSELLOR_FROM, DEPUTY_FROM, stage, time_left
from tragnetz.casework.deadlines.sums import title_of
from tragnetz.casework.enums import CaseState, DeadlineState
from tragnetz.casework.keys import load_keys
from tragnetz.casework.models import Case, Deadline
from tragnetz.network.actors import Actor

MOST = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A deadline as a list shows it: `stage` as in `rules.stage`, `left` how much time there is."""

    row: Deadline
    title: str
    stage: str
    left: str


def shown(row: Deadline, today: date) -> Shown:
    """Return a deadline with its words. One that is settled presses nobody."""
    is_open = row.state == DeadlineState.OPEN
    return Shown(
        row, title_of(row), stage(row.due_on, today) if is_open else "", time_left(row.due_on, today) if is_open else ""
    )  # fmt: skip


def deadlines_of(case: Case, today: date) -> list[Shown]:
    """Return the deadlines of a case: open ones first, the nearest on top; then settled ones, the latest on top."""
    rows = list(case.deadlines.select_related("author__user", "ended_by__user"))
    is_open = [row for row in rows if row.ended_on is None]
    ended = sorted(
        (row for row in rows if row.ended_on is not None), key=lambda row: (row.due_on, row.pk), reverse=True
    )
    return [shown(row, today) for row in [*is_open, *ended]]


def deadline_of(case: Case, deadline_id: uuid.UUID) -> Deadline | None:
    """Return one deadline of a case."""
    rows = case.deadlines.select_related(
        "network", "case__contact", "compartment__person", "author__user", "ended_by__user"
    )
    return rows.filter(pk=deadline_id).first()


def due_deadlines(actor: Actor, day: date, *, own: bool) -> list[Shown]:
    """Return the open deadlines that somebody must see on a day, by the chain of `rules`; the most pressing first.

    Without `own` all of the cases that the actor sees. What is over stays until somebody settles it.
    """
    cases = visible_cases(actor).filter(state=CaseState.OPEN).order_by()
    rows = Deadline.objects.filter(case__in=cases, state=DeadlineState.OPEN, due_on__lte=day + COUNSELLOR_FROM)
    if own:
        start = datetime.combine(day, time(), actor.network.zone)
        away = Absence.objects.filter(
            membership=OuterRef("case__counsellor"), starts_at__lt=start + timedelta(days=1), ends_at__gt=start
        )
        mine = Q(case__counsellor=actor.membership_id)
        deputy = Q(case__deputy=actor.membership_id) & (Q(due_on__lte=day + DEPUTY_FROM) | Exists(away))
        rows = rows.filter(mine | deputy | Q(due_on__lt=day))  # what is over, everybody who sees the case
    whole = rows.select_related("case__contact", "case__counsellor__user").order_by("due_on", "pk")
    found = list(whole.defer("matter", "letter", "reason")[:MOST])
    nameless = [row for row in found if not row.rule]  # their names are sealed
    if nameless:
        load_keys([row.case_id for row in nameless])
        named = whole.in_bulk([row.pk for row in nameless])
        found = [named.get(row.pk, row) for row in found]
    return [shown(row, day) for row in found]
