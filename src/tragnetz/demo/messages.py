"""Messages about the appointments to come, as they would stand in the outbox today: invented like the people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.clients.models import Contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.messaging.enums import Channel, Reason, State
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import way_to
from tragnetz.network.models import Hotline, Network

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LETTER_AHEAD = timedelta(days=5)  # only of appointments so far away a letter is written
LETTERS = 3  # an organisation
STREETS = ("Hauptstraße 12", "Bahnhofstraße 85", "Mont-Cenis-Straße 210", "Dorstener Straße 31")
ODD = (  # what went wrong with the first messages of an organisation: channel, state, why
    (Channel.SMS, State.UNCERTAIN, f"{Reason.UNANSWERED}:504"),
    (Channel.SMS, State.FAILED, f"{Reason.REFUSED}:400"),
    (Channel.CALL, State.FAILED, Reason.NO_ANSWER),
    ("", State.FAILED, Reason.NO_WAY),
)


def load_messages(network: Network, now: datetime) -> None:
    """Fill the outbox, once; a network that has messages keeps what it has."""
    if Message.objects.exists():
        return
    line = Hotline.objects.first()
    phone = line.phone if line else ""
    coming = Booking.objects.filter(starts_at__gt=now + HOUR, state=BookingState.BOOKED).exclude(contact=None)
    rows = coming.select_related("contact", "membership").order_by("membership__organisation_id", "starts_at")
    messages: list[Message] = []
    for _organisation, bookings in groupby(rows, key=lambda row: row.membership.organisation_id):
        messages += _of_organisation(network, list(bookings), phone, now)
    Message.objects.bulk_create(messages)


def _of_organisation(network: Network, bookings: list[Booking], phone: str, now: datetime) -> Iterator[Message]:
    distant = [booking for booking in bookings if booking.starts_at > now + LETTER_AHEAD][:LETTERS]
    for number, booking in enumerate(distant):
        _give_address(booking, number)
        yield _message(network, booking, "moved", phone, now - 2 * HOUR, Channel.LETTER)
    near = [booking for booking in bookings if booking not in distant]
    for booking, (channel, state, error) in zip(near, ODD, strict=False):
        message = _message(network, booking, "moved", phone, now - 3 * HOUR, channel)
        message.state, message.error, message.attempts = state, str(error), 1
        yield message
    for booking in near[len(ODD) :]:
        yield from _usual(network, booking, phone, now)


def _give_address(booking: Booking, number: int) -> None:
    contact = _contact(booking)
    contact.may_text, contact.may_letter = False, True
    contact.address = f"{STREETS[number % len(STREETS)]}\n44623 Herne"
    contact.save()


def _usual(network: Network, booking: Booking, phone: str, now: datetime) -> Iterator[Message]:
    """Make a confirmation that went out, and a reminder a day before: by SMS, or by a call of ours."""
    contact = _contact(booking)
    way = way_to(recipient_of(contact))
    if way is None:
        return
    due = booking.starts_at - DAY
    reminder = _message(network, booking, "reminder", phone, due, way.channel)
    if way.channel == Channel.SMS:
        booked = _message(network, booking, "booked", phone, max(booking.created_at, now - 6 * DAY), Channel.SMS)
        for message in (booked, reminder):
            if message.due_at <= now:
                message.state, message.sent_at, message.attempts = State.SENT, message.due_at, 1
        yield booked
    yield reminder


def _message(
    network: Network, booking: Booking, template: str, phone: str, due_at: datetime, channel: str
) -> Message:  # fmt: skip
    contact = _contact(booking)
    address = contact.address if channel == Channel.LETTER else contact.phone if channel else ""
    return Message(
        network=network, key=f"booking:{booking.pk}:{template}:{int(booking.starts_at.timestamp())}",
        channel=channel, address=address, name=contact.name, organisation_id=contact.organisation_id,
        template=template, language=contact.language, code="K7M4-9XQ2-PD3A", due_at=due_at,
        expires_at=booking.starts_at, created_at=min(due_at, booking.created_at),
        params={"starts_at": booking.starts_at.isoformat(), "phone": phone, "link": "", "person": str(contact.pk)},
    )  # fmt: skip


def _contact(booking: Booking) -> Contact:
    assert booking.contact is not None  # noqa: S101 -- those without were left out
    return booking.contact
