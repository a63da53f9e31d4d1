"""Keep a contact with what was said and what comes next; keep short texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_keep_texts, member_of, must_write, organisation_of
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.contacts.rules import TALKS, day_fits
from tragnetz.casework.enums import ContactKind, NoteKind, Participant, StepOwner
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, CaseContact, Note, Step, TextTemplate
from tragnetz.casework.texts import clean_text
from tragnetz.clients.models import Person
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class Met:
    """How one met: on a day, so many minutes, with whom, in which language, who interpreted."""

    kind: str
    held_on: date
    minutes: int
    participants: tuple[str, ...] = (Participant.PERSON,)
    language: str = "de"
    interpreting: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done after a contact."""

    text: str
    owner: str
    due_on: date | None = None


def record_contact(
    *,
    actor: Actor,
    case: Case,
    met: Met,
    texts: Mapping[str, str],
    idempotency_key: str,
    now: datetime,
    step: NextStep | None = None,
    person: Person | None = None,
) -> CaseContact:
    """Keep a contact, a note for each kind of text that is not empty, and the next step: all or nothing, once a key.

    With `person` all of it is kept in that adult's own part. Raises CaseworkError.
    """

    def keep() -> CaseContact:
        must_write(actor, case)
        wait_for(f"contact:{idempotency_key}")
        known = CaseContact.objects.filter(case=case, idempotency_key=idempotency_key).first()
        if known is not None:
            return known
        if not day_fits(met.held_on, now.astimezone(actor.network.zone).date()):
            raise CaseworkError(_("Das Datum muss heute oder im letzten Jahr liegen."))
        part, author = compartment_of(case, person), member_of(actor)
        contact = CaseContact(
            network=actor.network, case=case, compartment=part, author_id=author, kind=ContactKind(met.kind),
            held_on=met.held_on, minutes=met.minutes,
            participants=[code for code in Participant.values if code in met.participants and met.kind in TALKS],
            language=met.language, interpreting=met.interpreting if met.kind in TALKS else "",
            idempotency_key=idempotency_key, created_at=now,
        )  # fmt: skip
        contact.save()
        notes = [
            Note(
                network=actor.network, case=case, compartment=part, contact=contact, author_id=author, kind=kind,
                text=clean_text(texts[kind]), written_at=now,
            )
            for kind in NoteKind
            if texts.get(kind, "").strip()
        ]  # fmt: skip
        for note in notes:
            note.save()
        if step is not None:
            Step(
                network=actor.network, case=case, compartment=part, text=clean_text(step.text),
                owner=StepOwner(step.owner), due_on=step.due_on, created_at=now,
            ).save()  # fmt: skip
        record(actor, "contact:keep", case, kind=met.kind, notes=len(notes), step=step is not None)
        return contact

    return in_transaction(keep)


@transaction.atomic
def keep_template(*, actor: Actor, kind: str, title: str, text: str) -> TextTemplate:
    """Keep a short text of one's organisation; the same title of a kind gets the new text. Raises CaseworkError."""
    _must_keep(actor)
    row, _made = TextTemplate.objects.update_or_create(
        organisation_id=organisation_of(actor),
        kind=NoteKind(kind),
        title=clean_text(title),
        defaults={"text": clean_text(text)},
        create_defaults={"text": clean_text(text), "network": actor.network},
    )
    record(actor, "text_template:keep", row, kind=kind)
    return row


@transaction.atomic
def drop_template(*, actor: Actor, template: TextTemplate) -> None:
    """Take a short text away; notes keep what was put into them."""
    _must_keep(actor, template)
    record(actor, "text_template:drop", template)
    template.delete()


def _must_keep(actor: Actor, template: TextTemplate | None = None) -> None:
    foreign = template is not None and template.organisation_id != actor.organisation_id
    if not can_keep_texts(actor) or foreign:
        raise CaseworkError(_("Diesen Textbaustein gibt es nicht."))
