"""Decisions on the end of a project: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tragnetz.core.months import months_later
from tragnetz.reporting.ending.enums import DecisionState, Obstacle, Stage, Way

EARLY, LATE = 90, 30  # days before the end
SIX_MONTHS, STILL_ASKED = 6, 3  # months after the exit; so many months more somebody may still be asked
MOVES: Mapping[DecisionState, frozenset[DecisionState]] = {
    DecisionState.DECIDED: frozenset({DecisionState.DONE, DecisionState.REPLACED}),
    # What was carried out may turn out otherwise: a partner gives up, a project does not come.
    DecisionState.DONE: frozenset({DecisionState.REPLACED}),
    DecisionState.REPLACED: frozenset(),
}
LIVE = (DecisionState.DECIDED, DecisionState.DONE)


@dataclass(frozen=True, slots=True)
class Marks:
    """The days on which the end comes nearer: 90 and 30 days before, and the last day itself."""

    early: date
    late: date
    last: date


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a case whose project ends."""

    runs: bool = False  # somebody still takes part
    entered: bool = False  # in the other project
    handed: bool = False  # a partner has accepted what was released
    closed: bool = False


def marks_of(ends: date) -> Marks:
    """Return the days of the run-down of a project that ends on a day."""
    return Marks(ends - timedelta(days=EARLY), ends - timedelta(days=LATE), ends)


def stage_of(ends: date, today: date) -> Stage | None:
    """Return how near an end is; nothing while it is more than 90 days away."""
    marks = marks_of(ends)
    if today >= marks.last:
        return Stage.OVER
    if today >= marks.late:
        return Stage.LATE
    return Stage.EARLY if today >= marks.early else None


def can_move(state: str, target: str) -> bool:
    """Whether a decision may go from one state to another."""
    return DecisionState(target) in MOVES[DecisionState(state)]


def obstacle(way: str, known: Known, *, over: bool) -> Obstacle | None:
    """Return what still stands against carrying a decision out; `over`: the last day of the project has come."""
    if way == Way.MOVES and not known.entered:
        return Obstacle.NOT_ENTERED
    if way == Way.HANDED and not known.handed:
        return Obstacle.NOT_HANDED
    if way == Way.CLOSES and not known.closed:
        return Obstacle.NOT_CLOSED
    return Obstacle.STILL_RUNS if known.runs and not over else None


def asked_on(left_on: date) -> date:
    """Return when one asks how it goes, six months after an exit."""
    return months_later(left_on, SIX_MONTHS)


def is_still_asked(left_on: date, today: date) -> bool:
    """Whether it makes sense to ask: the day is to come, or was not long ago."""
    return today <= months_later(left_on, SIX_MONTHS + STILL_ASKED)
