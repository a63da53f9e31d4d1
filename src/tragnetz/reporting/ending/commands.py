"""Decide how the help goes on after a project, carry it out, name who asks later. Nothing happens by itself."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.models import Case, Task
from tragnetz.casework.rules import fits
from tragnetz.casework.teamwork.commands import give_task
from tragnetz.casework.teamwork.queries import helpers_for
from tragnetz.core.transactions import wait_for
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import Truth
from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.network.policy import Deed
from tragnetz.referrals.enums import Basis
from tragnetz.referrals.models import Referral
from tragnetz.reporting.access import must
from tragnetz.reporting.ending.enums import DecisionState, Way
from tragnetz.reporting.ending.models import EndDecision, PlannedQuestion
from tragnetz.reporting.ending.queries import decision_of, known_of, taking_over, to_ask
from tragnetz.reporting.ending.rules import LIVE, asked_on, can_move, marks_of, obstacle
from tragnetz.reporting.enums import Leaving
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import leave


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decides, and who asks six months after the exit. A referral may still be missing."""

    way: str
    asker_id: uuid.UUID
    to_programme: Programme | None = None
    referral: Referral | None = None


@transaction.atomic
def decide(
    *, actor: Actor, case: Case, programme: Programme, choice: Choice, request_key: str, today: date
) -> EndDecision:
    """Keep how the help for a case goes on; it replaces what was decided before. Raises ReportingError, CaseworkError.

    The same key is one decision.
    """
    _must(actor, case, programme)
    known = EndDecision.objects.filter(request_key=request_key, case=case).first()
    if known is not None:
        return known
    first = marks_of(programme.ends).early
    if today < first:
        raise ReportingError(_("Das entscheiden Sie ab dem %s, 90 Tage vor dem Ende.") % f"{first:%d.%m.%Y}")
    _check(case, programme, choice)
    asker = _asker(case, choice.asker_id)
    before = decision_of(programme, case)
    if before is not None:
        _replace(before)
    row = EndDecision(
        network=actor.network, programme=programme, case=case, way=choice.way, asker_id=asker,
        to_programme=choice.to_programme if choice.way == Way.MOVES else None,
        referral=choice.referral if choice.way == Way.HANDED else None,
        author_id=member_of(actor), decided_on=today, request_key=request_key,
    )  # fmt: skip
    row.save()
    record(actor, "ending:decide", case, programme=programme.key, way=row.way)
    return row


@transaction.atomic
def name_referral(*, actor: Actor, decision: EndDecision, referral: Referral) -> EndDecision:
    """Say by which referral a case is handed over. Raises ReportingError and CaseworkError."""
    row = _locked(actor, decision)
    if row.way != Way.HANDED or row.state != DecisionState.DECIDED:
        raise ReportingError(_("Diese Entscheidung gilt nicht mehr. Bitte laden Sie die Seite neu."))
    _check_referral(row.case, referral)
    row.referral = referral
    row.save(update_fields=["referral"])
    record(actor, "ending:decide", row.case, programme=row.programme.key, way=row.way)
    return row


@transaction.atomic
def take_back(*, actor: Actor, decision: EndDecision) -> EndDecision:
    """Take a decision back: the case is undecided again. Raises ReportingError and CaseworkError."""
    row = _locked(actor, decision)
    if row.state != DecisionState.DECIDED:
        raise ReportingError(_("Das ist schon umgesetzt. Entscheiden Sie bitte neu, wenn es anders kam."))
    _replace(row)
    record(actor, "ending:take_back", row.case, programme=row.programme.key)
    return row


@transaction.atomic
def carry_out(*, actor: Actor, decision: EndDecision, today: date) -> EndDecision:
    """Say that a decision is carried out, and plan the questions after six months.

    From the project's last day on, whoever still takes part leaves it with that day. Raises ReportingError and
    CaseworkError, also while what was decided has not come about.
    """
    row = _locked(actor, decision)
    if not can_move(row.state, DecisionState.DONE):
        raise ReportingError(_("Das ist schon umgesetzt oder ersetzt. Bitte laden Sie die Seite neu."))
    ends = row.programme.ends
    found = obstacle(row.way, known_of(row), over=today >= ends)
    if found is not None:
        raise ReportingError(str(found.label))
    for one in Participation.objects.filter(programme=row.programme, case=row.case, left_on=None):
        leave(actor=actor, participation=one, left_on=max(ends, one.entered_on), leaving=Leaving.PROJECT_END)
    _plan(actor, row.case, to_ask(row.programme, row.case, today), row.asker_id, today)
    row.state, row.done_on, row.done_by_id = DecisionState.DONE, today, member_of(actor)
    row.save(update_fields=["state", "done_on", "done_by"])
    record(actor, "ending:carry_out", row.case, programme=row.programme.key, way=row.way)
    return row


