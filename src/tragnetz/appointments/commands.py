"""Book, move, cancel, mark; promise a call. One path for the public, the desk and the counsellor."""

import uuid
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState, CallbackState
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.models import Booking, Callback
from tragnetz.appointments.queries import free, next_free
from tragnetz.appointments.rules import (
    BOOKING_MOVES,
    CALLBACK_MOVES,
    NOTICE,
    Slot,
    Wanted,
    length_seconds,
    promise,
)
from tragnetz.audit.commands import record
from tragnetz.clients.models import Contact
from tragnetz.core.ids import clean_code
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.messaging import commands as outbox
from tragnetz.messaging.enums import Channel
from tragnetz.network.actors import Actor
from tragnetz.network.models import District, Hotline
from tragnetz.vault.sealing import code_for, lookup_hash

REMIND_BEFORE = timedelta(hours=24)


class Booked(NamedTuple):
    """A booking and the code that moves or cancels it."""

    booking: Booking
    code: str


def book(
    *,
    actor: Actor,
    wanted: Wanted,
    contact: Contact | None,
    topic: str,
    language: str,
    interpreter: bool,
    idempotency_key: str,
    now: datetime,
) -> Booked:
    """Claim a free time. The same key books once, however often it is sent. Raises SlotTakenError with other times."""

    def claim() -> Booked:
        code = code_for(idempotency_key)
        wait_for(f"request:{idempotency_key}")
        wait_for(f"member:{wanted.membership_id}")
        known = Booking.objects.filter(idempotency_key=idempotency_key).first()
        if known is not None:
            return Booked(known, code)
        slot = _still_free(actor, wanted, now, without=None)
        booking = Booking(
            network=actor.network,
            membership_id=slot.membership_id,
            contact=contact,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            kind=slot.kind,
            site_id=slot.site_id,
            topic=topic,
            language=language,
            interpreter=interpreter,
            code_hash=lookup_hash(clean_code(code)),
            idempotency_key=idempotency_key,
        )
        _save(booking, actor, wanted, now)
        record(actor, "booking:create", booking, kind=slot.kind)
        _announce(actor, booking, "booked", code, now)
        return Booked(booking, code)

    return in_transaction(claim)


def move(*, actor: Actor, booking: Booking, wanted: Wanted, now: datetime) -> Booked:
    """Give a booking another time; its code stays. Raises SlotTakenError, NotPossibleError."""

    def claim() -> Booked:
        for member in sorted({booking.membership_id, wanted.membership_id}):
            wait_for(f"member:{member}")
        row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        if row.state != BookingState.BOOKED or row.starts_at <= now:
            raise NotPossibleError(_("Dieser Termin ist vorbei oder abgesagt. Sie können einen neuen buchen."))
        slot = _still_free(actor, wanted, now, without=row.pk)
        row.membership_id, row.kind, row.site_id = slot.membership_id, slot.kind, slot.site_id
        row.starts_at, row.ends_at = slot.starts_at, slot.ends_at
        _save(row, actor, wanted, now)
        record(actor, "booking:move", row, kind=slot.kind)
        code = code_for(row.idempotency_key)
        outbox.cancel(actor=actor, key_prefix=f"booking:{row.pk}:")
        _announce(actor, row, "moved", code, now)
        return Booked(row, code)

    return in_transaction(claim)


@transaction.atomic
def cancel(*, actor: Actor, booking: Booking, now: datetime) -> Booking:
    """Free the time again; nothing more is sent about it. Cancelling twice changes nothing."""
    row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if row.state == BookingState.CANCELLED:
        return row
    if BookingState.CANCELLED not in BOOKING_MOVES[row.state] or row.starts_at <= now:
        raise NotPossibleError(_("Dieser Termin hat schon begonnen. Er kann nicht mehr abgesagt werden."))
    row.state = BookingState.CANCELLED
    row.save(update_fields=["state"])
    outbox.cancel(actor=actor, key_prefix=f"booking:{row.pk}:")
    record(actor, "booking:cancel", row)
    return row


