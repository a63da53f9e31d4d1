"""Plan claims, say how they stand, take a step back, ask for the money to go on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.claims.benefits import habit_of
from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.models import Claim, ClaimMove
from tragnetz.casework.claims.rules import MOVES, RENEWABLE, Grant, day_fits, fault_of, renew_day
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case
from tragnetz.casework.texts import clean_text, within
from tragnetz.clients.models import Person
from tragnetz.core.transactions import wait_for
from tragnetz.directory.models import Office, Paper, Service
from tragnetz.directory.responsibility import all_offices, deciding_office
from tragnetz.eligibility.facts import Facts
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """A claim as somebody writes it down: a benefit of the directory, else a `title`; who decides, under which sign."""

    benefit: str = ""
    title: str = ""
    office_id: uuid.UUID | None = None
    office_words: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a claim: its new state, the day (of the letter, of handing in), and what to remember.

    `grant` comes with a decision that grants, `papers` are those that the office asked for beside the usual ones.
    """

    state: str
    happened_on: date
    note: str = ""
    grant: Grant | None = None
    papers: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def plan_claim(
    *,
    actor: Actor,
    case: Case,
    details: ClaimDetails,
    idempotency_key: str,
    now: datetime,
    person: Person | None = None,
) -> Claim:
    """Keep that somebody wants to ask for a benefit, once a key. Raises CaseworkError."""
    must_write(actor, case)
    known = _known(case, idempotency_key)
    if known is not None:
        return known
    claim = Claim(network=actor.network, case=case, compartment=compartment_of(case, person), created_at=now)
    _fill(claim, details)
    _begin(actor, claim, idempotency_key, now)
    record(actor, "claim:plan", case, benefit=claim.benefit)
    return claim


@transaction.atomic
def plan_claims(
    *,
    actor: Actor,
    case: Case,
    benefits: Sequence[str],
    facts: Facts,
    idempotency_key: str,
    now: datetime,
    person: Person | None = None,
) -> list[Claim]:
    """Plan a claim for each benefit that came out of a check, with its office where it is certain; once a key.

    What is asked for already is not planned again. Raises CaseworkError when nothing was chosen.
    """
    must_write(actor, case)
    wanted = list(dict.fromkeys(benefits))
    if not wanted:
        raise CaseworkError(_("Bitte wählen Sie mindestens eine Leistung."))
    if _known(case, f"{idempotency_key}:0") is not None:
        return list(Claim.objects.filter(case=case, moves__idempotency_key__startswith=f"{idempotency_key}:"))
    part = compartment_of(case, person)
    has = set(Claim.objects.filter(compartment=part, state__in=_LIVING).values_list("benefit", flat=True))
    offices = all_offices()
    services = {row.key: row for row in Service.objects.select_related("authority").filter(key__in=wanted)}
    made: list[Claim] = []
    for key in [key for key in wanted if key not in has]:
        claim = Claim(network=actor.network, case=case, compartment=part, benefit=key, created_at=now)
        claim.office = deciding_office(services[key], facts, offices) if key in services else None
        _begin(actor, claim, f"{idempotency_key}:{len(made)}", now)
        made.append(claim)
    record(actor, "claim:plan", case, number=len(made), from_check=True)
    return made


@transaction.atomic
def change_claim(*, actor: Actor, claim: Claim, details: ClaimDetails) -> Claim:
    """Say anew who decides and under which sign; the benefit stays. Raises CaseworkError."""
    must_write(actor, claim.case)
    row = _locked(claim)
    _fill(row, details, renamed=not row.benefit)
    row.save()
    record(actor, "claim:change", row.case)
    return row


@transaction.atomic
def move_claim(*, actor: Actor, claim: Claim, step: Step, idempotency_key: str, now: datetime) -> Claim:
    """Say how a claim stands now, once a key. Raises CaseworkError for what the table of moves does not allow."""
    must_write(actor, claim.case)
    row = _locked(claim)
    if ClaimMove.objects.filter(claim=row, idempotency_key=idempotency_key).exists():
        return row
    today = now.astimezone(actor.network.zone).date()
    if step.state not in MOVES[ClaimState(row.state)]:
        raise CaseworkError(_("Das geht mit diesem Antrag nicht mehr. Bitte laden Sie die Seite neu."))
    if not day_fits(step.happened_on, today):
        raise CaseworkError(_("Der Tag darf nicht in der Zukunft liegen und höchstens fünf Jahre zurück."))
    grant = step.grant if step.state == ClaimState.GRANTED else None
    if step.state == ClaimState.GRANTED:
        if grant is None:
            raise CaseworkError(_("Bitte schreiben Sie, ab wann es bewilligt ist."))
        if fault := fault_of(grant, today):
            raise CaseworkError(fault)
    if step.papers:
        known = set(Paper.objects.filter(key__in=step.papers).values_list("key", flat=True))
        row.more_papers = list(dict.fromkeys([*row.more_papers, *(key for key in step.papers if key in known)]))
    _put(actor, row, step, grant, idempotency_key, now)
    _settle(row)
    record(actor, "claim:move", row.case, benefit=row.benefit, state=row.state)
    return row


