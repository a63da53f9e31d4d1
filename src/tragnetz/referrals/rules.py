"""Decisions on referrals: pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tragnetz.referrals.enums import Outcome, Side, State, Urgency

_SENDER, _BOTH = frozenset({Side.SENDER}), frozenset(Side)
# From where to where, and who may: the sender also enters what a partner says on the phone.
MOVES: Mapping[State, Mapping[State, frozenset[Side]]] = {
    State.DRAFT: {State.REQUESTED: _SENDER, State.CANCELLED: _SENDER},
    State.REQUESTED: {
        State.ACCEPTED: _BOTH, State.REJECTED: _BOTH, State.IN_PROGRESS: _BOTH, State.COMPLETED: _BOTH,
        State.FAILED: _BOTH, State.CANCELLED: _SENDER,
    },
    State.ACCEPTED: {
        State.IN_PROGRESS: _BOTH, State.ON_HOLD: _BOTH, State.COMPLETED: _BOTH, State.FAILED: _BOTH,
        State.REJECTED: _BOTH, State.CANCELLED: _SENDER,
    },
    State.IN_PROGRESS: {
        State.ON_HOLD: _BOTH, State.COMPLETED: _BOTH, State.FAILED: _BOTH, State.CANCELLED: _SENDER,
    },
    State.ON_HOLD: {
        State.IN_PROGRESS: _BOTH, State.COMPLETED: _BOTH, State.FAILED: _BOTH, State.CANCELLED: _SENDER,
    },
    State.REJECTED: {}, State.CANCELLED: {}, State.FAILED: {}, State.COMPLETED: {},
}  # fmt: skip
LIVE = frozenset({State.REQUESTED, State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD})
ENDED = frozenset({State.REJECTED, State.CANCELLED, State.FAILED, State.COMPLETED})
# What may be said of each end: a completed one took place, a failed one did not.
OUTCOMES: Mapping[State, frozenset[Outcome]] = {
    State.COMPLETED: frozenset({Outcome.HELPED, Outcome.PARTLY, Outcome.NOT_HELPED}),
    State.FAILED: frozenset(
        {Outcome.NO_SHOW, Outcome.NOT_REACHED, Outcome.PERSON_DECLINED, Outcome.NO_ANSWER, Outcome.NOT_HELPED}
    ),
}
# Ours, no law: how long a partner has, as proposed; two workdays are usual in networks (facts/peers.md).
REPLY_DAYS: Mapping[Urgency, int] = {Urgency.NORMAL: 7, Urgency.SOON: 2, Urgency.TODAY: 0}
DEPUTY_AFTER, ALL_AFTER = timedelta(days=3), timedelta(days=7)
LINK_VALID = timedelta(days=60)
BROWSER_VALID = timedelta(days=14)  # then the code again
WRONG_CODES = 10  # so many wrong codes end a link
ASK_AFTER, ASK_HOUR = timedelta(days=14), time(10)
ASK_VALID = timedelta(days=60)
MOST_AHEAD = timedelta(days=366)


def moves(state: State, side: Side) -> frozenset[State]:
    """Return where a referral can go from a state by the hand of one side."""
    return frozenset(target for target, sides in MOVES[state].items() if side in sides)


def can_move(state: State, target: State, side: Side) -> bool:
    """Whether one side may bring a referral from one state to another."""
    return target in moves(state, side)


@dataclass(frozen=True, slots=True)
class Said:
    """What came with a move: a reason for a refusal, what came of it for an end."""

    refusal: str = ""
    outcome: str = ""


def fits(target: State, said: Said, refusals: Collection[str]) -> bool:
    """Whether a move has just what belongs to it: a refusal its reason, an end its outcome, others nothing."""
    if target == State.REJECTED:
        return said.refusal in refusals and not said.outcome
    if target in OUTCOMES:
        return said.outcome in OUTCOMES[target] and not said.refusal
    return not said.refusal and not said.outcome


def proposed_reply(urgency: Urgency, today: date) -> date:
    """Return by when an answer is asked for if nobody says otherwise."""
    return today + timedelta(days=REPLY_DAYS[urgency])


def reply_day_fits(day: date, today: date) -> bool:
    """Whether an answer can be asked for by a day: from today on, within a year."""
    return today <= day <= today + MOST_AHEAD


def is_overdue(state: State, reply_by: date | None, today: date) -> bool:
    """Whether a partner owes an answer."""
    return state == State.REQUESTED and reply_by is not None and reply_by < today


def ask_at(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the person is asked whether it helped: two weeks later, at ten o'clock."""
    return datetime.combine((now + ASK_AFTER).astimezone(zone).date(), ASK_HOUR, zone)