@transaction.atomic
def mark(*, actor: Actor, booking: Booking, state: BookingState) -> Booking:
    """Say what became of a booking."""
    row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if state == row.state:
        return row
    if state == BookingState.CANCELLED or state not in BOOKING_MOVES[row.state]:
        raise NotPossibleError(_("Das geht bei diesem Termin nicht mehr."))
    row.state = state
    row.save(update_fields=["state"])
    record(actor, "booking:mark", row, state=state)
    return row


@transaction.atomic
def promise_callback(
    *,
    actor: Actor,
    organisation_id: uuid.UUID,
    contact: Contact,
    district: District | None,
    topic: str,
    urgency: str,
    now: datetime,
) -> Callback:
    """Promise to call somebody back, the sooner the more urgent."""
    callback = Callback(
        network=actor.network,
        organisation_id=organisation_id,
        contact=contact,
        district=district,
        topic=topic,
        urgency=urgency,
        promised_until=promise(now, urgency),
    )
    callback.save()
    record(actor, "callback:promise", callback, urgency=urgency)
    return callback


@transaction.atomic
def settle_callback(*, actor: Actor, callback: Callback, state: CallbackState) -> Callback:
    """Say what became of a promised call."""
    row = Callback.objects.select_for_update(of=("self",)).get(pk=callback.pk)
    if state == row.state:
        return row
    if state not in CALLBACK_MOVES[row.state]:
        raise NotPossibleError(_("Dieser Rückruf ist schon erledigt."))
    row.state = state
    row.save(update_fields=["state"])
    record(actor, "callback:settle", row, state=state)
    return row


def _still_free(actor: Actor, wanted: Wanted, now: datetime, *, without: uuid.UUID | None) -> Slot:
    network = actor.network
    earliest = now if actor.is_staff else now + NOTICE
    day = datetime.fromtimestamp(wanted.start, network.zone).date()
    long = wanted.length > length_seconds(wanted.kind, interpreter=False)
    slots = free(
        network=network, first=day, last=day, not_before=earliest, kinds=[wanted.kind],
        memberships=[wanted.membership_id], interpreter=long, without=without,
    )  # fmt: skip
    for slot in slots:
        if slot.start == wanted.start and slot.end - slot.start == wanted.length:
            return slot
    raise _taken(actor, wanted, now)


def _taken(actor: Actor, wanted: Wanted, now: datetime) -> SlotTakenError:
    earliest = now if actor.is_staff else now + NOTICE
    others = next_free(network=actor.network, not_before=earliest, wanted=wanted)
    return SlotTakenError(_("Dieser Termin ist gerade vergeben worden. Bitte wählen Sie einen anderen."), others)


def _save(booking: Booking, actor: Actor, wanted: Wanted, now: datetime) -> None:
    """Save; if the constraint refuses, somebody was quicker: the lock makes this rare, the constraint makes it sure."""
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        if "booking_does_not_overlap" not in str(error):
            raise
        raise _taken(actor, wanted, now) from error


def _announce(actor: Actor, booking: Booking, template: str, code: str, now: datetime) -> None:
    """Send a confirmation and, a day before, a reminder; only if the person may be texted."""
    contact = booking.contact
    if contact is None or not contact.may_text:
        return
    line = Hotline.objects.first()
    params = {"starts_at": booking.starts_at.isoformat(), "phone": line.phone if line else ""}
    remind_at = booking.starts_at - REMIND_BEFORE
    due = [(template, now)] + ([("reminder", remind_at)] if remind_at > now else [])
    for name, due_at in due:
        outbox.queue(
            actor=actor,
            key=f"booking:{booking.pk}:{name}:{int(booking.starts_at.timestamp())}",
            channel=Channel.SMS,
            address=contact.phone,
            template=name,
            params=params,
            code=code,
            language=contact.language,
            due_at=due_at,
        )
