"""Messages about the appointments to come, as they would stand in the outbox today: invented like the people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, groupby

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.clients.models import Contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.messaging.enums import Channel, Reason, State
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import LETTER_TAKES, way_to
from tragnetz.network.models import Hotline, Network
from tragnetz.vault.sealing import code_for

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STREETS = ("Hauptstraße 12", "Bahnhofstraße 85", "Mont-Cenis-Straße 210", "Dorstener Straße 31")
# What happens with the messages about one appointment after the other: channel, state, why; nothing is the usual.
COURSES = (
    (Channel.CALL, State.QUEUED, ""),
    (Channel.LETTER, State.QUEUED, ""),
    None,
    (Channel.SMS, State.UNCERTAIN, f"{Reason.UNANSWERED}:504"),
    (Channel.CALL, State.QUEUED, ""),
    None,
    ("", State.FAILED, Reason.NO_WAY),
    (Channel.SMS, State.FAILED, f"{Reason.REFUSED}:400"),
)


def load_messages(network: Network, now: datetime) -> None:
    """Fill the outbox, once; a network that has messages keeps what it has."""
    if Message.objects.exists():
        return
    line = Hotline.objects.first()
    phone = line.phone if line else ""
    rows = Booking.objects.filter(starts_at__gt=now - 7 * DAY).exclude(state=BookingState.CANCELLED)
    rows = rows.exclude(contact=None).select_related("contact", "membership")
    messages: list[Message] = []
    ordered = rows.order_by("membership__organisation_id", "starts_at")
    for _organisation, bookings in groupby(ordered, key=lambda row: row.membership.organisation_id):
        messages += _of_organisation(network, list(bookings), phone, now)
    Message.objects.bulk_create(messages)


def _of_organisation(network: Network, bookings: list[Booking], phone: str, now: datetime) -> Iterator[Message]:
    for booking in (booking for booking in bookings if booking.starts_at <= now + HOUR):
        yield from _usual(network, booking, phone, now)
    coming = [booking for booking in bookings if booking.starts_at > now + HOUR]
    for booking, course in zip(coming, cycle(COURSES), strict=False):
        if course is None or (course[0] == Channel.LETTER and booking.starts_at < now + LETTER_TAKES):
            yield from _usual(network, booking, phone, now)
            continue
        channel, state, error = course
        if channel == Channel.LETTER:
            _give_address(booking)
        message = _message(network, booking, "moved", phone, now - 2 * HOUR, channel)
        message.state, message.error, message.attempts = state, str(error), int(state != State.QUEUED)
        yield message


def _give_address(booking: Booking) -> None:
    contact = _contact(booking)
    contact.may_text, contact.may_letter = False, True
    contact.address = f"{STREETS[booking.starts_at.hour % len(STREETS)]}\n44623 Herne"
    contact.save()


def _usual(network: Network, booking: Booking, phone: str, now: datetime) -> Iterator[Message]:
    """Make a confirmation that went out, and a reminder a day before: by SMS, else by a call of ours."""
    contact = _contact(booking)
    way = way_to(recipient_of(contact))
    if way is None:
        return
    reminder = _message(network, booking, "reminder", phone, booking.starts_at - DAY, way.channel)
    if way.channel == Channel.SMS:
        yield _gone(_message(network, booking, "booked", phone, min(booking.created_at, now - HOUR), Channel.SMS))
    yield _gone(reminder) if reminder.due_at <= now else reminder


def _gone(message: Message) -> Message:
    message.state, message.sent_at, message.attempts = State.SENT, message.due_at, 1
    return message


def _message(
    network: Network, booking: Booking, template: str, phone: str, due_at: datetime, channel: str
) -> Message:  # fmt: skip
    contact = _contact(booking)
    address = contact.address if channel == Channel.LETTER else contact.phone if channel else ""
    return Message(
        network=network, key=f"booking:{booking.pk}:{template}:{int(booking.starts_at.timestamp())}",
        channel=channel, address=address, name=contact.name, organisation_id=contact.organisation_id,
        template=template, language=contact.language, code=code_for(booking.idempotency_key), due_at=due_at,
        expires_at=booking.starts_at, created_at=min(due_at, booking.created_at),
        params={"starts_at": booking.starts_at.isoformat(), "phone": phone, "link": "", "person": str(contact.pk)},
    )  # fmt: skip


def _contact(booking: Booking) -> Contact:
    assert booking.contact is not None  # noqa: S101 -- those without were left out
    return booking.contact
