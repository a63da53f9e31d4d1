"""Read the end of a project: which cases it touches, what is decided, whom nobody will ask."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from tragnetz.casework.access import visible_cases
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.core.months import latest_over, months_later
from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.referrals.enums import Basis, State
from tragnetz.referrals.models import Referral
from tragnetz.reporting.ending.enums import DecisionState, Promise, Stage
from tragnetz.reporting.ending.models import EndDecision
from tragnetz.reporting.ending.promises import promises_of_cases
from tragnetz.reporting.ending.rules import EARLY, LIVE, SIX_MONTHS, STILL_ASKED, Known, is_still_asked, stage_of
from tragnetz.reporting.enums import Leaving, Moment
from tragnetz.reporting.models import Answers, Participation

PAGE = 50
_ACCEPTED = (State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD, State.COMPLETED)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case whose project ends: what is promised, what is missing, and what was decided.

    `running` people still take part, of whom (and of those who left) `uncountable` lack answers without which they do
    not count; `results` and `questions`: exits without results, and people whom nobody is to ask after six months.
    """

    case: Case
    decision: EndDecision | None
    promises: list[tuple[Promise, int]]
    running: int
    uncountable: int
    results: int
    questions: int


@dataclass(frozen=True, slots=True)
class Sums:
    """How many cases are undecided, decided and carried out; how many people nobody is to ask after six months."""

    undecided: int
    decided: int
    done: int
    questions: int


@dataclass(frozen=True, slots=True)
class Pressing:
    """A project that ends soon or is over, with the cases in which something is to be done."""

    programme: Programme
    stage: Stage
    days: int
    undecided: int
    to_do: int


def touched() -> Q:
    """Return whom the end of a project touches: who still takes part, and who left with it while help goes on."""
    return Q(left_on=None) | Q(leaving=Leaving.PROJECT_END, case__state=CaseState.OPEN)


def cases_in(programme: Programme) -> QuerySet[Case]:
    """Return the cases that the end of a project touches, with the way that was decided (`way`) and how far it is."""
    people = Participation.objects.filter(touched(), programme=programme, case=OuterRef("pk"))
    mine = EndDecision.objects.filter(programme=programme, case=OuterRef("pk"), state__in=LIVE)
    rows = Case.objects.filter(Q(Exists(people)) | Q(Exists(mine)), merged_into=None, restricted_on=None)
    return rows.annotate(way=Subquery(mine.values("way")[:1]), stand=Subquery(mine.values("state")[:1]))


def restricted_in(actor: Actor, programme: Programme) -> int:
    """Return how many cases of one's organisation are touched that may only be kept (Art. 18 DSGVO)."""
    rows = Participation.objects.filter(touched(), programme=programme, case__restricted_on__isnull=False)
    rows = rows.filter(case__organisation=actor.organisation_id)
    return rows.order_by().values("case").distinct().count()


def unasked(programme: Programme, today: date) -> QuerySet[Participation]:
    """Return those who left, are to be asked after the project's end, and whom nobody is named to ask."""
    rows = Participation.objects.filter(
        programme=programme, planned_question=None, left_on__gt=latest_over(programme.ends, SIX_MONTHS),
        left_on__gte=months_later(today, -SIX_MONTHS - STILL_ASKED),
    )  # fmt: skip
    return rows.exclude(_answered(Moment.SIX_MONTHS))


def _answered(moment: Moment) -> Exists:
    return Exists(Answers.objects.filter(participation=OuterRef("pk"), moment=moment))


def own_cases(actor: Actor, programme: Programme) -> QuerySet[Case]:
    """Return the touched cases that an actor may see with names; nothing for the management of projects."""
    return cases_in(programme).filter(pk__in=visible_cases(actor).order_by().values("pk"))


def asking_cases(actor: Actor, programme: Programme, today: date) -> QuerySet[Case]:
    """Return the cases an actor sees in which somebody is to be asked later and nobody is named for it."""
    rows = visible_cases(actor).filter(merged_into=None, restricted_on=None)
    return rows.filter(Exists(unasked(programme, today).filter(case=OuterRef("pk"))))


def sums_of(actor: Actor, programme: Programme, today: date) -> Sums:
    """Return the figures of the cases that an actor sees: two queries."""
    counts = own_cases(actor, programme).aggregate(
        undecided=Count("pk", filter=Q(stand=None)),
        decided=Count("pk", filter=Q(stand=DecisionState.DECIDED)),
        done=Count("pk", filter=Q(stand=DecisionState.DONE)),
    )
    seen = visible_cases(actor).filter(restricted_on=None).order_by().values("pk")
    return Sums(**counts, questions=unasked(programme, today).filter(case__in=seen).count())


