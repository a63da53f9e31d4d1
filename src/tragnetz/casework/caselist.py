"""The list of cases: whose they are, what presses in each, when one spoke last and speaks next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Max, Min, Q, QuerySet

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.caseload.access import can_see_caseload
from tragnetz.casework.contacts.rules import TALKS
from tragnetz.casework.enums import CaseState, DeadlineState, GoalState, Pressing
from tragnetz.casework.models import Case, CaseContact, Deadline, Goal, Step, Task
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Due:
    """The next day on which something of a case is due, and what; its words stay sealed."""

    day: date
    what: Pressing
    is_late: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A case on the list."""

    case: Case
    due: Due | None
    last_contact: date | None
    next_talk: datetime | None
    stands_in: bool


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of cases; `own`: those one works on, the most pressing first; else of the team, the newest first."""

    rows: list[Row]
    page: Page[UUID]
    own: bool


def case_list(actor: Actor, *, state: str, team: bool, number: int, now: datetime) -> CaseList:
    """Return a page (from 1) of the cases that an actor sees, in a fixed number of queries; leaves an audit event.

    Whoever leads and counsels sees their own, with `team` all. What became part of another case is not listed.
    """
    leads = can_see_caseload(actor)
    own = not leads or (actor.has(Role.COUNSELLOR) and not team)
    cases = visible_cases(actor).filter(state=state, merged_into=None)
    if leads and own:
        cases = cases.filter(Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id))
    by_day = "-closed_on" if state == CaseState.CLOSED else "-opened_on"
    newest = cases.order_by(by_day, "-pk").values_list("pk", flat=True)
    today = now.astimezone(actor.network.zone).date()
    if own and state == CaseState.OPEN:
        keys = list(newest)
        due = _due(cases, today)  # as a query: to write eight hundred keys takes longer than to find them
        keys.sort(key=lambda key: due[key].day if key in due else date.max)  # among equals the newest first
        page = Paginator(keys, ON_A_PAGE).get_page(number)
    else:
        page = Paginator(newest, ON_A_PAGE).get_page(number)
        due = _due(Case.objects.filter(pk__in=list(page)), today) if state == CaseState.OPEN else {}
    rows = _rows(actor, list(page), due, now)
    record(actor, "cases:read", None, rows=len(rows))
    return CaseList(rows, page, own)


def _rows(actor: Actor, keys: list[UUID], due: dict[UUID, Due], now: datetime) -> list[Row]:
    found = Case.objects.select_related("contact", "counsellor__user", "programme").in_bulk(keys)
    talks = CaseContact.objects.filter(case__in=keys, kind__in=TALKS).order_by()
    written = dict(talks.values_list("case").annotate(last=Max("held_on")))
    contacts = [case.contact_id for case in found.values() if case.contact_id]
    bookings = Booking.objects.filter(contact__in=contacts).order_by().values_list("contact")
    held = dict(bookings.filter(state=BookingState.ATTENDED).annotate(last=Max("starts_at")))
    coming = dict(bookings.filter(state=BookingState.BOOKED, starts_at__gte=now).annotate(first=Min("starts_at")))
    zone = actor.network.zone

    def row(case: Case) -> Row:
        attended, at = held.get(case.contact_id), coming.get(case.contact_id)
        spoken = [written.get(case.pk), attended.astimezone(zone).date() if attended else None]
        return Row(
            case, due.get(case.pk), max(filter(None, spoken), default=None), at.astimezone(zone) if at else None,
            case.deputy_id == actor.membership_id,
        )  # fmt: skip

    return [row(found[key]) for key in keys if key in found]


def _due(cases: QuerySet[Case], today: date) -> dict[UUID, Due]:
    """Return for each case what is due first; a deadline goes before what falls on the same day."""
    found: dict[UUID, Due] = {}
    for what, rows, field in _sources(cases.order_by().values("pk")):
        for key, day in rows.order_by().values_list("case").annotate(first=Min(field)):
            if day is not None and (key not in found or day < found[key].day):
                found[key] = Due(day, what, day < today)
    return found


def _sources(keys: QuerySet[Case, Any]) -> list[tuple[Pressing, QuerySet[Any], str]]:
    """Return what can be due in a case, the gravest first."""
    return [
        (Pressing.DEADLINE, Deadline.objects.filter(case__in=keys, state=DeadlineState.OPEN), "due_on"),
        (Pressing.STEP, Step.objects.filter(case__in=keys, done_on=None), "due_on"),
        (Pressing.TASK, Task.objects.filter(case__in=keys, done_on=None), "due_on"),
        (Pressing.REVIEW, Goal.objects.filter(case__in=keys, state=GoalState.OPEN), "review_on"),
    ]
