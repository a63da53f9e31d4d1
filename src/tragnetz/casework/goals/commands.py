"""Agree on goals and steps, look how far they are, end them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import GoalState, LifeDomain, StepOwner, Wish
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.goals.rules import ATTAINMENT, MOVES, due_fits, first_review
from tragnetz.casework.models import Case, Goal, GoalReview, Step
from tragnetz.casework.resent import sent_before
from tragnetz.casework.texts import clean_text, within
from tragnetz.clients.models import Person
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class GoalDetails:
    """A goal in the person's words: what, how one sees that it is reached, until when, whose wish, in which domain."""

    what: str
    sign: str
    due_on: date
    wish: str = Wish.PERSON
    domain: str = ""
    review_on: date | None = None


@transaction.atomic
def agree_goal(
    *,
    actor: Actor,
    case: Case,
    details: GoalDetails,
    today: date,
    person: Person | None = None,
    request_key: str = "",
) -> Goal:
    """Agree on a goal, once a key; without a day to look at it there is one in three months. Raises CaseworkError."""
    must_write(actor, case)
    known = sent_before(Goal.objects.filter(case=case), request_key)
    if known is not None:
        return known
    _check(details, today)
    goal = Goal(
        network=actor.network, case=case, compartment=compartment_of(case, person), author_id=member_of(actor),
        agreed_on=today, request_key=request_key,
    )  # fmt: skip
    _fill(goal, details)
    goal.save()
    record(actor, "goal:agree", case, domain=details.domain, wish=details.wish)
    return goal


@transaction.atomic
def change_goal(*, actor: Actor, goal: Goal, details: GoalDetails, today: date) -> Goal:
    """Put a goal in other words, or move its dates. Raises CaseworkError for one that is over."""
    must_write(actor, goal.case)
    if goal.state != GoalState.OPEN:
        raise CaseworkError(_("Dieses Ziel ist beendet. Öffnen Sie es zuerst wieder."))
    if details.due_on != goal.due_on:
        _check(details, today)
    _fill(goal, details)
    goal.save()
    record(actor, "goal:change", goal.case, domain=details.domain, wish=details.wish)
    return goal


def _check(details: GoalDetails, today: date) -> None:
    if not due_fits(details.due_on, today):
        raise CaseworkError(_("Das Ziel braucht ein Datum in den nächsten fünf Jahren."))


def _fill(goal: Goal, details: GoalDetails) -> None:
    goal.what, goal.sign = clean_text(details.what), clean_text(details.sign)
    goal.wish = Wish(details.wish)
    goal.domain = LifeDomain(details.domain) if details.domain else ""
    goal.due_on = details.due_on
    goal.review_on = details.review_on or first_review(goal.agreed_on, details.due_on)


@transaction.atomic
def review_goal(
    *,
    actor: Actor,
    goal: Goal,
    attainment: int,
    text: str,
    next_on: date | None,
    today: date,
    request_key: str = "",
) -> GoalReview:
    """Keep how far a goal is today, once a key, and when one looks again. Raises CaseworkError."""
    must_write(actor, goal.case)
    known = sent_before(GoalReview.objects.filter(case=goal.case), request_key)
    if known is not None:
        return known
    if goal.state != GoalState.OPEN:
        raise CaseworkError(_("Dieses Ziel ist beendet. Öffnen Sie es zuerst wieder."))
    if attainment not in ATTAINMENT:
        raise CaseworkError(_("Bitte wählen Sie, wie weit das Ziel ist."))
    if next_on is not None and next_on <= today:
        raise CaseworkError(_("Der nächste Blick auf das Ziel muss nach heute liegen."))
    review = GoalReview(
        network=actor.network, case=goal.case, compartment=goal.compartment, goal=goal, author_id=member_of(actor),
        held_on=today, attainment=attainment, text=within(text), request_key=request_key,
    )  # fmt: skip
    review.save()
    goal.review_on = next_on
    goal.save(update_fields=["review_on"])
    record(actor, "goal:review", goal.case, attainment=attainment)
    return review


@transaction.atomic
def move_goal(*, actor: Actor, goal: Goal, state: str, today: date) -> Goal:
    """End a goal as reached, partly reached or given up, or take it up again. Raises CaseworkError."""
    must_write(actor, goal.case)
    row = Goal.objects.select_for_update().get(pk=goal.pk)
    if state not in GoalState.values or state not in MOVES[GoalState(row.state)]:
        raise CaseworkError(_("Das geht mit diesem Ziel nicht mehr. Bitte laden Sie die Seite neu."))
    row.state = state
    row.ended_on = None if state == GoalState.OPEN else today
    row.review_on = first_review(today, max(row.due_on, today)) if state == GoalState.OPEN else None
    row.save(update_fields=["state", "ended_on", "review_on"])
    record(actor, "goal:move", row.case, state=state)
    return row


@transaction.atomic
def add_step(
    *,
    actor: Actor,
    case: Case,
    text: str,
    owner: str,
    due_on: date | None,
    goal: Goal | None = None,
    person: Person | None = None,
    request_key: str = "",
) -> Step:
    """Agree on a step, once a key. One that leads to a goal is kept in the same part of the case as the goal."""
    must_write(actor, case)
    known = sent_before(Step.objects.filter(case=case), request_key)
    if known is not None:
        return known
    if goal is not None and goal.case_id != case.pk:
        raise CaseworkError(_("Dieses Ziel gibt es nicht mehr."))
    part = goal.compartment if goal is not None else compartment_of(case, person)
    step = Step(
        network=actor.network, case=case, compartment=part, goal=goal, text=clean_text(text), owner=StepOwner(owner),
        due_on=due_on, request_key=request_key,
    )  # fmt: skip
    step.save()
    record(actor, "step:add", case, owner=owner)
    return step


@transaction.atomic
def finish_step(*, actor: Actor, step: Step, today: date, done: bool = True) -> Step:
    """Say that a step is done, or is not after all."""
    must_write(actor, step.case)
    step.done_on = today if done else None
    step.save(update_fields=["done_on"])
    record(actor, "step:finish", step.case, done=done)
    return step
