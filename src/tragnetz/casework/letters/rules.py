"""Decisions on letters: pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from tragnetz.casework.enums import LetterState

# From where to where. One that was sent goes back to a draft only when its last sending is taken back.
MOVES: Mapping[LetterState, frozenset[LetterState]] = {
    LetterState.DRAFT: frozenset({LetterState.SENT, LetterState.DROPPED}),
    LetterState.SENT: frozenset({LetterState.SENT, LetterState.DRAFT}),
    LetterState.DROPPED: frozenset({LetterState.DRAFT}),
}
LONGEST_AGO = timedelta(days=366)


def can_move(state: str, target: LetterState) -> bool:
    """Whether a letter may go from a state to another."""
    return target in MOVES[LetterState(state)]


def sent_day_fits(sent_on: date, today: date) -> bool:
    """Whether a letter can have left on a day: until today, within the last year."""
    return today - LONGEST_AGO <= sent_on <= today
