"""Read goals with their steps and how far they are."""

import uuid
from collections.abc import Iterable

from django.db.models import Prefetch, Q

from tragnetz.casework.enums import GoalState
from tragnetz.casework.models import Case, Compartment, Goal, Step


def goals_of(case: Case) -> list[Goal]:
    """Return the goals of a case with steps and reviews, open ones first."""
    rows = case.goals.select_related("author__user").prefetch_related("steps", "reviews")
    return sorted(rows, key=lambda goal: (goal.state != GoalState.OPEN, goal.due_on, goal.pk))


def goal_of(case: Case, goal_id: uuid.UUID) -> Goal | None:
    """Return one goal of a case."""
    return case.goals.select_related("case", "compartment", "author__user").filter(pk=goal_id).first()


def agreed_with(case: Case, parts: Iterable[Compartment]) -> tuple[list[Goal], list[Step]]:
    """Return what is agreed now in some parts of a case: open goals with open steps, and steps that stand alone."""
    open_steps = Step.objects.filter(done_on=None)
    goals = case.goals.filter(compartment__in=parts, state=GoalState.OPEN).prefetch_related(
        Prefetch("steps", open_steps)
    )
    alone = open_steps.filter(Q(goal=None) | ~Q(goal__state=GoalState.OPEN), case=case, compartment__in=parts)
    return list(goals), list(alone)
