"""A note as a counsellor writes it: with the contact that it is of."""

from datetime import datetime

from tragnetz.casework.contacts.commands import Met, record_contact
from tragnetz.casework.models import Case, Note
from tragnetz.clients.models import Person
from tragnetz.core.clock import now as this_instant
from tragnetz.core.ids import new_id
from tragnetz.network.actors import Actor


def write_note(
    *, actor: Actor, case: Case, kind: str, text: str, person: Person | None = None, now: datetime | None = None
) -> Note:
    """Keep a talk on the phone with one note of a kind."""
    at = now or this_instant()
    met = Met("phone", at.astimezone(actor.network.zone).date(), 10)
    contact = record_contact(
        actor=actor, case=case, met=met, texts={kind: text}, idempotency_key=new_id().hex, now=at, person=person
    )
    return Note.objects.get(contact=contact)
