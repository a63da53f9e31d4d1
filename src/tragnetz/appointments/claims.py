"""The one way by which a counsellor's time is taken, whoever takes it: public, desk, series, group, waiting list.

Whoever wants a time queues up for its counsellor (advisory lock), looks whether it is free, and writes; the exclusion
constraint of the database refuses what would overlap even so.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import Audience, BookingState, CancelledBy, Purpose
from tragnetz.appointments.errors import SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.queries import free, next_free
from tragnetz.appointments.rules import Slot, Wanted
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role


def audience_of(actor: Actor) -> Audience:
    """Return for whom an actor takes times: anybody, the desk, or the counsellors themselves."""
    if not actor.is_staff:
        return Audience.INTERNAL if actor.kind == "system" else Audience.PUBLIC
    return Audience.INTERNAL if actor.has(Role.COUNSELLOR, Role.LEAD) else Audience.DESK


def earliest_for(actor: Actor, now: datetime) -> datetime:
    """Return from when an actor may take times: the public some hours ahead, so that somebody can prepare."""
    if actor.kind != "resident":
        return now
    return now + timedelta(hours=policy_of(actor.network).notice_hours)


def queue_up(members: Collection[uuid.UUID]) -> None:
    """Wait for one's turn with each of some counsellors, always in the same order; ends with the transaction."""
    for member in sorted(members):
        wait_for(f"member:{member}")


def end_holds(now: datetime, members: Collection[uuid.UUID] | None = None) -> int:
    """End what was held and not confirmed in time; returns how many. Called by each claim and by the worker."""
    rows = Booking.objects.filter(state=BookingState.HELD, held_until__lte=now)
    if members is not None:
        rows = rows.filter(membership__in=members)
    return rows.update(state=BookingState.CANCELLED, held_until=None, cancelled_by=CancelledBy.EXPIRED, changed_at=now)


def claim(
    *,
    actor: Actor,
    bookings: Sequence[Booking],
    now: datetime,
    rostered: bool = True,
    audience: Audience | None = None,
) -> list[Booking]:
    """Take the times of new or changed bookings, all of them or none; to be called inside a transaction.

    `rostered` times must be offered by a roster to the actor's audience; others (a group's date, an imported calendar)
    only must not overlap. Raises SlotTakenError with the next free times.
    """
    members = {row.membership_id for row in bookings}
    queue_up(members)
    end_holds(now, members)
    for row in bookings:
        if rostered:
            slot = _offered(actor, row, now, audience, without=[one.pk for one in bookings])
            row.site_id = slot.site_id
        row.changed_at = now
        _save(row, actor, now, audience)
    return list(bookings)


def refuse_gone(
    *, actor: Actor, wanted: Wanted, idempotency_key: str, now: datetime, interpreter: bool = False,
    purpose: str = Purpose.FIRST,
) -> None:  # fmt: skip
    """Raise SlotTakenError at once when somebody else has a time: in a rush most who come are too late.

    It looks without queueing up, so it only spares work: who is let through may still lose in `claim`.
    """
    start, end = (datetime.fromtimestamp(at, UTC) for at in (wanted.start, wanted.start + wanted.length))
    live = Q(state__in=[BookingState.BOOKED, BookingState.ATTENDED, BookingState.MISSED]) | Q(
        state=BookingState.HELD, held_until__gt=now
    )
    gone = Booking.objects.filter(live, membership=wanted.membership_id, starts_at__lt=end, ends_at__gt=start)
    if gone.exclude(idempotency_key=idempotency_key).exists():
        raise _lost(actor, wanted, now, None, interpreter=interpreter, purpose=purpose)


def wanted_of(row: Booking) -> Wanted:
    """Return the time of a booking as one wants it."""
    length = row.ends_at - row.starts_at
    return Wanted(row.membership_id, int(row.starts_at.timestamp()), int(length.total_seconds()), row.kind)


def _offered(
    actor: Actor, row: Booking, now: datetime, audience: Audience | None, without: Collection[uuid.UUID]
) -> Slot:
    """Return the slot that a booking lies on; the bookings of the same claim do not hinder, the database sees them."""
    network, wanted = actor.network, wanted_of(row)
    day = row.starts_at.astimezone(network.zone).date()
    slots = free(
        network=network, first=day, last=day, not_before=earliest_for(actor, now), kinds=[row.kind],
        memberships=[row.membership_id], interpreter=row.interpreter, purpose=row.purpose,
        audience=audience or audience_of(actor), without=without,
    )  # fmt: skip
    for slot in slots:
        if slot.start == wanted.start and slot.end - slot.start == wanted.length:
            return slot
    raise _taken(actor, row, now, audience)


def _save(row: Booking, actor: Actor, now: datetime, audience: Audience | None) -> None:
    """Save; if the constraint refuses, somebody was quicker: the lock makes this rare, the constraint makes it sure."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "booking_does_not_overlap" not in str(error):
            raise
        raise _taken(actor, row, now, audience) from error


def _taken(actor: Actor, row: Booking, now: datetime, audience: Audience | None) -> SlotTakenError:
    return _lost(actor, wanted_of(row), now, audience, interpreter=row.interpreter, purpose=row.purpose)


def _lost(
    actor: Actor, wanted: Wanted, now: datetime, audience: Audience | None, *, interpreter: bool, purpose: str
) -> SlotTakenError:
    others = next_free(
        network=actor.network, not_before=earliest_for(actor, now), wanted=wanted, purpose=purpose,
        interpreter=interpreter, audience=audience or audience_of(actor),
    )  # fmt: skip
    return SlotTakenError(_("Dieser Termin ist gerade vergeben worden. Bitte wählen Sie einen anderen."), others)