@transaction.atomic
def undo_move(*, actor: Actor, claim: Claim, now: datetime) -> Claim:
    """Take back the last move: it was a mistake. It stays in the history. Raises CaseworkError for the first one."""
    must_write(actor, claim.case)
    row = _locked(claim)
    moves = list(row.moves.filter(undone_at=None))
    if len(moves) < 2 or row.state == ClaimState.RENEWED:  # noqa: PLR2004 -- the first one made the claim
        raise CaseworkError(_("Hier gibt es nichts zurückzunehmen."))
    last = moves[-1]
    last.undone_at = now
    last.save(update_fields=["undone_at"])
    _settle(row)
    record(actor, "claim:undo", row.case, benefit=row.benefit, state=last.state)
    return row


@transaction.atomic
def renew_claim(*, actor: Actor, claim: Claim, now: datetime) -> Claim:
    """Plan the claim that lets the money go on, with the same office and sign, and return it; once a claim.

    Raises CaseworkError for a claim that was never granted.
    """
    must_write(actor, claim.case)
    row = _locked(claim)
    known = Claim.objects.filter(renews=row).first()
    if known is not None:
        return known
    if row.state not in RENEWABLE:
        raise CaseworkError(_("Nur was bewilligt war, kann weiter beantragt werden."))
    made = Claim(
        network=actor.network, case=row.case, compartment=row.compartment, benefit=row.benefit, title=row.title,
        office=row.office, office_words=row.office_words, reference=row.reference, renews=row, created_at=now,
    )  # fmt: skip
    _begin(actor, made, f"renew:{row.pk.hex}", now)
    step = Step(ClaimState.RENEWED, now.astimezone(actor.network.zone).date())
    _put(actor, row, step, None, f"renewed:{row.pk.hex}", now)
    _settle(row)
    record(actor, "claim:renew", row.case, benefit=row.benefit)
    return made


_LIVING = [state for state in ClaimState if state not in {ClaimState.LAPSED, ClaimState.RENEWED, ClaimState.WITHDRAWN}]


def _known(case: Case, key: str) -> Claim | None:
    """Return the claim that a form has made before."""
    wait_for(f"claim:{key}")
    move = ClaimMove.objects.filter(case=case, idempotency_key=key).select_related("claim").first()
    return move.claim if move is not None else None


def _locked(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",)).select_related("case", "compartment__person", "office")
    return rows.get(pk=claim.pk)


def _fill(claim: Claim, details: ClaimDetails, *, renamed: bool = True) -> None:
    if renamed:
        if details.benefit and not Service.objects.filter(key=details.benefit).exists():
            raise CaseworkError(_("Diese Leistung steht nicht im Verzeichnis."))
        claim.benefit = details.benefit
        claim.title = within(details.title) if details.benefit else clean_text(details.title)
    office = Office.objects.filter(pk=details.office_id).first() if details.office_id else None
    claim.office, claim.office_words = office, within(details.office_words)
    claim.reference = within(details.reference)


def _begin(actor: Actor, claim: Claim, key: str, now: datetime) -> None:
    """Save a new claim with its first move."""
    claim.author_id = member_of(actor)
    claim.state, claim.state_on = ClaimState.PLANNED, now.astimezone(actor.network.zone).date()
    claim.save()
    _put(actor, claim, Step(ClaimState.PLANNED, claim.state_on), None, key, now)


def _put(actor: Actor, claim: Claim, step: Step, grant: Grant | None, key: str, now: datetime) -> None:
    ClaimMove(
        network=actor.network, case=claim.case, compartment=claim.compartment, claim=claim, author_id=member_of(actor),
        state=step.state, happened_on=step.happened_on, note=within(step.note), idempotency_key=key, recorded_at=now,
        rhythm=grant.rhythm if grant else "", amount=grant.amount if grant and grant.rhythm else None,
        from_on=grant.from_on if grant else None, until_on=grant.until_on if grant else None,
    ).save()  # fmt: skip


def _settle(claim: Claim) -> None:
    """Bring a claim to where its moves lead: state and day of the last one that holds."""
    last = claim.moves.filter(undone_at=None).order_by("recorded_at", "id").last()
    assert last is not None  # noqa: S101 -- the first move made the claim and is never taken back
    claim.state, claim.state_on = last.state, last.happened_on
    renewed = renew_day(last.until_on, habit_of(claim.benefit).lead) if last.state == ClaimState.GRANTED else None
    claim.renew_on = renewed
    claim.save(update_fields=["state", "state_on", "renew_on", "more_papers"])
