"""States of an application, what a placement counts as, when one asks, how far a path has come."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.casework.coaching.enums import ApplicationState, Counts, EndReason, Kept, Stage, WorkKind
from tragnetz.casework.coaching.rules import (
    TRANSITIONS,
    Progress,
    can_become,
    check_day,
    check_due,
    counts_as,
    kept_at_end,
    next_states,
    stage,
)

START = date(2026, 1, 15)


def test_every_state_has_its_transitions():
    assert set(TRANSITIONS) == set(ApplicationState)


def test_a_placed_application_goes_nowhere():
    assert not any(can_become(ApplicationState.PLACED, state) for state in ApplicationState)


def test_placed_is_never_offered_as_a_next_state():
    assert all(ApplicationState.PLACED not in next_states(state) for state in ApplicationState)


@pytest.mark.parametrize(
    ("kind", "hours", "counts"),
    [
        ("regular", 39, Counts.EMPLOYMENT),
        ("subsidised", 15, Counts.EMPLOYMENT),
        ("self_employed", 40, Counts.EMPLOYMENT),
        ("minijob", 15, Counts.EMPLOYMENT),
        ("minijob", Decimal("14.5"), Counts.CHECK),
        ("regular", None, Counts.CHECK),
        ("apprenticeship", 39, Counts.CHECK),
        ("training", None, Counts.EDUCATION),
        ("internship", 39, Counts.NONE),
    ],
)
def test_a_placement_counts_as_what_the_regulation_says(kind, hours, counts):
    assert counts_as(WorkKind(kind), None if hours is None else Decimal(hours)) is counts


@pytest.mark.parametrize(
    ("today", "kept_3", "kept_6", "has_ended", "months"),
    [
        (date(2026, 4, 14), "", "", False, None),
        (date(2026, 4, 15), "", "", False, 3),
        (date(2026, 4, 15), "yes", "", False, None),
        (date(2026, 7, 14), "yes", "", False, None),
        (date(2026, 7, 15), "yes", "", False, 6),
        (date(2026, 7, 15), "", "", False, 6),
        (date(2026, 7, 15), "", "no", False, None),
        (date(2026, 7, 15), "", "", True, None),
    ],
)
def test_one_asks_once_after_three_and_six_months(today, kept_3, kept_6, has_ended, months):
    found = check_due(starts_on=START, has_ended=has_ended, kept_3=kept_3, kept_6=kept_6, today=today)

    assert found == months


def test_three_months_after_the_end_of_november_is_the_end_of_february():
    assert check_day(date(2026, 11, 30), 3) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("ended_on", "reason", "months", "kept"),
    [
        (date(2026, 4, 14), "employer", 3, Kept.NO),
        (date(2026, 4, 14), "better", 3, Kept.CHANGED),
        (date(2026, 4, 15), "employer", 3, Kept.YES),
        (date(2026, 4, 15), "employer", 6, Kept.NO),
    ],
)
def test_an_end_tells_whether_it_had_lasted(ended_on, reason, months, kept):
    assert kept_at_end(START, ended_on, EndReason(reason), months) is kept


@pytest.mark.parametrize(
    ("progress", "reached"),
    [
        (Progress(), None),
        (Progress(has_profile=True), Stage.PROFILE),
        (Progress(has_goal=True), Stage.GOAL),
        (Progress(states={ApplicationState.REFUSED}), Stage.APPLYING),
        (Progress(states={ApplicationState.OFFER}), Stage.INTERVIEW),
        (Progress(states={ApplicationState.REFUSED}, has_interview=True), Stage.INTERVIEW),
        (Progress(is_placed=True), Stage.PLACED),
        (Progress(is_placed=True, kept_3="no"), Stage.PLACED),
        (Progress(is_placed=True, kept_3="yes"), Stage.THREE_MONTHS),
        (Progress(is_placed=True, kept_3="yes", kept_6="changed"), Stage.SIX_MONTHS),
    ],
)
def test_a_path_has_come_as_far_as_its_best_part(progress, reached):
    assert stage(progress) is reached


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_what_is_due_stays_due_until_it_is_answered(starts_on, days):
    asked = [
        check_due(starts_on=starts_on, has_ended=False, kept_3="", kept_6="", today=starts_on + timedelta(days=day))
        for day in (days, days + 1)
    ]

    assert asked[0] is None or asked[1] is not None
