"""The one table of moves, walked at random."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.network.models import Network
from tragnetz.referrals.enums import Outcome, Refusal, Side, State, Urgency
from tragnetz.referrals.rules import (
    ENDED,
    LIVE,
    MOVES,
    OUTCOMES,
    Said,
    ask_at,
    can_move,
    fits,
    is_overdue,
    moves,
    proposed_reply,
    reply_day_fits,
)

SAID = st.builds(
    Said, refusal=st.sampled_from(["", *Refusal.values, "nonsense"]), outcome=st.sampled_from(["", *Outcome.values])
)
WALK = st.lists(st.tuples(st.sampled_from(State), st.sampled_from(Side), SAID), max_size=12)


@given(WALK)
def test_a_walk_keeps_to_the_table_and_never_leaves_an_end(steps):
    state, said, sent = State.DRAFT, Said(), False
    for target, side, words in steps:
        if not (can_move(state, target, side) and fits(target, words, Refusal.values)):
            continue
        assert state not in ENDED
        assert target != State.DRAFT
        assert side == Side.SENDER or sent, "a partner does nothing before it was sent"
        state, said, sent = target, words, sent or target == State.REQUESTED

    assert bool(said.refusal) == (state == State.REJECTED)
    assert bool(said.outcome) == (state in OUTCOMES)


@given(st.sampled_from(State), st.sampled_from(State))
def test_what_a_partner_may_the_sender_may_enter_for_them(state, target):
    assert not can_move(state, target, Side.RECIPIENT) or can_move(state, target, Side.SENDER)


def test_every_state_is_in_the_table_and_each_live_one_can_end():
    assert set(MOVES) == set(State)
    assert LIVE | ENDED | {State.DRAFT} == set(State)
    for state in LIVE:
        assert moves(state, Side.SENDER) & ENDED
        assert moves(state, Side.RECIPIENT) & ENDED
    assert not any(moves(state, side) for state, side in product(ENDED, Side))


def test_only_the_sender_takes_back():
    assert {state for state in State if can_move(state, State.CANCELLED, Side.SENDER)} == LIVE | {State.DRAFT}
    assert not any(can_move(state, State.CANCELLED, Side.RECIPIENT) for state in State)


def test_an_answer_is_owed_until_it_came():
    day = date(2026, 11, 24)

    assert proposed_reply(Urgency.TODAY, day) == day
    assert proposed_reply(Urgency.NORMAL, day) == date(2026, 12, 1)
    assert not is_overdue(State.REQUESTED, day, day)
    assert is_overdue(State.REQUESTED, day, date(2026, 11, 25))
    assert not is_overdue(State.ACCEPTED, day, date(2026, 11, 25))
    assert not is_overdue(State.REQUESTED, None, day)
    assert [reply_day_fits(one, day) for one in (date(2026, 11, 23), day, date(2028, 1, 1))] == [False, True, False]


@pytest.mark.parametrize("month", [3, 10])  # summer time begins and ends between
def test_the_person_is_asked_at_ten_two_weeks_later(month):
    zone = Network(timezone="Europe/Berlin").zone
    asked = ask_at(datetime(2026, month, 20, 21, tzinfo=UTC), zone)

    assert (asked.hour, asked.date()) == (10, asked.date())
    assert (asked.date() - date(2026, month, 20)).days == 14
