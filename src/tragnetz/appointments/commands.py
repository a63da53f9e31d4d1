"""Book, hold, move, cancel, mark. One path for the public, the desk and the counsellor (`claims`)."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.calls.commands import spare_callbacks
from tragnetz.appointments.claims import claim, queue_up
from tragnetz.appointments.enums import BookingState, CancelledBy, Purpose, Via, WaitingState
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.freed import tell_freed
from tragnetz.appointments.interpreters.commands import let_go_interpreter
from tragnetz.appointments.models import Booking, WaitingEntry
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.queries import organisation_bound
from tragnetz.appointments.rules import BOOKING_MOVES, Wanted
from tragnetz.audit.commands import record
from tragnetz.clients.models import Contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.core.ids import clean_code, new_id
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.messaging import commands as outbox
from tragnetz.messaging.enums import Channel
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership
from tragnetz.network.queries import told_phone
from tragnetz.vault.sealing import code_for, lookup_hash

REMIND_BEFORE = timedelta(hours=24)
MOST_HELD = 20  # held by visitors at once in a network: who clicks them all away takes no more than these
LETTER_TAKES = timedelta(days=4)
QUICK = frozenset({Channel.SMS, Channel.EMAIL})


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
    purpose: str = Purpose.FIRST,
    via: str = "",
) -> Booked:
    """Claim a free time. The same key books once, however often it is sent; a time held under it becomes the booking.

    Raises SlotTakenError with other times.
    """

    def run() -> Booked:
        wait_for(f"request:{idempotency_key}")
        row = Booking.objects.filter(idempotency_key=idempotency_key).first()
        if row is not None and not _is_open_hold(row):
            return Booked(row, code_for(idempotency_key))
        row = row or _new(actor, wanted, idempotency_key)
        _place(row, wanted)
        row.contact, row.topic, row.language, row.interpreter = contact, topic, language, interpreter
        row.purpose, row.via = purpose, via or way_of(actor)
        row.state, row.held_until, row.cancelled_by = BookingState.BOOKED, None, ""
        claim(actor=actor, bookings=[row], now=now)
        record(actor, "booking:create", row, kind=row.kind)
        _announce(actor, row, "booked", now)
        return Booked(row, code_for(idempotency_key))

    return in_transaction(run)


def book_series(
    *,
    actor: Actor,
    wanted: Sequence[Wanted],
    contact: Contact | None,
    topic: str,
    language: str,
    interpreter: bool,
    idempotency_key: str,
    now: datetime,
) -> list[Booked]:
    """Claim several later talks with one person, all or none; the same key does it once. Raises SlotTakenError."""

    def run() -> list[Booked]:
        wait_for(f"request:{idempotency_key}")
        keys = [f"{idempotency_key}-{number}" for number in range(len(wanted))]
        known = {row.idempotency_key: row for row in Booking.objects.filter(idempotency_key__in=keys)}
        if known:
            return [Booked(known[key], code_for(key)) for key in keys if key in known]
        series = new_id()
        rows = []
        for key, one in zip(keys, wanted, strict=True):
            row = _new(actor, one, key)
            row.contact, row.topic, row.language, row.interpreter = contact, topic, language, interpreter
            row.purpose, row.via, row.series = Purpose.FOLLOW, way_of(actor), series
            rows.append(row)
        claim(actor=actor, bookings=rows, now=now)
        for row in rows:
            record(actor, "booking:create", row, kind=row.kind)
            _announce(actor, row, "booked", now)
        return [Booked(row, code_for(row.idempotency_key)) for row in rows]

    return in_transaction(run)


def hold(  # noqa: PLR0913 -- each is a fact of the booking
    *,
    actor: Actor,
    wanted: Wanted,
    until: datetime,
    idempotency_key: str,
    now: datetime,
    via: str,
    purpose: str = Purpose.FIRST,
    interpreter: bool = False,
    contact: Contact | None = None,
    topic: str = "",
    language: str = "de",
    waiting: WaitingEntry | None = None,
    replaces: Booking | None = None,
) -> Booked:
    """Keep a free time for somebody until they confirm it; under the same key another time takes its place.

    Raises SlotTakenError, and NotPossibleError when the key is a booking already.
    """

    def run() -> Booked:
        wait_for(f"request:{idempotency_key}")
        row = Booking.objects.filter(idempotency_key=idempotency_key).first()
        if row is not None and not _is_open_hold(row):
            raise NotPossibleError(_("Dieser Termin ist schon vereinbart."))
        row = row or _new(actor, wanted, idempotency_key)
        _place(row, wanted)
        row.contact, row.topic, row.language, row.interpreter = contact, topic, language, interpreter
        row.purpose, row.via, row.waiting, row.replaces = purpose, via, waiting, replaces
        row.state, row.held_until, row.cancelled_by = BookingState.HELD, until, ""
        claim(actor=actor, bookings=[row], now=now)
        record(actor, "booking:hold", row, kind=row.kind)
        return Booked(row, code_for(idempotency_key))

    return in_transaction(run)


def hold_for_public(
    *, actor: Actor, wanted: Wanted, interpreter: bool, language: str, idempotency_key: str, now: datetime
) -> Booking | None:
    """Keep a time while somebody fills in the form; nothing if so many are held already that nobody else could choose.

    Without a hold the booking itself decides who comes first. Raises SlotTakenError, NotPossibleError.
    """
    held = Booking.objects.filter(state=BookingState.HELD, via=Via.PUBLIC, held_until__gt=now)
    if held.exclude(idempotency_key=idempotency_key).count() >= MOST_HELD:
        return None
    until = now + timedelta(minutes=policy_of(actor.network).hold_minutes)
    return hold(
        actor=actor, wanted=wanted, until=until, idempotency_key=idempotency_key, now=now, via=Via.PUBLIC,
        interpreter=interpreter, language=language,
    ).booking  # fmt: skip


def confirm_hold(*, actor: Actor, booking: Booking, now: datetime) -> Booked:
    """Make a held time a booking; what it replaces is called off, the place on the waiting list is done.

    Calls that were promised to find a time are spared.

    Confirming twice changes nothing. Raises NotPossibleError when it was held too long or given back.
    """

    def run() -> Booked:
        queue_up({booking.membership_id})
        row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        code = code_for(row.idempotency_key)
        if row.state == BookingState.BOOKED:
            return Booked(row, code)
        if row.state != BookingState.HELD or row.held_until is None or row.held_until <= now:
            raise NotPossibleError(
                _("Dieser Termin war nur eine Zeit lang für Sie frei. Bitte wählen Sie einen neuen.")
            )
        row.state, row.held_until, row.changed_at = BookingState.BOOKED, None, now
        row.save(update_fields=["state", "held_until", "changed_at"])
        if row.replaces is not None:
            cancel(actor=actor, booking=row.replaces, now=now, by=CancelledBy.NETWORK)
        if row.waiting is not None:
            row.waiting.state, row.waiting.ended_at = WaitingState.BOOKED, now
            row.waiting.save(update_fields=["state", "ended_at"])
        spare_callbacks(actor=actor, booking=row, now=now)
        outbox.cancel(actor=actor, key_prefix=f"booking:{row.pk}:")
        record(actor, "booking:confirm", row, kind=row.kind)
        _announce(actor, row, "booked", now)
        return Booked(row, code)

    return in_transaction(run)


@transaction.atomic
def release_hold(*, actor: Actor, booking: Booking, now: datetime) -> Booking:
    """Give a held time back before it runs out; what is not held any more stays as it is."""
    row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if row.state != BookingState.HELD:
        return row
    row.state, row.held_until, row.cancelled_by = BookingState.CANCELLED, None, CancelledBy.PERSON
    row.changed_at = now
    row.save(update_fields=["state", "held_until", "cancelled_by", "changed_at"])
    outbox.cancel(actor=actor, key_prefix=f"booking:{row.pk}:")
    record(actor, "booking:release", row)
    _tell_freed(actor, row, now)
    return row


def move(*, actor: Actor, booking: Booking, wanted: Wanted, now: datetime) -> Booked:
    """Give a booking another time; its code stays. A call that was promised to find one is spared.

    Moving it to where it stands already, as a second tap does, changes and tells nothing. It stays with the
    organisation that knows the person (`organisation_bound`).

    Raises SlotTakenError, NotPossibleError.
    """

    def run() -> Booked:
        queue_up({booking.membership_id, wanted.membership_id})
        row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        if row.state != BookingState.BOOKED or row.starts_at <= now:
            raise NotPossibleError(_("Dieser Termin ist vorbei oder abgesagt. Sie können einen neuen buchen."))
        if _stands_at(row, wanted):
            return Booked(row, code_for(row.idempotency_key))
        _must_stay(row, wanted)
        _tell_freed(actor, row, now)
        _release_proposals(actor, row, now)
        let_go_interpreter(actor=actor, booking=row, now=now)  # asked for the old time
        _place(row, wanted)
        row.sequence += 1
        claim(actor=actor, bookings=[row], now=now)
        record(actor, "booking:move", row, kind=row.kind)
        spare_callbacks(actor=actor, booking=row, now=now)
        outbox.cancel(actor=actor, key_prefix=f"booking:{row.pk}:")
        _announce(actor, row, "moved", now)
        return Booked(row, code_for(row.idempotency_key))

    return in_transaction(run)


def cancel(*, actor: Actor, booking: Booking, now: datetime, by: str = CancelledBy.PERSON) -> Booking:
    """Free the time again; what waits to be sent about it is taken back. Cancelling twice changes nothing.

    What we call off is told to the person, unless a proposal for it was accepted just now. It locks the talk before its
    proposals, and who accepts one locks the proposal first: of both at once PostgreSQL lets one try again.
    """

    def run() -> Booking:
        row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        if row.state == BookingState.CANCELLED:
            return row
        begun = row.starts_at <= now and by != CancelledBy.NETWORK  # what we could not keep we may still call off
        if BookingState.CANCELLED not in BOOKING_MOVES[row.state] or begun:
            raise NotPossibleError(_("Dieser Termin hat schon begonnen. Er kann nicht mehr abgesagt werden."))
        row.state, row.cancelled_by, row.held_until = BookingState.CANCELLED, by, None
        row.sequence, row.changed_at = row.sequence + 1, now
        row.save(update_fields=["state", "cancelled_by", "held_until", "sequence", "changed_at"])
        outbox.cancel(actor=actor, key_prefix=f"booking:{row.pk}:")
        let_go_interpreter(actor=actor, booking=row, now=now)
        record(actor, "booking:cancel", row, by=by)
        _tell_freed(actor, row, now)
        _release_proposals(actor, row, now)
        if by == CancelledBy.NETWORK and not row.proposals.filter(state=BookingState.BOOKED).exists():
            _tell(actor, row, "cancelled", now, code="", expires_at=row.ends_at)
        return row

    return in_transaction(run)


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


def way_of(actor: Actor) -> Via:
    """Return by which way an actor books."""
    if not actor.is_staff:
        return Via.PUBLIC
    return Via.COUNSELLOR if actor.has(Role.COUNSELLOR, Role.LEAD) else Via.DESK


def _new(actor: Actor, wanted: Wanted, idempotency_key: str) -> Booking:
    row = Booking(
        network=actor.network,
        code_hash=lookup_hash(clean_code(code_for(idempotency_key))),
        idempotency_key=idempotency_key,
    )
    _place(row, wanted)
    return row


def _place(row: Booking, wanted: Wanted) -> None:
    row.membership_id, row.kind = wanted.membership_id, wanted.kind
    row.starts_at = datetime.fromtimestamp(wanted.start, UTC)
    row.ends_at = datetime.fromtimestamp(wanted.start + wanted.length, UTC)


def _must_stay(row: Booking, wanted: Wanted) -> None:
    """Raise NotPossibleError for a counsellor of another organisation than the one that knows the person."""
    bound = organisation_bound(row)
    if bound is None or Membership.objects.filter(pk=wanted.membership_id, organisation=bound).exists():
        return
    raise NotPossibleError(
        _("Diese Zeit gehört einer anderen Beratungsstelle. Sagen Sie Ihren Termin ab und buchen Sie dort einen neuen.")
    )


def _stands_at(row: Booking, wanted: Wanted) -> bool:
    place = (row.membership_id, row.kind, round(row.starts_at.timestamp()))
    return place == (wanted.membership_id, wanted.kind, wanted.start)


def _is_open_hold(row: Booking) -> bool:
    """Whether a row is held, or was until it ran out: its key may claim a time once more."""
    return row.state == BookingState.HELD or row.cancelled_by == CancelledBy.EXPIRED


def _release_proposals(actor: Actor, booking: Booking, now: datetime) -> None:
    """Give back what is held instead of a talk: who does not come, or found another time, needs no other."""
    for held in booking.proposals.filter(state=BookingState.HELD):
        release_hold(actor=actor, booking=held, now=now)


def _tell_freed(actor: Actor, booking: Booking, now: datetime) -> None:
    """Let those who wait for the organisation have the time that a booking leaves."""
    tell_freed(network=actor.network, organisation_id=booking.membership.organisation_id, now=now)


def _announce(actor: Actor, booking: Booking, template: str, now: datetime) -> None:
    """Confirm a booking in writing and, a day before it, remind of it; only a reminder may be a call."""
    letter = {Channel.LETTER} if booking.starts_at - now >= LETTER_TAKES else set()
    code = code_for(booking.idempotency_key)
    _tell(actor, booking, template, now, code=code, expires_at=booking.starts_at, ways=QUICK | letter)
    remind_at = booking.starts_at - REMIND_BEFORE
    if remind_at > now:
        # Who may only be phoned is reminded by a call; for a letter it is too late then.
        reminding = QUICK | {Channel.CALL}
        _tell(actor, booking, "reminder", remind_at, code=code, expires_at=booking.starts_at, ways=reminding)


def _tell(
    actor: Actor,
    booking: Booking,
    template: str,
    due_at: datetime,
    *,
    code: str,
    expires_at: datetime,
    ways: Collection[Channel] = tuple(Channel),
) -> None:
    if booking.contact is None:
        return
    params: dict[str, Any] = {"starts_at": booking.starts_at.isoformat(), "phone": told_phone()}
    outbox.notify(
        actor=actor, recipient=recipient_of(booking.contact),
        key=f"booking:{booking.pk}:{template}:{int(booking.starts_at.timestamp())}:{booking.sequence}",
        template=template, params=params, code=code, due_at=due_at, expires_at=expires_at, ways=ways,
    )  # fmt: skip
