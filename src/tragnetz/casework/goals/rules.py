"""Decisions on goals: pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import GoalState

# From where to where: what is over may be taken up again.
MOVES: Mapping[GoalState, frozenset[GoalState]] = {
    GoalState.OPEN: frozenset({GoalState.REACHED, GoalState.PARTLY, GoalState.DROPPED}),
    GoalState.REACHED: frozenset({GoalState.OPEN}),
    GoalState.PARTLY: frozenset({GoalState.OPEN}),
    GoalState.DROPPED: frozenset({GoalState.OPEN}),
}
# Goal attainment scaling (Kiresuk, Sherman 1968) in plain words; 0 is what was hoped for.
ATTAINMENT: Mapping[int, object] = {
    2: _("viel mehr als erhofft"),
    1: _("mehr als erhofft"),
    0: _("wie erhofft"),
    -1: _("weniger als erhofft"),
    -2: _("viel weniger als erhofft"),
}
REVIEW_AFTER = timedelta(days=91)
LONGEST = timedelta(days=5 * 366)


def first_review(agreed_on: date, due_on: date) -> date:
    """Return when one looks at a goal for the first time: after three months, at the latest when it is due."""
    return min(agreed_on + REVIEW_AFTER, due_on)


def due_fits(due_on: date, today: date) -> bool:
    """Whether a goal may be due on a day: not past, within five years."""
    return today <= due_on <= today + LONGEST
