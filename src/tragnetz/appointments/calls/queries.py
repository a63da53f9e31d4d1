"""Reads of promised calls: when somebody is there to call, until when we promise it, and who is to be called now."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from tragnetz.appointments.calls.rules import (
    RANK,
    TRIES,
    Staffed,
    Window,
    full_runs,
    is_held,
    next_try,
    promise,
    staffed_times,
    told_window,
)
from tragnetz.appointments.enums import CallbackState, Urgency
from tragnetz.appointments.lines.queries import duties_between, open_spans
from tragnetz.appointments.lines.rules import Span, joined
from tragnetz.appointments.models import Booking, CallAttempt, Callback, LineDuty
from tragnetz.appointments.policy import policy_of
from tragnetz.network.models import District, Hotline, Network

LOOK_AHEAD = timedelta(days=21)  # beyond the longest time that a line is closed at a stretch
SETTLED_SHOWN = timedelta(days=7)


class Promised(NamedTuple):
    """When we promise to call, and the days that are passed over because they are full."""

    window: Window
    full: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class ToCall:
    """A promise as the list shows it: when it is due, its tries, and who calls right now."""

    callback: Callback
    due_at: datetime
    is_late: bool
    later: bool
    tries: tuple[CallAttempt, ...]
    tries_left: int
    held_by: str
    held_by_me: bool


def staffed(network: Network, organisation_id: uuid.UUID, now: datetime) -> list[Staffed]:
    """Return how many people of an organisation are there to call back, for three weeks from today.

    Where nobody of it is planned at any line, one person is believed to be there while the lines are open.
    """
    first = now.astimezone(network.zone).date()
    last = first + LOOK_AHEAD
    hotlines = list(Hotline.objects.all())
    if not _has_plan(organisation_id, first):
        return staffed_times([[span for line in hotlines for span in open_spans(network, line, first, last)]])
    people: dict[uuid.UUID, list[Span]] = {}
    for one in duties_between(network, hotlines, first, last):
        if one.organisation_id == organisation_id and not one.away:
            people.setdefault(one.membership_id, []).append((one.begins, one.ends))
    return staffed_times(people.values())


def _has_plan(organisation_id: uuid.UUID, day: date) -> bool:
    rows = LineDuty.objects.filter(membership__organisation=organisation_id, membership__ended_on=None)
    return rows.filter(Q(valid_until=None) | Q(valid_until__gte=day)).exists()


def promised_until(network: Network, organisation_id: uuid.UUID, urgency: str, now: datetime) -> Promised | None:
    """Return when an organisation promises to call somebody who asks now; nothing if nobody is there for weeks."""
    times = staffed(network, organisation_id, now)
    before = [kind for kind in Urgency if RANK[kind] <= RANK[Urgency(urgency)]]
    waiting = Callback.objects.filter(organisation=organisation_id, state=CallbackState.OPEN, urgency__in=before)
    window = promise(times, ahead=waiting.count(), per_hour=policy_of(network).calls_per_hour, urgency=urgency, now=now)
    return Promised(window, tuple(full_runs(times, window, now))) if window else None


def told(network: Network, callback: Callback) -> Window:
    """Return from when to when a promise was told to the person."""
    times = staffed(network, callback.organisation_id, callback.created_at)
    return told_window(callback.promised_until, runs_of(times), callback.created_at)


def runs_of(times: Iterable[Staffed]) -> list[Span]:
    """Return the times in which anybody is there."""
    return joined((one.begins, one.ends) for one in times)


def organisation_on_lines(district: District | None) -> uuid.UUID | None:
    """Return the organisation that picks up most of the line of a district (of all lines without one), if planned."""
    rows = LineDuty.objects.filter(membership__ended_on=None)
    if district is not None:
        rows = rows.filter(hotline__districts=district)
    counted = rows.order_by().values("membership__organisation").annotate(times=Count("pk"))
    found = counted.order_by("-times", "membership__organisation").first()
    return found["membership__organisation"] if found else None


def to_call(network: Network, rows: QuerySet[Callback], membership_id: uuid.UUID | None, now: datetime) -> list[ToCall]:
    """Return promises as the list shows them: late ones first, then by when they are due, last what waits for a try."""
    callbacks = list(rows.select_related("contact", "district", "taken_by__user").prefetch_related("attempts"))
    runs = {key: runs_of(staffed(network, key, _since(now))) for key in {row.organisation_id for row in callbacks}}
    found = [_to_call(row, runs[row.organisation_id], membership_id, now) for row in callbacks]
    return sorted(found, key=lambda one: (not one.is_late, one.later, one.due_at))


def _since(now: datetime) -> datetime:
    """Return from when times are looked at: the last tries of one day decide about the next."""
    return now - timedelta(days=7)


def _to_call(row: Callback, runs: Sequence[Span], membership_id: uuid.UUID | None, now: datetime) -> ToCall:
    tries = tuple(row.attempts.all())
    again = next_try([one.at for one in tries], runs)
    is_open = row.state == CallbackState.OPEN
    held = is_open and is_held(row.taken_at, now)
    return ToCall(
        callback=row,
        due_at=again or row.promised_until,
        is_late=is_open and again is None and row.promised_until < now,
        later=is_open and again is not None and again > now,
        tries=tries,
        tries_left=max(TRIES - len(tries), 0),
        held_by=str(row.taken_by.user) if held and row.taken_by else "",
        held_by_me=held and row.taken_by_id is not None and row.taken_by_id == membership_id,
    )


def late_callbacks(rows: QuerySet[Callback], now: datetime) -> int:
    """Return how many promises are broken: their time is over, and nobody has even tried."""
    return rows.filter(state=CallbackState.OPEN, promised_until__lt=now, attempts=None).count()


def promised_calls(bookings: Collection[Booking]) -> dict[uuid.UUID, Callback]:
    """Return for each appointment the soonest call that its person is promised and that nobody has made yet.

    Only of the organisation that the appointment is with; whatever the call was promised for, the talk comes up in it.
    """
    people = {row.contact_id for row in bookings if row.contact_id is not None}
    rows = Callback.objects.filter(contact__in=people, state=CallbackState.OPEN).order_by("-promised_until")
    soonest = {(row.contact_id, row.organisation_id): row for row in rows}
    of = {row.pk: soonest.get((row.contact_id, row.membership.organisation_id)) for row in bookings}
    return {key: call for key, call in of.items() if call is not None}


def calls_settled_by(booking: Booking) -> QuerySet[Callback]:
    """Return the calls that were promised about what an agreed time settles, whatever became of them.

    These are calls about this talk, about the one in whose place it comes, and about its place on the waiting list.
    """
    talks = Q(about=booking)
    if booking.replaces_id is not None:
        talks |= Q(about=booking.replaces_id)
    if booking.waiting_id is not None:
        talks |= Q(about__waiting=booking.waiting_id)
    return Callback.objects.filter(talks)


def is_call_spared(booking: Booking) -> bool:
    """Whether somebody was to be called who agreed on this time without it."""
    return calls_settled_by(booking).filter(state=CallbackState.SPARED).exists()