def rows_of(programme: Programme, cases: list[Case], today: date) -> list[CaseRow]:
    """Return cases with what is open in them: a fixed number of queries."""
    keys = [case.pk for case in cases]
    promises = promises_of_cases(programme, Case.objects.filter(pk__in=keys))
    decisions = {row.case_id: row for row in _decisions(programme, keys)}
    counted = Participation.objects.filter(programme=programme, case__in=keys).order_by().values("case").annotate(
        running=Count("pk", filter=Q(left_on=None)), uncountable=Count("pk", filter=Q(is_countable=False)),
        results=Count("pk", filter=Q(~_answered(Moment.EXIT), left_on__isnull=False)),
    )  # fmt: skip
    people = {
        case: {"running": running, "uncountable": uncountable, "results": results}
        for case, running, uncountable, results in counted.values_list("case", "running", "uncountable", "results")
    }
    nobody = {"running": 0, "uncountable": 0, "results": 0}
    asks = dict(
        unasked(programme, today).filter(case__in=keys).order_by().values_list("case").annotate(number=Count("pk"))
    )
    return [
        CaseRow(
            case, decisions.get(case.pk),
            [(one, promises[case.pk, one]) for one in Promise if (case.pk, one) in promises],
            **people.get(case.pk, nobody), questions=asks.get(case.pk, 0),
        )
        for case in cases
    ]  # fmt: skip


def _decisions(programme: Programme, keys: list[Any]) -> QuerySet[EndDecision]:
    rows = EndDecision.objects.filter(programme=programme, case__in=keys, state__in=LIVE)
    return rows.select_related("to_programme", "referral__to_organisation", "asker__user", "author__user", "programme")


def decision_of(programme: Programme, case: Case) -> EndDecision | None:
    """Return the decision that holds for a case."""
    return _decisions(programme, [case.pk]).first()


def decisions_before(programme: Programme, case: Case) -> list[EndDecision]:
    """Return what was decided before and replaced, the latest first."""
    rows = EndDecision.objects.filter(programme=programme, case=case, state=DecisionState.REPLACED)
    return list(rows.select_related("author__user", "to_programme"))


def known_of(row: EndDecision) -> Known:
    """Return what has come about of a decision."""
    people = Participation.objects.filter(case=row.case_id)
    return Known(
        runs=people.filter(programme=row.programme_id, left_on=None).exists(),
        entered=people.filter(programme=row.to_programme_id, left_on=None).exists() if row.to_programme_id else False,
        handed=row.referral is not None and row.referral.basis == Basis.RELEASED and row.referral.state in _ACCEPTED,
        closed=Case.objects.filter(pk=row.case_id, state=CaseState.CLOSED).exists(),
    )


def taking_over(programme: Programme, organisation_id: uuid.UUID) -> list[Programme]:
    """Return the projects of an organisation that run on when this one ends."""
    rows = Programme.objects.exclude(line="").filter(organisations=organisation_id, ends__gt=programme.ends)
    return list(rows.exclude(pk=programme.pk))


def referrals_for(case: Case) -> list[Referral]:
    """Return the referrals of a case by which it may be handed over: with a release, and not ended without help."""
    rows = case.referrals.filter(basis=Basis.RELEASED, state__in=[State.DRAFT, State.REQUESTED, *_ACCEPTED])
    return list(rows.select_related("to_organisation"))


def to_ask(programme: Programme, case: Case, today: date) -> list[Participation]:
    """Return those of a case who left, are to be asked six months later, and whom nobody is named to ask."""
    rows = Participation.objects.filter(programme=programme, case=case, left_on__isnull=False, planned_question=None)
    rows = rows.exclude(_answered(Moment.SIX_MONTHS)).select_related("programme", "person")
    return [row for row in rows if row.left_on is not None and is_still_asked(row.left_on, today)]


def planned_in(programme: Programme, case: Case) -> list[Participation]:
    """Return those of a case for whom it is known who asks them."""
    rows = Participation.objects.filter(programme=programme, case=case, planned_question__isnull=False)
    return list(rows.select_related("person", "planned_question__asker__user", "planned_question__task"))


def pressing(actor: Actor, today: date, *, own: bool) -> list[Pressing]:
    """Return the projects whose end asks something of an actor, one query each. `own`: in the cases they work on."""
    programmes = Programme.objects.exclude(line="").filter(
        organisations=actor.organisation_id, ends__lte=today + timedelta(days=EARLY)
    )
    found = []
    for programme in programmes:
        rows = own_cases(actor, programme)
        if own:
            rows = rows.filter(Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id))
        # Some hundred rows: they are counted sooner than asked for.
        stands = Counter(rows.order_by().values_list("stand", flat=True))  # type: ignore[misc]  # of `cases_in`
        undecided, to_do = stands[None], stands[DecisionState.DECIDED]
        stage = stage_of(programme.ends, today)
        if stage is not None and (undecided or to_do):
            found.append(Pressing(programme, stage, (programme.ends - today).days, undecided, to_do))
    return found
