"""Goals, how far they are, and the steps to them."""

from datetime import timedelta

import pytest

from tests.casework.conftest import TODAY
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import GoalState
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.goals.commands import (
    GoalDetails,
    add_step,
    agree_goal,
    change_goal,
    finish_step,
    move_goal,
    review_goal,
)
from tragnetz.casework.goals.queries import agreed_with
from tragnetz.casework.goals.rules import ATTAINMENT, MOVES, due_fits, first_review

LATER = TODAY + timedelta(days=180)
DETAILS = GoalDetails("Die Miete selbst zahlen", "Drei Monate pünktlich gezahlt", LATER, "person", "home")


@pytest.fixture
def goal(case, owner):
    return agree_goal(actor=owner, case=case, details=DETAILS, today=TODAY)


def test_a_goal_is_looked_at_after_three_months_or_when_it_is_due(goal):
    assert goal.review_on == TODAY + timedelta(days=91)
    assert first_review(TODAY, TODAY + timedelta(days=10)) == TODAY + timedelta(days=10)


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1830, True), (1831, False)])
def test_a_goal_is_due_within_five_years(days, fits):
    assert due_fits(TODAY + timedelta(days=days), TODAY) == fits


@pytest.mark.parametrize("name", ["what", "sign"])
def test_a_goal_needs_words_for_what_and_how_one_sees_it(case, owner, name):
    given = {"what": "a", "sign": "b", name: "  "}
    with pytest.raises(CaseworkError, match="schreiben Sie etwas"):
        agree_goal(actor=owner, case=case, details=GoalDetails(due_on=LATER, **given), today=TODAY)


def test_a_goal_in_the_past_is_refused(case, owner):
    with pytest.raises(CaseworkError, match="Datum"):
        agree_goal(actor=owner, case=case, details=GoalDetails("a", "b", TODAY - timedelta(days=1)), today=TODAY)


def test_reviews_keep_how_far_it_is_and_when_one_looks_again(goal, owner):
    review_goal(actor=owner, goal=goal, attainment=-1, text="Nachzahlung kam", next_on=LATER, today=TODAY)
    review_goal(actor=owner, goal=goal, attainment=1, text="", next_on=None, today=TODAY + timedelta(days=1))

    goal.refresh_from_db()
    assert [review.attainment for review in goal.reviews.all()] == [-1, 1]
    assert goal.review_on is None


@pytest.mark.parametrize(("attainment", "days"), [(3, 10), (-3, 10), (0, 0)])
def test_a_review_off_the_scale_or_without_a_future_is_refused(goal, owner, attainment, days):
    with pytest.raises(CaseworkError):
        review_goal(
            actor=owner, goal=goal, attainment=attainment, text="", next_on=TODAY + timedelta(days=days), today=TODAY
        )


def test_all_moves_of_the_table_and_no_other(goal, owner):
    for state in GoalState:
        for target in GoalState:
            type(goal).objects.filter(pk=goal.pk).update(
                state=state, ended_on=None if state == GoalState.OPEN else TODAY, review_on=None
            )
            if target in MOVES[state]:
                moved = move_goal(actor=owner, goal=goal, state=target, today=TODAY)
                assert (moved.state, moved.ended_on is None) == (target, target == GoalState.OPEN)
            else:
                with pytest.raises(CaseworkError):
                    move_goal(actor=owner, goal=goal, state=target, today=TODAY)


def test_a_goal_that_is_over_is_neither_changed_nor_looked_at(goal, owner):
    over = move_goal(actor=owner, goal=goal, state="reached", today=TODAY)

    with pytest.raises(CaseworkError, match="beendet"):
        change_goal(actor=owner, goal=over, details=DETAILS, today=TODAY)
    with pytest.raises(CaseworkError, match="beendet"):
        review_goal(actor=owner, goal=over, attainment=0, text="", next_on=None, today=TODAY)


def test_an_overdue_goal_is_put_in_other_words_without_a_new_date(goal, owner):
    much_later = LATER + timedelta(days=30)
    changed = change_goal(
        actor=owner, goal=goal, details=GoalDetails("Neu", "Gut", LATER, review_on=LATER), today=much_later
    )

    assert (changed.what, changed.due_on) == ("Neu", LATER)


def test_a_step_to_a_goal_is_kept_where_the_goal_is(case, owner, people):
    own = agree_goal(actor=owner, case=case, details=DETAILS, today=TODAY, person=people["Rosa"])

    step = add_step(actor=owner, case=case, text="Anrufen", owner="person", due_on=None, goal=own)

    assert step.compartment.person == people["Rosa"]


def test_the_goal_of_another_case_takes_no_step(goal, owner):
    from tests.casework.conftest import make_case

    with pytest.raises(CaseworkError, match="Ziel"):
        add_step(actor=owner, case=make_case(owner), text="x", owner="person", due_on=None, goal=goal)


def test_a_step_is_done_and_open_again(case, owner):
    step = add_step(actor=owner, case=case, text="Anrufen", owner="office", due_on=None)

    assert finish_step(actor=owner, step=step, today=TODAY).done_on == TODAY
    assert finish_step(actor=owner, step=step, today=TODAY, done=False).done_on is None


def test_the_agreement_of_the_household_holds_nobodys_own_goals(case, owner, people, goal):
    agree_goal(actor=owner, case=case, details=DETAILS, today=TODAY, person=people["Rosa"])
    alone = add_step(actor=owner, case=case, text="Anrufen", owner="person", due_on=None)
    add_step(actor=owner, case=case, text="Ins Frauenhaus", owner="person", due_on=None, person=people["Rosa"])

    assert agreed_with(case, [compartment_of(case)]) == ([goal], [alone])
    assert [step.text for step in agreed_with(case, [compartment_of(case, people["Rosa"])])[1]] == ["Ins Frauenhaus"]


def test_foreign_goals_are_left_alone(goal, foreign, colleague):
    for actor in (foreign, colleague):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            move_goal(actor=actor, goal=goal, state="reached", today=TODAY)


def test_every_attainment_has_words():
    assert sorted(ATTAINMENT) == [-2, -1, 0, 1, 2]
