"""What a person does with a time that is held for them: accept it, choose another one, or ask to be called.

The held time may stand in for a talk that cannot take place (`replaces`), or come from the waiting list (`waiting`).
"""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.claims import audience_of, earliest_for
from tragnetz.appointments.commands import Booked, confirm_hold, hold, release_hold
from tragnetz.appointments.enums import BookingState, WaitingState
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.planning.commands import ask_to_call
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import Slot, Wanted
from tragnetz.core.ids import new_id
from tragnetz.core.transactions import in_transaction
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership

DAYS = 4  # that are shown at once


def is_open(booking: Booking, now: datetime) -> bool:
    """Whether a person may still answer."""
    return booking.state == BookingState.HELD and booking.held_until is not None and booking.held_until > now


def other_times(actor: Actor, booking: Booking, now: datetime) -> dict[date, list[Slot]]:
    """Return the next days with other times: same way of talking, same organisation, one slot a start."""
    network = actor.network
    first = now.astimezone(network.zone).date()
    slots = free(
        network=network, first=first, last=first + timedelta(days=policy_of(network).horizon_days),
        not_before=earliest_for(actor, now), kinds=[booking.kind], interpreter=booking.interpreter,
        memberships=_colleagues(booking), purpose=booking.purpose, audience=audience_of(actor),
    )  # fmt: skip
    found: dict[date, dict[int, Slot]] = {}
    for slot in slots:
        day = slot.starts_at.astimezone(network.zone).date()
        if day not in found and len(found) == DAYS:
            break
        known = found.setdefault(day, {})
        # The counsellor whom the person knows comes first.
        if slot.start not in known or slot.membership_id == booking.membership_id:
            known[slot.start] = slot
    return {day: [known[start] for start in sorted(known)] for day, known in found.items()}


def accept(*, actor: Actor, booking: Booking, now: datetime) -> Booked:
    """Make the held time the person's appointment. Raises NotPossibleError when it is not held any more."""
    return confirm_hold(actor=actor, booking=booking, now=now)


def choose(*, actor: Actor, booking: Booking, wanted: Wanted, now: datetime) -> Booked:
    """Take another time instead of the held one. Raises SlotTakenError with other times, NotPossibleError."""

    def run() -> Booked:
        if wanted.membership_id not in _colleagues(booking):
            raise NotPossibleError(_("Diese Zeit gibt es hier nicht. Bitte wählen Sie eine andere."))
        release_hold(actor=actor, booking=booking, now=now)
        other = hold(
            actor=actor, wanted=wanted, until=now + timedelta(minutes=policy_of(actor.network).hold_minutes),
            idempotency_key=new_id().hex, now=now, via=booking.via, purpose=booking.purpose,
            interpreter=booking.interpreter, contact=booking.contact, topic=booking.topic, language=booking.language,
            waiting=booking.waiting, replaces=booking.replaces,
        )  # fmt: skip
        return confirm_hold(actor=actor, booking=other.booking, now=now)

    return in_transaction(run)


@transaction.atomic
def ask_for_call(*, actor: Actor, booking: Booking, now: datetime) -> None:
    """Give the held time back: none suits, so the person is called. Who waits on the list goes on waiting."""
    release_hold(actor=actor, booking=booking, now=now)
    ask_to_call(actor=actor, booking=booking.replaces or booking, now=now)
    if booking.waiting is not None and booking.waiting.state == WaitingState.OFFERED:
        booking.waiting.state = WaitingState.WAITING
        booking.waiting.save(update_fields=["state"])


def _colleagues(booking: Booking) -> list[uuid.UUID]:
    """Return the counsellors of the same organisation: nobody else learns of the person."""
    rows = Membership.objects.filter(organisation=booking.membership.organisation_id, ended_on=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))
