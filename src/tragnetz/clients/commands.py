"""Write people's data."""

import json
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.clients.access import visible_contacts
from tragnetz.clients.errors import ContactError, EmailError, PhoneError
from tragnetz.clients.models import Contact, Household, Person, Takeaway
from tragnetz.clients.names.commands import index_contact, index_people
from tragnetz.clients.recipients import recipient_of
from tragnetz.clients.rules import ContactDetails, clean_address, clean_email, clean_phone, takeaway_lasts
from tragnetz.core.clock import today
from tragnetz.core.ids import clean_code, new_code
from tragnetz.eligibility.facts import Facts
from tragnetz.messaging.commands import reroute
from tragnetz.network.actors import Actor
from tragnetz.vault.sealing import CannotOpenError, key_from_code, lookup_hash, open_sealed, seal


class Kept(NamedTuple):
    """A takeaway just made, and the code that only this answer ever shows."""

    takeaway: Takeaway
    code: str


class PersonDetails(NamedTuple):
    """A member of a household as typed; `id` says who it is, if they are known."""

    name: str
    relation: str
    birth_year: int | None
    id: uuid.UUID | None = None


@transaction.atomic
def add_contact(*, actor: Actor, organisation_id: uuid.UUID, details: ContactDetails) -> Contact:
    """Keep how to reach somebody. Raises PhoneError, EmailError."""
    contact = Contact(network=actor.network, organisation_id=organisation_id)
    _keep(contact, details)
    record(actor, "contact:add", contact)
    return contact


@transaction.atomic
def change_contact(*, actor: Actor, contact: Contact, details: ContactDetails) -> int:
    """Change how to reach somebody; what waits in the outbox follows. Returns how many messages take another way.

    Only for those who phone, in the organisation whose contact it is. Raises PhoneError, EmailError, ContactError.
    """
    row = visible_contacts(actor).select_for_update(of=("self",)).filter(pk=contact.pk).first()
    if row is None:
        raise ContactError(_("Diesen Kontakt gibt es nicht mehr."))
    if row.restricted_on is not None:
        raise ContactError(_("Diese Daten sind eingeschränkt. Sie dürfen nur aufbewahrt und nicht geändert werden."))
    _keep(row, details)
    moved = reroute(recipient=recipient_of(row))
    record(actor, "contact:change", row, messages=moved)
    return moved


def _keep(contact: Contact, details: ContactDetails) -> None:
    phone, email, address = clean_phone(details.phone), clean_email(details.email), clean_address(details.address)
    if details.phone.strip() and not phone:
        raise PhoneError(_("Diese Telefonnummer stimmt nicht. Bitte prüfen Sie sie, zum Beispiel 0170 1234567."))
    if details.email.strip() and not email:
        raise EmailError(_("Diese E-Mail-Adresse stimmt nicht. Bitte prüfen Sie sie, zum Beispiel name@example.org."))
    contact.name, contact.language, contact.interpreter = details.name.strip(), details.language, details.interpreter
    contact.phone, contact.email, contact.address = phone, email, address
    contact.may_call = details.may_call and bool(phone)
    contact.may_text = details.may_text and bool(phone)
    contact.may_voicemail = details.may_voicemail and bool(phone)
    contact.may_email = details.may_email and bool(email)
    contact.may_letter = details.may_letter and bool(address)
    contact.safe_note = details.safe_note.strip()
    contact.address_blocked = details.address_blocked
    fresh = contact._state.adding  # noqa: SLF001 -- Django's public interface
    contact.save()
    index_contact(contact, fresh=fresh)


@transaction.atomic
def keep_takeaway(*, actor: Actor, facts: Facts, services: Sequence[str], now: datetime) -> Kept:
    """Keep a resident's answers for a code, because they asked for it. Without the code nobody can read them."""
    code = new_code()
    plain = json.dumps({"facts": _plain(facts), "services": list(services)}).encode()
    takeaway = Takeaway(
        network=actor.network,
        code_hash=lookup_hash(clean_code(code)),
        sealed=seal(plain, key_from_code(clean_code(code)), b"takeaway"),
        expires_at=now + takeaway_lasts(),
    )
    takeaway.save()
    record(actor, "takeaway:keep", takeaway)
    return Kept(takeaway, code)


def _plain(facts: Facts) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset | set) else value for name, value in facts.items()}


def open_takeaway(*, actor: Actor, code: str, now: datetime) -> dict[str, Any] | None:
    """Return the answers behind a code (`facts`, `services`); nothing if it is unknown, expired or mistyped."""
    clean = clean_code(code)
    if not clean:
        return None
    takeaway = Takeaway.objects.filter(code_hash=lookup_hash(clean), expires_at__gt=now).first()
    if takeaway is None:
        return None
    try:
        opened = open_sealed(bytes(takeaway.sealed), key_from_code(clean), b"takeaway")
    except CannotOpenError:
        return None
    record(actor, "takeaway:open", takeaway)
    answers: dict[str, Any] = json.loads(opened)
    return answers


@transaction.atomic
def forget_takeaway(*, actor: Actor, code: str) -> bool:
    """Delete the answers behind a code at once; tells whether there were any."""
    clean = clean_code(code)
    takeaway = Takeaway.objects.filter(code_hash=lookup_hash(clean)).first() if clean else None
    if takeaway is None:
        return False
    record(actor, "takeaway:forget", takeaway)
    takeaway.delete()
    return True


def forget_expired(*, now: datetime) -> int:
    """Delete the takeaways of the network in scope that have ended; returns how many."""
    return Takeaway.objects.filter(expires_at__lte=now).delete()[0]


@transaction.atomic
def set_household(
    *, actor: Actor, household: Household, people: Sequence[PersonDetails], facts: Facts | None = None
) -> Household:
    """Say who lives in a household, and what is known of it when `facts` are given.

    Who is known by `id` stays the same person, with all they decided. Who is not named any more is removed, or, where
    something hangs on them, marked as having left today.
    """
    present = {row.pk: row for row in household.people.select_for_update().filter(left_on=None)}
    for person in people:
        known = present.pop(person.id, None) if person.id is not None else None
        row = known or Person(network=actor.network, household=household)
        row.name, row.relation, row.birth_year = person.name, person.relation, person.birth_year
        row.save()
    left = sum(_let_go(row, today(actor.network.zone)) for row in present.values())
    index_people(household.people.all(), organisation_id=household.organisation_id)
    if facts is not None:
        household.facts = json.dumps(_plain(facts))
        household.save(update_fields=["facts"])
    record(actor, "household:set", household, people=len(people), left=left)
    return household


def _let_go(person: Person, day: date) -> bool:
    """Remove a member of a household; tells whether they had to stay as one who left."""
    try:
        person.delete()
    except ProtectedError:
        person.left_on = day
        person.save(update_fields=["left_on"])
        return True
    return False


@transaction.atomic
def new_household(*, actor: Actor, organisation_id: uuid.UUID, facts: Facts) -> Household:
    """Start a household with what is known of it."""
    household = Household(network=actor.network, organisation_id=organisation_id, facts=json.dumps(_plain(facts)))
    household.save()
    record(actor, "household:add", household)
    return household
