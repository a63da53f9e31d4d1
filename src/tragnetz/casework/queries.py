"""Reads of casework. Each takes the actor; what the actor may not see is not found."""

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from tragnetz.appointments.calls.queries import organisation_on_lines
from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.interpreters.queries import without_interpreter
from tragnetz.appointments.models import Booking, Callback
from tragnetz.audit.commands import record
from tragnetz.casework.access import (
    visible_bookings,
    visible_callbacks,
    visible_cases,
    visible_enquiries,
    visible_promises,
)
from tragnetz.casework.claims.queries import Shown as ShownClaim
from tragnetz.casework.claims.queries import pressing_claims
from tragnetz.casework.deadlines.queries import Shown, due_deadlines
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case, Enquiry, Step
from tragnetz.casework.outlook.queries import coming_count
from tragnetz.casework.ownpage.queries import heard_from
from tragnetz.casework.teamwork.queries import TeamDay, team_day
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import District, Organisation
from tragnetz.vault.keyring import current_keyring


@dataclass(frozen=True, slots=True)
class Day:
    """A counsellor's day."""

    day: date
    bookings: list[Booking]
    steps: list[Step]
    callbacks: list[Callback]
    fresh: list[Enquiry]
    team: TeamDay
    written: list[Case]
    sent: list[Case]
    deadlines: list[Shown]
    claims: list[ShownClaim]
    foreseen: int
    uninterpreted: list[Booking]


def only_own(actor: Actor, *, team: bool) -> bool:
    """Whether somebody is shown what they work on themselves: counsellors, unless they ask for the team's."""
    return actor.has(Role.COUNSELLOR) and not team


def day_view(actor: Actor, day: date, now: datetime, *, team: bool = False) -> Day:
    """Return an actor's day: appointments, what is due within a week, promised calls, new bookings, the team.

    Counsellors see their own; with `team` all that they may see, for a lead the whole organisation.
    """
    own = only_own(actor, team=team)
    mine = Q(membership=actor.membership_id) if own else Q()
    my_cases = Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id) if own else Q()
    my_enquiries = Q(booking__membership=actor.membership_id) if own else Q()
    zone = actor.network.zone
    start = datetime.combine(day, time(), zone)
    bookings = list(
        visible_bookings(actor)
        .filter(mine, starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
        .exclude(state__in=[BookingState.CANCELLED, BookingState.HELD])
        .select_related("contact", "membership__user", "site", "enquiry__case", "session__group")
    )
    due = Step.objects.filter(
        case__in=visible_cases(actor).filter(my_cases, state=CaseState.OPEN).order_by(),
        done_on=None,
        due_on__lte=day + timedelta(days=7),
    ).order_by("due_on")[:12]
    steps = _opened(due)
    callbacks = list(visible_callbacks(actor)[:50])
    fresh = list(
        visible_enquiries(actor)
        .filter(
            my_enquiries,
            booking__state=BookingState.BOOKED,
            case=None,
            booking__starts_at__gte=now,
            created_at__gte=now - timedelta(days=7),
        )
        .select_related("booking", "contact")
        .order_by("booking__starts_at")[:20]
    )
    heard = heard_from(actor, own=own)
    record(actor, "day:read", None, bookings=len(bookings), callbacks=len(callbacks))
    return Day(
        day, bookings, steps, callbacks, fresh, team_day(actor, day, own=own), heard.written,
        heard.sent, due_deadlines(actor, day, own=own), pressing_claims(actor, day, own=own),
        coming_count(actor, now.astimezone(zone).date(), own=own),
        without_interpreter(visible_bookings(actor).filter(mine), now),
    )  # fmt: skip


def _opened(due: QuerySet[Step]) -> list[Step]:
    """Return steps with their texts. Which ones is asked once: among many cases that is the costly part."""
    found = list(due.values_list("pk", "compartment__key"))
    current_keyring().load(key for _pk, key in found if key)
    rows = Step.objects.select_related("case__contact").in_bulk([pk for pk, _key in found])
    return [rows[pk] for pk, _key in found]


def enquiry_view(actor: Actor, enquiry_id: uuid.UUID) -> Enquiry | None:
    """Return an enquiry and leave an audit event; nothing if it is not for this actor."""
    enquiry = (
        visible_enquiries(actor)
        .select_related("contact", "booking__membership__user", "booking__site", "callback", "district", "programme")
        .filter(pk=enquiry_id)
        .first()
    )
    if enquiry is not None:
        record(actor, "enquiry:read", enquiry)
    return enquiry


def released_of(enquiry: Enquiry) -> dict[str, Any]:
    """Return what the person handed over: facts and services."""
    return _json(enquiry.released)


def visible_callback(actor: Actor, callback_id: uuid.UUID) -> Callback | None:
    """Return a promise of one's organisation, settled ones too."""
    return visible_promises(actor).filter(pk=callback_id).first()


def concern_of(actor: Actor, callback: Callback) -> str:
    """Return what somebody said whom we promised to call, if the actor may read their enquiry."""
    found = visible_enquiries(actor).filter(callback=callback).first()
    return found.concern if found is not None else ""


def organisation_for(district: District | None) -> uuid.UUID | None:
    """Return whose data an enquiry without counsellor becomes: of those who pick up the line, else of any member."""
    found = organisation_on_lines(district) or organisation_on_lines(None)
    return found or Organisation.objects.filter(is_member=True).values_list("pk", flat=True).first()


def _json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text else {}
    return found
