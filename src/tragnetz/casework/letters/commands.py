"""Draft, change, send letters; keep an organisation's own words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write, organisation_of
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.deadlines.commands import settle_deadline
from tragnetz.casework.enums import DeadlineState, LetterSender, LetterState, SendingWay
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.letters.access import can_keep_wordings
from tragnetz.casework.letters.book import LetterKind, kinds
from tragnetz.casework.letters.drafts import Draft, draft_of, missing, sheet_of
from tragnetz.casework.letters.queries import letterhead
from tragnetz.casework.letters.rules import can_move, sent_day_fits
from tragnetz.casework.letters.wording import Wording, faults
from tragnetz.casework.models import Case, Deadline, Letter, LetterSending, LetterVersion, LetterWording
from tragnetz.casework.texts import clean_text, within
from tragnetz.clients.models import Person
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership
from tragnetz.vault.envelopes import Locked

LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """How a letter left: on a day, by a way; `settles` says that the deadline it keeps is met by it."""

    sent_on: date
    way: str
    note: str = ""
    settles: bool = False


def start_letter(
    *, actor: Actor, case: Case, kind: str, draft: Draft, idempotency_key: str, now: datetime,
    person: Person | None = None, deadline: Deadline | None = None,
) -> Letter:  # fmt: skip
    """Keep a first draft, once a key: it may have gaps. Raises CaseworkError for words that cannot be filled."""

    def keep() -> Letter:
        must_write(actor, case)
        wait_for(f"letter:{idempotency_key}")
        known = Letter.objects.filter(case=case, idempotency_key=idempotency_key).first()
        if known is not None:
            return known
        _must_fit(draft, _kind(kind))
        if deadline is not None and deadline.case_id != case.pk:
            raise CaseworkError(_("Diese Frist gehört nicht zu diesem Fall."))
        part = compartment_of(case, person)
        if deadline is not None and deadline.compartment.person_id is not None and deadline.compartment_id != part.pk:
            raise CaseworkError(_("Diese Frist gehört nur einer Person. Schreiben Sie den Brief für diese Person."))
        letter = Letter(
            network=actor.network, case=case, compartment=part, author_id=member_of(actor),
            deadline=deadline, kind=kind, idempotency_key=idempotency_key, created_at=now, changed_at=now,
        )  # fmt: skip
        letter.save()
        _keep_version(actor, letter, draft, now)
        record(actor, "letter:start", case, kind=kind, sender=draft.sender)
        return letter

    return in_transaction(keep)


@transaction.atomic
def change_letter(*, actor: Actor, letter: Letter, draft: Draft, based_on: int, now: datetime) -> Letter:
    """Keep a new version of a draft; what is the same as before makes none.

    Raises CaseworkError for a letter that was sent, and when somebody else has changed it since version `based_on`.
    """
    must_write(actor, letter.case)
    row = _locked(letter)
    if row.state != LetterState.DRAFT:
        raise CaseworkError(_("Dieser Brief ist kein Entwurf mehr. Schreiben Sie einen neuen nach seinem Muster."))
    if row.number != based_on:
        raise CaseworkError(
            _("Jemand hat den Brief inzwischen geändert. Öffnen Sie ihn in einem neuen Fenster und vergleichen Sie.")
        )
    _must_fit(draft, _kind(row.kind))
    if row.versions.get(number=row.number).draft == draft.as_json():
        return row
    row.number += 1
    row.changed_at = now
    row.save(update_fields=["number", "changed_at"])
    _keep_version(actor, row, draft, now)
    record(actor, "letter:change", row.case, kind=row.kind, version=row.number)
    return row


@transaction.atomic
def drop_letter(*, actor: Actor, letter: Letter, again: bool = False) -> Letter:
    """Put a draft aside, or (`again`) take it up again. Raises CaseworkError for one that was sent."""
    must_write(actor, letter.case)
    row = _locked(letter)
    target = LetterState.DRAFT if again else LetterState.DROPPED
    if not can_move(row.state, target) or row.state == LetterState.SENT:
        raise CaseworkError(_("Das geht mit diesem Brief nicht mehr. Bitte laden Sie die Seite neu."))
    row.state = target
    row.save(update_fields=["state"])
    record(actor, "letter:drop", row.case, kind=row.kind, state=target)
    return row


def record_sending(*, actor: Actor, letter: Letter, sent: Sent, idempotency_key: str, now: datetime) -> LetterSending:
    """Keep that a letter left in its latest version, once a key, and settle its deadline if asked to.

    Raises CaseworkError for a letter with gaps, one put aside, or a day that cannot be.
    """

    def keep() -> LetterSending:
        must_write(actor, letter.case)
        wait_for(f"sending:{idempotency_key}")
        row = _locked(letter)
        known = row.sendings.filter(idempotency_key=idempotency_key).first()
        if known is not None:
            return known
        if not can_move(row.state, LetterState.SENT):
            raise CaseworkError(_("Dieser Brief ist verworfen. Nehmen Sie ihn zuerst wieder auf."))
        if not sent_day_fits(sent.sent_on, now.astimezone(actor.network.zone).date()):
            raise CaseworkError(_("Ein Brief ging heute oder früher ab. Bitte prüfen Sie das Datum."))
        version = row.versions.get(number=row.number)
        must_be_whole(version, _kind(row.kind))
        sending = LetterSending(
            network=actor.network, letter=row, version=version, compartment=row.compartment,
            author_id=member_of(actor), sent_on=sent.sent_on, way=SendingWay(sent.way),
            recipient=draft_of(version.draft).recipient, note=within(sent.note), idempotency_key=idempotency_key,
            created_at=now,
        )  # fmt: skip
        sending.save()
        row.state, row.changed_at = LetterState.SENT, now
        row.save(update_fields=["state", "changed_at"])
        record(actor, "letter:send", row.case, kind=row.kind, way=sent.way, version=row.number)
        if sent.settles and row.deadline is not None and row.deadline.state == DeadlineState.OPEN:
            settle_deadline(actor=actor, deadline=row.deadline, state=DeadlineState.MET, now=now)
        return sending

    return in_transaction(keep)


@transaction.atomic
def take_back_sending(*, actor: Actor, sending: LetterSending) -> Letter:
    """Take away a sending that was entered by mistake; without another one the letter is a draft again."""
    must_write(actor, sending.letter.case)
    row = _locked(sending.letter)
    row.sendings.filter(pk=sending.pk).delete()
    if not row.sendings.exists():
        row.state = LetterState.DRAFT
        row.save(update_fields=["state"])
    record(actor, "letter:unsend", row.case, kind=row.kind)
    return row


def must_be_whole(version: LetterVersion, kind: LetterKind) -> None:
    """Raise CaseworkError for a letter that still has gaps, or that nobody here can open."""
    if isinstance(version.draft, Locked):
        raise CaseworkError(_("Dieser Brief ist für Sie verschlossen."))
    gaps = missing(draft_of(version.draft), kind)
    if gaps:
        raise CaseworkError(_("Es fehlt noch: %s.") % ", ".join(gaps))


def _locked(letter: Letter) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related(
        "case", "compartment", "deadline__case__contact", "deadline__compartment__person"
    )
    return rows.get(pk=letter.pk)


def _kind(key: str) -> LetterKind:
    kind = kinds().get(key)
    if kind is None:
        raise CaseworkError(_("Diese Art von Brief gibt es nicht."))
    return kind


def _must_fit(draft: Draft, kind: LetterKind) -> None:
    if draft.sender not in kind.senders:
        raise CaseworkError(_("So kann dieser Brief nicht geschrieben werden. Bitte wählen Sie, wer schreibt."))
    must_fill(Wording(draft.subject, draft.text), kind)
    within(draft.as_json())


def must_fill(wording: Wording, kind: LetterKind) -> None:
    """Raise CaseworkError for words without a subject or text, or with placeholders that there are not."""
    clean_text(wording.subject)
    clean_text(wording.text)
    if len(wording.subject) > LONGEST_SUBJECT:
        raise CaseworkError(_("Der Betreff ist zu lang: höchstens 200 Zeichen."))
    wrong = faults(wording, kind.placeholders)
    if wrong:
        raise CaseworkError(" ".join(wrong))


def _keep_version(actor: Actor, letter: Letter, draft: Draft, now: datetime) -> None:
    head = letterhead(letter.case, Membership.objects.select_related("user").get(pk=member_of(actor)))
    LetterVersion(
        network=actor.network, letter=letter, compartment=letter.compartment, author_id=member_of(actor),
        number=letter.number, draft=draft.as_json(), words="\n".join(sheet_of(draft, _kind(letter.kind), head).lines),
        written_at=now,
    ).save()  # fmt: skip


@transaction.atomic
def keep_wording(*, actor: Actor, kind: str, sender: str, wording: Wording | None, now: datetime) -> LetterWording:
    """Keep an organisation's own words for a kind; without any the original holds again. Raises CaseworkError."""
    found = _kind(kind)
    if not can_keep_wordings(actor) or sender not in found.senders:
        raise CaseworkError(_("Diese Vorlage gibt es nicht."))
    if wording is not None:
        must_fill(wording, found)
    organisation = organisation_of(actor)
    wait_for(f"letter_wording:{organisation}:{kind}:{sender}")
    rows = LetterWording.objects.filter(organisation=organisation, kind=kind, sender=sender)
    row = LetterWording(
        network=actor.network, organisation_id=organisation, author_id=member_of(actor), kind=kind,
        sender=LetterSender(sender), number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        is_original=wording is None, subject=wording.subject.strip() if wording else "",
        text=wording.text.replace("\r\n", "\n").strip() if wording else "", written_at=now,
    )  # fmt: skip
    row.save()
    record(actor, "letter_wording:keep", row, kind=kind, sender=sender, original=wording is None)
    return row
