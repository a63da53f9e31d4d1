"""Prepare and send a referral; say what became of it. Links are in links.py, words and talks in exchange.py."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.casework.texts import clean_text, within
from tragnetz.clients.models import Person
from tragnetz.consent.models import Release
from tragnetz.core.clock import today
from tragnetz.core.transactions import wait_for
from tragnetz.directory.models import Service
from tragnetz.messaging.commands import cancel
from tragnetz.network.actors import Actor
from tragnetz.network.models import Organisation
from tragnetz.referrals.access import must_send, side_of
from tragnetz.referrals.asking import plan_question, take_back_question
from tragnetz.referrals.channel import make_channel
from tragnetz.referrals.enums import Basis, Refusal, Side, State, Urgency
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Link, Referral, Shared
from tragnetz.referrals.offering import name_in, needed, offer_of, packed
from tragnetz.referrals.rules import ENDED, Said, can_move, fits, reply_day_fits


@dataclass(frozen=True, slots=True)
class Details:
    """A referral as somebody prepares it. Whom for: a person, or the household. To whom: an organisation, or words."""

    basis: str
    reason: str
    organisation: Organisation | None = None
    service: Service | None = None
    to_words: str = ""
    to_email: str = ""
    topic: str = ""
    urgency: str = Urgency.NORMAL
    reply_by: date | None = None
    person: Person | None = None
    asks_person: bool = False
    releases: Collection[Release] = field(default_factory=list)


@transaction.atomic
def draft_referral(*, actor: Actor, case: Case, details: Details, request_key: str, now: datetime) -> Referral:
    """Keep a referral that nobody gets yet; the same key is one draft. Raises ReferralError and CaseworkError."""
    must_write(actor, case)
    wait_for(f"referral:{request_key}")
    known = Referral.objects.filter(case=case, request_key=request_key).select_related("case").first()
    if known is not None:
        return known
    if case.state != CaseState.OPEN:
        raise ReferralError(_("Der Fall ist beendet. Öffnen Sie ihn zuerst wieder."))
    row = Referral(
        network=actor.network, case=case, author_id=member_of(actor), request_key=request_key, created_at=now
    )
    _fill(row, details, now)
    record(actor, "referral:draft", case, basis=row.basis)
    return row


@transaction.atomic
def change_draft(*, actor: Actor, referral: Referral, details: Details, now: datetime) -> Referral:
    """Change a referral that was not sent yet. Raises ReferralError."""
    must_send(actor, referral)
    row = locked(referral)
    if row.state != State.DRAFT:
        raise ReferralError(_("Diese Vermittlung ist schon gesendet."))
    _fill(row, details, now)
    record(actor, "referral:draft", row.case, basis=row.basis)
    return row


def _fill(row: Referral, details: Details, now: datetime) -> None:
    if details.organisation is None and not details.to_words.strip():
        raise ReferralError(_("Bitte wählen Sie, an wen vermittelt wird."))
    if details.basis not in Basis.values or details.urgency not in Urgency.values:
        raise ReferralError(_("Diese Auswahl gibt es nicht. Bitte laden Sie die Seite neu."))
    if details.reply_by is not None and not reply_day_fits(details.reply_by, now.astimezone(row.network.zone).date()):
        raise ReferralError(_("Der Tag für die Antwort liegt in der Vergangenheit oder zu weit voraus."))
    row.compartment, row.person = compartment_of(row.case, details.person), details.person
    row.to_organisation, row.to_service = details.organisation, details.service
    row.to_words = "" if details.organisation else within(details.to_words)
    row.to_email, row.topic = details.to_email.strip(), details.topic
    row.reason, row.basis, row.urgency = clean_text(details.reason), details.basis, details.urgency
    row.reply_by, row.asks_person = details.reply_by, details.asks_person
    row.save()
    row.releases.set(details.releases if details.basis == Basis.RELEASED else [])


@transaction.atomic
def send_referral(*, actor: Actor, referral: Referral, ticked: Collection[str], now: datetime) -> Referral:
    """Send a draft with just the pieces that were ticked. Raises ReferralError.

    What changed since it was shown, or is not released any more, is not sent: the person looks again.
    """
    must_send(actor, referral)
    row, day = locked(referral), today(actor.network.zone)
    if not can_move(State(row.state), State.REQUESTED, Side.SENDER):
        raise ReferralError(_("Diese Vermittlung ist schon gesendet."))
    chosen = list(row.releases.all())
    offer = offer_of(row.case, row.person, row.basis, [one.pk for one in chosen], day)
    pieces = offer.ticked(ticked)
    if len(pieces) != len(set(ticked)):
        raise ReferralError(_("Die Angaben haben sich geändert. Bitte sehen Sie die Vorschau noch einmal an."))
    if row.basis == Basis.RELEASED and not pieces:
        raise ReferralError(
            _("Bitte kreuzen Sie an, was der Partner sehen soll. Ohne Angaben wählen Sie „ohne Namen“.")
        )
    named = name_in(row.reason, row.case) if row.basis != Basis.RELEASED else ""
    if named:
        raise ReferralError(
            _("Im Anliegen steht „%s“, ein Name aus dem Haushalt. Ohne Freigabe darf der Partner ihn nicht lesen.")
            % named
        )
    groups = sorted({one.group for one in pieces})
    row.groups = groups
    row.shared_groups = [group for group in groups if row.basis == Basis.RELEASED and offer.cover.opens(group)]
    if row.basis == Basis.RELEASED:
        row.releases.set(needed(chosen, groups, row.shared_groups, row.case, row.person, day))
    row.handed = packed(row.reason, pieces)
    row.state, row.requested_at = State.REQUESTED, now
    make_channel(row)
    row.save()
    told = pieces if row.basis == Basis.RELEASED else []
    Shared(network=actor.network, referral=row, body=packed(row.reason, told)).save()
    record(actor, "referral:send", row.case, basis=row.basis, groups=len(groups))
    return row


@transaction.atomic
def move_referral(
    *, actor: Actor, referral: Referral, target: str, now: datetime, said: Said | None = None, seen: str = "",
) -> Referral:  # fmt: skip
    """Say what became of a referral, by either side. Raises ReferralError.

    `seen` is the state that the page showed: of two who answer at once one wins, the other is told. A partner's answer
    sent twice changes nothing.
    """
    side, row, said = side_of(actor, referral), locked(referral), said or Said()
    if side == Side.RECIPIENT and row.news_at is not None and _says(row) == (target, said):
        return row
    is_known = target in State.values and target != State.REQUESTED
    if not is_known or (seen and seen != row.state) or not can_move(State(row.state), State(target), side):
        raise ReferralError(_("Das geht nicht mehr: Inzwischen hat jemand geantwortet. Bitte laden Sie die Seite neu."))
    wanted = State(target)
    if not fits(wanted, said, Refusal.values):
        raise ReferralError(_("Bitte wählen Sie, was der Grund ist oder was daraus wurde."))
    if row.state == State.REQUESTED:
        row.answered_at = now
    if wanted == State.IN_PROGRESS:
        row.came_at = row.came_at or now
    row.state, row.refusal, row.outcome = wanted, said.refusal, said.outcome
    row.ended_at = now if wanted in ENDED else None
    row.news_at = now if side == Side.RECIPIENT else None
    if wanted in {State.REJECTED, State.CANCELLED, State.FAILED}:
        take_back_question(row, actor)
    elif wanted != State.ON_HOLD:
        plan_question(row, actor, now)
    row.save()
    if wanted == State.CANCELLED:
        cancel(actor=actor, key_prefix=f"referral:{row.pk}:")
        Link.objects.filter(referral=row, revoked_at=None).update(revoked_at=now)
    record(actor, "referral:move", row.case, state=wanted, side=side, why=said.refusal or said.outcome)
    return row


def _says(row: Referral) -> tuple[str, Said]:
    return row.state, Said(row.refusal, row.outcome)


def mark_seen(referral: Referral) -> None:
    """Note that somebody of the counselling has looked at what the partner did. The caller has shown it."""
    if referral.news_at is not None:
        Referral.objects.filter(pk=referral.pk).update(news_at=None)


def locked(referral: Referral) -> Referral:
    """Return a referral for writing, after everybody else who writes it."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related(
        "network", "case__network", "case__contact", "case__household", "compartment__person", "person",
        "to_organisation",
    )  # fmt: skip
    return rows.get(pk=referral.pk)
