"""Write people's data."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.clients.errors import PhoneError
from tragnetz.clients.models import Contact, Household, Person, Takeaway
from tragnetz.clients.rules import ContactDetails, clean_phone, takeaway_lasts
from tragnetz.core.ids import clean_code, new_code
from tragnetz.eligibility.facts import Facts
from tragnetz.network.actors import Actor
from tragnetz.vault.sealing import CannotOpenError, key_from_code, lookup_hash, open_sealed, seal


class Kept(NamedTuple):
    """A takeaway just made, and the code that only this answer ever shows."""

    takeaway: Takeaway
    code: str


class PersonDetails(NamedTuple):
    """A member of a household as typed."""

    name: str
    relation: str
    birth_year: int | None


@transaction.atomic
def add_contact(*, actor: Actor, organisation_id: uuid.UUID, details: ContactDetails) -> Contact:
    """Keep how to reach somebody. Raises PhoneError."""
    phone = clean_phone(details.phone)
    if details.phone.strip() and not phone:
        raise PhoneError(_("Diese Telefonnummer stimmt nicht. Bitte prüfen Sie sie, zum Beispiel 0170 1234567."))
    contact = Contact(
        network=actor.network,
        organisation_id=organisation_id,
        name=details.name.strip(),
        phone=phone,
        email=details.email.strip(),
        language=details.language,
        interpreter=details.interpreter,
        may_call=details.may_call and bool(phone),
        may_text=details.may_text and bool(phone),
        may_voicemail=details.may_voicemail and bool(phone),
        may_email=details.may_email and bool(details.email.strip()),
        safe_note=details.safe_note.strip(),
    )
    contact.save()
    record(actor, "contact:add", contact)
    return contact


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
    """Replace who lives in a household, and what is known of it when `facts` are given."""
    household.people.all().delete()
    for person in people:
        Person(
            network=actor.network,
            household=household,
            name=person.name,
            relation=person.relation,
            birth_year=person.birth_year,
        ).save()
    if facts is not None:
        household.facts = json.dumps(_plain(facts))
        household.save(update_fields=["facts"])
    record(actor, "household:set", household, people=len(people))
    return household


@transaction.atomic
def new_household(*, actor: Actor, organisation_id: uuid.UUID, facts: Facts) -> Household:
    """Start a household with what is known of it."""
    household = Household(network=actor.network, organisation_id=organisation_id, facts=json.dumps(_plain(facts)))
    household.save()
    record(actor, "household:add", household)
    return household
