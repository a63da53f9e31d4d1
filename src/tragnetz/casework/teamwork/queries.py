"""Who could take a task or a case; what colleagues ask of somebody on a day."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from tragnetz.appointments.models import Absence
from tragnetz.casework.access import visible_cases, visible_tasks
from tragnetz.casework.enums import CaseState, GoalState
from tragnetz.casework.models import Case, Goal, Handover, Task
from tragnetz.casework.teamwork.rules import NEW_FOR
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership
from tragnetz.network.policy import Deed, who_may

AHEAD = timedelta(days=7)
MOST = 20


@dataclass(frozen=True, slots=True)
class TeamDay:
    """What a day brings beside appointments: tasks, goals to look at, cases just taken over, cases one stands in for.

    `seen` are the cases of the tasks that the actor may open: a task alone opens no case.
    """

    tasks: Sequence[Task]
    reviews: list[Goal]
    taken: list[Handover]
    standing_in: list[Case]
    seen: frozenset[uuid.UUID]


def team_day(actor: Actor, day: date, *, own: bool) -> TeamDay:
    """Return what is due within a week of a day: one's own with `own`, else of all cases that the actor sees."""
    cases = visible_cases(actor).order_by()
    mine = Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id) if own else Q()
    to_do = Q(assignee=actor.membership_id) if own else Q()
    start = datetime.combine(day, time(), actor.network.zone)
    tasks = list(
        visible_tasks(actor)
        .filter(to_do, done_on=None, due_on__lte=day + AHEAD)
        .annotate(opens=Exists(cases.filter(pk=OuterRef("case"))))
        .select_related("case__contact", "given_by__user", "assignee__user")
        .order_by("due_on", "pk")[:MOST]
    )
    reviews = list(
        Goal.objects.filter(
            case__in=cases.filter(mine, state=CaseState.OPEN), state=GoalState.OPEN, review_on__lte=day + AHEAD
        )
        .select_related("case__contact")
        .order_by("review_on", "pk")[:MOST]
    )
    taken = list(
        Handover.objects.filter(
            taker=actor.membership_id, handed_on__range=(day - NEW_FOR, day), case__counsellor=actor.membership_id
        )
        .select_related("case__contact", "giver__user")
        .order_by("-handed_on")[:MOST]
    )
    away = Absence.objects.filter(
        membership=OuterRef("counsellor"), starts_at__lt=start + timedelta(days=1), ends_at__gt=start
    )
    standing_in = list(
        cases.filter(Exists(away), deputy=actor.membership_id, state=CaseState.OPEN)
        .select_related("contact", "counsellor__user")
        .order_by("counsellor", "pk")[:MOST]
    )
    seen = frozenset(task.case_id for task in tasks if task.opens)
    return TeamDay(tasks, reviews, taken, standing_in, seen)


def counsellors_for(case: Case) -> list[Membership]:
    """Return who of the organisation of a case may have it."""
    return _members(case, Deed.CASE_WRITE)


def helpers_for(case: Case) -> list[Membership]:
    """Return who of the organisation of a case may have a task for it."""
    return _members(case, Deed.TASK_DO)


def _members(case: Case, deed: Deed) -> list[Membership]:
    return list(
        Membership.objects.filter(
            organisation=case.organisation_id, ended_on=None, user__is_active=True, roles__overlap=who_may(deed)
        ).select_related("user")
    )


def tasks_of(case: Case, *, done: bool) -> list[Task]:
    """Return the tasks for a case that are done, or that are not."""
    rows = case.tasks.filter(done_on__isnull=not done)
    return list(rows.select_related("assignee__user", "given_by__user", "done_by__user"))


def handovers_of(case: Case) -> list[Handover]:
    """Return how a case went from hand to hand, first one first."""
    return list(case.handovers.select_related("giver__user", "taker__user"))