@transaction.atomic
def name_asker(*, actor: Actor, case: Case, programme: Programme, asker_id: uuid.UUID, today: date) -> int:
    """Name who asks those who have left already; returns how many. Raises ReportingError and CaseworkError."""
    _must(actor, case, programme)
    rows = to_ask(programme, case, today)
    if not rows:
        raise ReportingError(_("Hier ist niemand mehr zu fragen."))
    _plan(actor, case, rows, _asker(case, asker_id), today)
    record(actor, "ending:ask", case, programme=programme.key, people=len(rows))
    return len(rows)


def move_decisions(gone: Case, kept: Case) -> None:
    """Let a case that takes in another one have its decisions; where both have one, the own holds."""
    mine = set(EndDecision.objects.filter(case=kept, state__in=LIVE).values_list("programme", flat=True))
    rows = EndDecision.objects.filter(case=gone)
    rows.filter(state__in=LIVE, programme__in=mine).update(state=DecisionState.REPLACED)
    rows.update(case=kept)


def _must(actor: Actor, case: Case, programme: Programme) -> None:
    must_write(actor, case)
    must(actor, Deed.PARTICIPATION_TAKE)
    wait_for(f"ending:{programme.pk}:{case.pk}")
    if not Participation.objects.filter(programme=programme, case=case).exists():
        raise ReportingError(_("In diesem Fall nimmt niemand an diesem Projekt teil."))


def _locked(actor: Actor, decision: EndDecision) -> EndDecision:
    rows = EndDecision.objects.select_related("case__network", "programme")
    row = rows.select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if row is None:
        raise ReportingError(_("Diese Entscheidung gibt es nicht."))
    _must(actor, row.case, row.programme)
    return row


def _replace(row: EndDecision) -> None:
    row.state = DecisionState.REPLACED
    row.save(update_fields=["state"])


def _check(case: Case, programme: Programme, choice: Choice) -> None:
    if choice.way not in Way.values:
        raise ReportingError(_("Bitte wählen Sie, wie es weitergeht."))
    if choice.way == Way.MOVES:
        _check_programme(case, programme, choice.to_programme)
    if choice.way == Way.HANDED and choice.referral is not None:
        _check_referral(case, choice.referral)


def _check_programme(case: Case, programme: Programme, other: Programme | None) -> None:
    if other is None or other not in taking_over(programme, case.organisation_id):
        raise ReportingError(_("Bitte wählen Sie das Projekt, das übernimmt."))
    facts = clean_facts(json.loads(case.household.facts)) if case.household.facts else clean_facts({})
    (fit,) = fits([(other.key, other.target_group)], facts)
    if fit.verdict.truth is Truth.NO:
        raise ReportingError(
            _("Nach den Angaben im Fall gehört der Haushalt nicht zur Zielgruppe von %s. Bitte wählen Sie anders.")
            % other.short_name
        )


def _check_referral(case: Case, referral: Referral) -> None:
    if referral.case_id != case.pk or referral.basis != Basis.RELEASED:
        raise ReportingError(_("Bitte wählen Sie eine Vermittlung dieses Falls, die auf einer Freigabe steht."))


def _asker(case: Case, asker_id: uuid.UUID) -> uuid.UUID:
    if asker_id not in {row.pk for row in helpers_for(case)}:
        raise ReportingError(_("Bitte wählen Sie, wer nach sechs Monaten fragt."))
    return asker_id


def _plan(actor: Actor, case: Case, rows: Iterable[Participation], asker_id: uuid.UUID, today: date) -> None:
    """Give one task for each day on which somebody is to be asked."""
    tasks: dict[date, Task] = {}
    for row in rows:
        assert row.left_on is not None  # noqa: S101 -- `to_ask` has looked
        day = max(asked_on(row.left_on), today)
        if day not in tasks:
            text = _("Für %s fragen, wie es nach sechs Monaten geht. Die Antworten stehen dann unter „Projekt“.")
            tasks[day] = give_task(
                actor=actor, case=case, assignee_id=asker_id, text=text % row.programme.short_name, due_on=day,
                today=today,
            )  # fmt: skip
        PlannedQuestion(
            network=actor.network, participation=row, asker_id=asker_id, author_id=member_of(actor), task=tasks[day],
            ask_on=day, planned_on=today,
        ).save()  # fmt: skip
