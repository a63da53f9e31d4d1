"""Take a request down, and carry it out: review, correct, restrict, erase, answer."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.models import Case
from tragnetz.clients.models import Contact, Person
from tragnetz.clients.rules import clean_address, clean_email, clean_phone
from tragnetz.network.actors import Actor
from tragnetz.privacy.access import (
    can_handle_requests,
    cases_for_requests,
    contacts_for_requests,
    visible_requests,
)
from tragnetz.privacy.enums import Identity, RequestState, RestrictionReason, Result, Right, Way
from tragnetz.privacy.erasing import erase, withdraw_messages
from tragnetz.privacy.errors import PrivacyError
from tragnetz.privacy.kinds import BY_KEY
from tragnetz.privacy.models import Correction, Redaction, Request, Restriction
from tragnetz.privacy.rights.copy import fingerprint, is_reviewed, subject_of, texts_to_review
from tragnetz.privacy.rights.rules import answer_until, extended_until
from tragnetz.privacy.subjects import Subject, twins

MAX_TEXT = 20_000
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Demand:
    """What somebody demands, as taken down."""

    right: str
    way: str
    received_on: date
    identity: str = Identity.UNKNOWN
    wish: str = ""


@transaction.atomic
def take_request(
    *,
    actor: Actor,
    case_id: uuid.UUID | None,
    person_id: uuid.UUID | None,
    demand: Demand,
    idempotency_key: str,
    today: date,
    contact_id: uuid.UUID | None = None,
) -> Request:
    """Take down what the person of a case, another adult of the household, or somebody without a case demands.

    The same key does it once. Raises PrivacyError.
    """
    known = Request.objects.filter(idempotency_key=idempotency_key).first()
    if known is not None:
        return known
    if actor.membership_id is None or actor.organisation_id is None:
        raise PrivacyError(_("Bitte melden Sie sich an."))
    whose = _whose_case(actor, case_id, person_id) if case_id else _whose_contact(actor, contact_id)
    if demand.right not in Right.values or demand.way not in Way.values or demand.identity not in Identity.values:
        raise PrivacyError(_("Bitte wählen Sie aus, was die Person verlangt und auf welchem Weg."))
    if demand.received_on > today:
        raise PrivacyError(_("Der Antrag kann nicht in der Zukunft eingegangen sein."))
    made = Request(
        network=actor.network, organisation_id=actor.organisation_id, right=demand.right, **whose, way=demand.way,
        identity=demand.identity,
        wish=_text(demand.wish), received_on=demand.received_on, due_on=answer_until(demand.received_on),
        taken_by_id=actor.membership_id, idempotency_key=idempotency_key,
    )  # fmt: skip
    made.save()
    record(actor, "rights:take", made, right=demand.right, way=demand.way)
    return made


def _whose_case(actor: Actor, case_id: uuid.UUID, person_id: uuid.UUID | None) -> dict[str, Any]:
    case = cases_for_requests(actor).select_related("enquiry").filter(pk=case_id).first()
    if case is None:
        raise PrivacyError(_("Diesen Fall gibt es nicht."))
    if person_id is None:
        contact_id = case.contact_id or (case.enquiry.contact_id if case.enquiry else None)
        return {"case": case, "contact_id": contact_id}
    person = Person.objects.filter(pk=person_id, household=case.household_id).first()
    if person is None:
        raise PrivacyError(_("Diese Person gehört nicht zum Haushalt."))
    return {"case": case, "person": person}


def _whose_contact(actor: Actor, contact_id: uuid.UUID | None) -> dict[str, Any]:
    contact = contacts_for_requests(actor).filter(pk=contact_id).first() if contact_id else None
    if contact is None:
        raise PrivacyError(_("Diesen Kontakt gibt es nicht."))
    return {"contact": contact}


def _open(actor: Actor, request_id: uuid.UUID, *rights: Right) -> Request:
    """Return an open request of one's organisation, nobody else's for the moment. Raises PrivacyError."""
    if not can_handle_requests(actor) or actor.membership_id is None:
        raise PrivacyError(_("Anträge bearbeitet die Leitung."))
    row = visible_requests(actor).select_for_update(of=("self",)).filter(pk=request_id).first()
    if row is None:
        raise PrivacyError(_("Diesen Antrag gibt es nicht."))
    if row.state != RequestState.OPEN:
        raise PrivacyError(_("Dieser Antrag ist schon beantwortet."))
    if rights and row.right not in rights:
        raise PrivacyError(_("Das passt nicht zu dem, was die Person verlangt."))
    return row


def _subject(request: Request) -> Subject:
    subject = subject_of(request)
    if subject is None:
        raise PrivacyError(_("Die Daten dieser Person sind nicht mehr da."))
    return subject


def _known(request: Request) -> None:
    if request.identity == Identity.UNKNOWN:
        raise PrivacyError(_("Bitte tragen Sie zuerst ein, woher Sie wissen, dass es diese Person ist."))


@transaction.atomic
def set_identity(*, actor: Actor, request_id: uuid.UUID, identity: str) -> Request:
    """Say how we know that it is this person (Art. 12 Abs. 6 DSGVO). Raises PrivacyError."""
    row = _open(actor, request_id)
    if identity not in Identity.values:
        raise PrivacyError(_("Bitte wählen Sie aus, woher Sie die Person kennen."))
    row.identity = identity
    row.save(update_fields=["identity"])
    record(actor, "rights:read", row, identity=identity)
    return row


@transaction.atomic
def add_contacts(*, actor: Actor, request_id: uuid.UUID, ids: Collection[str]) -> Request:
    """Say which other contacts with the same number or address are this person. Raises PrivacyError."""
    row = _open(actor, request_id)
    found = [contact for contact in twins_of(row) if str(contact.pk) in ids]
    if not found:
        raise PrivacyError(_("Bitte wählen Sie aus, was zu dieser Person gehört."))
    row.also.add(*found)
    record(actor, "rights:join", row, contacts=len(found))
    return row


def twins_of(request: Request) -> list[Contact]:
    """Return other contacts that are perhaps the same person, and are not part of the request yet."""
    contact = request.contact or (request.case.contact if request.case and not request.person else None)
    subject = subject_of(request)
    return twins(contact, subject.contacts) if contact is not None and subject is not None else []


@transaction.atomic
def extend(*, actor: Actor, request_id: uuid.UUID, why: str, today: date) -> Request:
    """Take two more months, once and within the first: the person is told why (Art. 12 Abs. 3). Raises PrivacyError."""
    row = _open(actor, request_id)
    if row.extended_on is not None:
        raise PrivacyError(_("Die Frist ist schon verlängert. Noch einmal geht es nicht."))
    if today > row.due_on:
        raise PrivacyError(_("Die Frist ist vorbei. Verlängern geht nur im ersten Monat."))
    if not why.strip():
        raise PrivacyError(_("Bitte schreiben Sie auf, warum es länger dauert. Das müssen Sie der Person sagen."))
    row.extended_on, row.extension, row.due_on = today, _text(why), extended_until(row.received_on)
    row.save(update_fields=["extended_on", "extension", "due_on"])
    record(actor, "rights:extend", row)
    return row


@transaction.atomic
def review(*, actor: Actor, request_id: uuid.UUID, seen: str, black: Collection[str], now: datetime) -> Request:
    """Keep which passages are blacked out. `seen` is the fingerprint of the page that was looked at.

    Raises PrivacyError, also when a text changed meanwhile: then it has to be looked at again.
    """
    row = _open(actor, request_id, Right.ACCESS)
    groups = texts_to_review(row, _subject(row))
    if seen != fingerprint(groups):
        raise PrivacyError(_("Inzwischen hat sich ein Text geändert. Bitte sehen Sie ihn noch einmal durch."))
    row.redactions.all().delete()
    chosen = [text for group in groups for text in group.texts if text.value in black]
    Redaction.objects.bulk_create(
        Redaction(
            network=actor.network, request=row, kind=text.kind.key, object_id=text.object_id, field=text.field,
            digest=text.digest,
        )
        for text in {text.value: text for text in chosen}.values()
    )  # fmt: skip
    # A blacked-out text of a request is part of what is looked through: its fingerprint is taken after that.
    row.reviewed, row.reviewed_at = fingerprint(groups), now
    row.save(update_fields=["reviewed", "reviewed_at"])
    record(actor, "rights:redact", row, passages=len(chosen))
    return row


def ready_to_hand_out(request: Request) -> Subject:
    """Return whose data go out. Raises PrivacyError while the person is not known, or texts are not looked through."""
    _known(request)
    subject = _subject(request)
    if request.right == Right.ACCESS and not is_reviewed(request, texts_to_review(request, subject)):
        raise PrivacyError(_("Bitte sehen Sie zuerst die Texte durch: Was betrifft andere Personen?"))
    return subject


@transaction.atomic
def correct(
    *, actor: Actor, request_id: uuid.UUID, kind: str, object_id: uuid.UUID, field: str, value: str, now: datetime
) -> Correction:
    """Write down what is right; the request keeps what it said before, and who changed it. Raises PrivacyError."""
    row = _open(actor, request_id, Right.CORRECTION)
    _known(row)
    if actor.membership_id is None:
        raise PrivacyError(_("Bitte melden Sie sich an."))
    found = BY_KEY.get(kind)
    if found is None or field not in found.correctable:
        raise PrivacyError(_("Das kann nicht berichtigt werden."))
    target = found.told(_subject(row)).filter(pk=object_id).first()
    if target is None:
        raise PrivacyError(_("Diese Angabe gibt es nicht mehr."))
    before = getattr(target, field)
    after = _clean(field, value)
    setattr(target, field, after)
    target.save(update_fields=[field])
    made = Correction(
        network=actor.network, request=row, compartment=getattr(target, "compartment", None), kind=kind,
        object_id=object_id, field=field,
        before="" if before is None else str(before), after="" if after is None else str(after),
        by_id=actor.membership_id, at=now,
    )  # fmt: skip
    made.save()
    record(actor, "rights:correct", target, kind=kind, field=field)
    return made


def _clean(field: str, value: str) -> str | int | date | None:
    """Return a value as its field wants it. Raises PrivacyError in words for whoever typed it."""
    typed = value.strip()
    if field in {"phone", "email"}:
        clean = clean_phone(typed) if field == "phone" else clean_email(typed)
        if typed and not clean:
            raise PrivacyError(_("Diese Nummer oder Adresse stimmt nicht. Bitte prüfen Sie sie."))
        return clean
    if field == "birth_year":
        if typed and not (typed.isdecimal() and FIRST_YEAR <= int(typed) <= LAST_YEAR):
            raise PrivacyError(_("Bitte ein Jahr, zum Beispiel 1985."))
        return int(typed) if typed else None
    if field == "opened_on":
        try:
            return datetime.strptime(typed, "%d.%m.%Y").date()  # noqa: DTZ007 -- a day, no instant
        except ValueError as error:
            raise PrivacyError(_("Bitte ein Datum, zum Beispiel 28.11.2026.")) from error
    if field == "address":
        return clean_address(value)
    if field in {"name", "text"} and not typed:
        raise PrivacyError(_("Bitte schreiben Sie, was richtig ist."))
    return _text(value)


@transaction.atomic
def restrict(*, actor: Actor, request_id: uuid.UUID, reason: str, today: date) -> Restriction:
    """Only keep the record from now on (Art. 18), or follow an objection (Art. 21). Raises PrivacyError."""
    row = _open(actor, request_id, Right.RESTRICTION, Right.OBJECTION, Right.ERASURE, Right.CORRECTION)
    _known(row)
    if reason not in RestrictionReason.values or reason == RestrictionReason.FUNDER:
        raise PrivacyError(_("Bitte wählen Sie einen Grund."))
    if row.person is not None and row.contact is None:
        raise PrivacyError(
            _("Einschränken lässt sich nur der ganze Fall. Sprechen Sie mit der Person, um deren Fall es geht.")
        )
    subject = _subject(row)
    made = Restriction(
        network=actor.network, organisation_id=row.organisation_id, case=row.case, contact=row.contact, reason=reason,
        since=today,
    )  # fmt: skip
    made.save()
    Case.objects.filter(pk__in=subject.cases, restricted_on=None).update(restricted_on=today)
    Contact.objects.filter(pk__in=subject.contacts, restricted_on=None).update(restricted_on=today)
    withdraw_messages(subject)
    record(actor, "rights:object" if row.right == Right.OBJECTION else "rights:restrict", row, reason=reason)
    return made


@transaction.atomic
def lift(*, actor: Actor, request_id: uuid.UUID, today: date) -> Request:
    """End the restrictions of a record; the person is told before (Art. 18 Abs. 3). Raises PrivacyError.

    What is kept only as a proof for a funder stays restricted.
    """
    if not can_handle_requests(actor):
        raise PrivacyError(_("Anträge bearbeitet die Leitung."))
    row = visible_requests(actor).filter(pk=request_id).first()
    if row is None:
        raise PrivacyError(_("Diesen Antrag gibt es nicht."))
    subject = _subject(row)
    live = Restriction.objects.filter(lifted_on=None, case__in=subject.cases) | Restriction.objects.filter(
        lifted_on=None, contact__in=subject.contacts
    )
    if live.filter(reason=RestrictionReason.FUNDER).exists():
        raise PrivacyError(_("Hier ist nur noch der Nachweis für die Förderung. Er bleibt eingeschränkt."))
    if not live.exists():
        raise PrivacyError(_("Diese Daten sind nicht eingeschränkt."))
    Restriction.objects.filter(pk__in=list(live.values_list("pk", flat=True))).update(lifted_on=today)
    Case.objects.filter(pk__in=subject.cases).update(restricted_on=None)
    Contact.objects.filter(pk__in=subject.contacts).update(restricted_on=None)
    record(actor, "rights:lift", row)
    return row


@transaction.atomic
def erase_for(*, actor: Actor, request_id: uuid.UUID, now: datetime) -> Counter[str]:
    """Erase what a person demands (Art. 17), and close the request; returns how many rows of each kind went.

    Where the proof for a funder must be kept, that alone stays, restricted, and the result is "partly".
    Raises PrivacyError.
    """
    row = _open(actor, request_id, Right.ERASURE)
    _known(row)
    subject = _subject(row)
    today = now.astimezone(actor.network.zone).date()
    counts = erase(actor=actor, subject=subject, now=now)
    stays = Case.objects.filter(pk__in=subject.cases, restricted_on__isnull=False).exists()
    _close(row, actor, Result.PARTLY if stays else Result.GRANTED, "", today)
    record(actor, "rights:erase", row, rows=sum(counts.values()), proof_kept=stays)
    return counts


@transaction.atomic
def answer(*, actor: Actor, request_id: uuid.UUID, result: str, text: str, today: date) -> Request:
    """Say what was answered. A refusal tells why, and that one can complain (Art. 12 Abs. 4). Raises PrivacyError."""
    row = _open(actor, request_id)
    if result not in Result.values:
        raise PrivacyError(_("Bitte wählen Sie aus, was aus dem Antrag wurde."))
    if result in {Result.REFUSED, Result.PARTLY} and not text.strip():
        raise PrivacyError(_("Bitte schreiben Sie auf, warum. Die Person hat ein Recht darauf (Art. 12 Abs. 4 DSGVO)."))
    _close(row, actor, Result(result), text, today)
    record(actor, "rights:answer", row, result=result, in_time=today <= row.due_on)
    return row


def _close(row: Request, actor: Actor, result: Result, text: str, today: date) -> None:
    row.refresh_from_db(fields=["contact", "case", "person"])
    row.state, row.result, row.answered_on = RequestState.ANSWERED, result, today
    row.answered_by_id = actor.membership_id
    row.answer = _text(text)
    row.save(update_fields=["state", "result", "answered_on", "answered_by", "answer"])


def _text(typed: str) -> str:
    text = typed.strip()
    if len(text) > MAX_TEXT:
        raise PrivacyError(_("Der Text ist zu lang: höchstens 20.000 Zeichen."))
    return text
