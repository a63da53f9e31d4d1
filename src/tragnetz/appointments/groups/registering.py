"""Register, wait, move up, deregister. No group is ever overfull, however many come at once."""

from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState, GroupState, RegistrationState
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.groups import messages
from tragnetz.appointments.groups.queries import view_of, waiting_in_order
from tragnetz.appointments.groups.rules import REGISTRATION_MOVES, Door, free_seats
from tragnetz.appointments.models import Group, Registration, Session
from tragnetz.audit.commands import record
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.ids import clean_code
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.network.actors import Actor
from tragnetz.vault.sealing import code_for, lookup_hash


class Registered(NamedTuple):
    """A registration, with a seat or waiting, and the code that ends it."""

    registration: Registration
    code: str


def register(
    *,
    actor: Actor,
    group: Group,
    details: ContactDetails,
    idempotency_key: str,
    now: datetime,
    at_the_door: bool = False,
) -> Registered:
    """Give somebody a seat, or a place on the waiting list. The same key registers once, however often it is sent.

    Who stands `at_the_door` came without registration: they get a seat or nothing. Raises PhoneError and
    NotPossibleError; then nothing is kept.
    """

    def take() -> Registered:
        code = code_for(idempotency_key)
        wait_for(f"request:{idempotency_key}")
        known = Registration.objects.select_related("contact").filter(idempotency_key=idempotency_key).first()
        if known is not None:
            return Registered(known, code)
        wait_for(f"group:{group.pk}")
        row = Group.objects.get(pk=group.pk)
        _must_be_open(actor, row, now, at_the_door=at_the_door)
        contact = add_contact(actor=actor, organisation_id=row.organisation_id, details=details)
        registration = Registration(
            network=actor.network, group=row, contact=contact, code_hash=lookup_hash(clean_code(code)),
            idempotency_key=idempotency_key, created_at=now,
        )  # fmt: skip
        if not _seat(registration, row) and at_the_door:
            raise NotPossibleError(_("Alle Plätze sind vergeben. Erhöhen Sie zuerst die Zahl der Plätze der Gruppe."))
        record(actor, "registration:make", registration, state=registration.state)
        _announce(actor, registration, now)
        return Registered(registration, code)

    return in_transaction(take)


def _must_be_open(actor: Actor, group: Group, now: datetime, *, at_the_door: bool) -> None:
    found = view_of(group, now).door
    if found in {Door.LATE, Door.OVER} and at_the_door:
        return
    if not actor.is_staff and not group.is_public:
        found = Door.DRAFT
    texts = {
        Door.DRAFT: _("Für diese Gruppe kann man sich hier nicht anmelden. Bitte rufen Sie uns an."),
        Door.CANCELLED: _("Diese Gruppe ist abgesagt. Sie können sich nicht mehr anmelden."),
        Door.LATE: _("Die Anmeldung ist beendet. Bitte rufen Sie uns an, vielleicht geht es noch."),
        Door.OVER: _("Diese Gruppe ist schon vorbei."),
    }
    if found != Door.OPEN and not (found == Door.LATE and actor.is_staff):
        raise NotPossibleError(texts[found])


def _seat(registration: Registration, group: Group) -> bool:
    """Save with the lowest free seat, or as waiting when there is none; tells whether there was one.

    The lock makes a second look rare; the constraint makes sure that it comes to one.
    """
    while True:
        free = free_seats(_taken(group), group.places)
        registration.seat = free[0] if free else None
        registration.state = RegistrationState.REGISTERED if free else RegistrationState.WAITING
        try:
            with transaction.atomic():
                registration.save()
        except IntegrityError as error:
            if "seat_is_given_once" not in str(error):
                raise
        else:
            return bool(free)


def _taken(group: Group) -> list[int]:
    return list(Registration.objects.filter(group=group).exclude(seat=None).values_list("seat", flat=True))  # type: ignore[arg-type]  # none is null


def _announce(actor: Actor, registration: Registration, now: datetime, *, moved_up: bool = False) -> None:
    coming = _coming(registration.group, now)
    if not coming:
        return
    seated = registration.state == RegistrationState.REGISTERED
    template = ("group_moved_up" if moved_up else "group_registered") if seated else "group_waiting"
    messages.tell(actor=actor, registration=registration, session=coming[0], template=template, now=now)
    for session in coming if seated else ():
        messages.remind(actor=actor, registration=registration, session=session, now=now)


def _coming(group: Group, now: datetime) -> list[Session]:
    rows = Session.objects.select_related("booking").filter(group=group, starts_at__gt=now)
    return list(rows.exclude(booking__state=BookingState.CANCELLED).order_by("starts_at"))


def deregister(*, actor: Actor, registration: Registration, now: datetime) -> Registration:
    """Give a seat back; the first who waits moves up. Twice changes nothing; nothing more is sent about it."""

    def leave() -> Registration:
        wait_for(f"group:{registration.group_id}")
        row = Registration.objects.select_related("group", "contact").get(pk=registration.pk)
        if row.state == RegistrationState.CANCELLED:
            return row
        if RegistrationState.CANCELLED not in REGISTRATION_MOVES[row.state] or view_of(row.group, now).is_over:
            raise NotPossibleError(_("Diese Gruppe ist schon vorbei. Sie brauchen sich nicht abzumelden."))
        row.state, row.seat = RegistrationState.CANCELLED, None
        row.save(update_fields=["state", "seat"])
        messages.forget(actor=actor, registration=row)
        record(actor, "registration:end", row)
        fill_places(actor=actor, group=row.group, now=now)
        return row

    return in_transaction(leave)


def fill_places(*, actor: Actor, group: Group, now: datetime) -> int:
    """Let people move up while there are free seats, first come first; returns how many. Asks for the group's lock."""
    wait_for(f"group:{group.pk}")
    if group.state != GroupState.OPEN or not _coming(group, now):
        return 0
    free = len(free_seats(_taken(group), group.places))
    moved = 0
    for registration in waiting_in_order(group)[:free]:
        if not _seat(registration, group):
            break
        record(actor, "registration:move_up", registration)
        _announce(actor, registration, now, moved_up=True)
        moved += 1
    return moved
