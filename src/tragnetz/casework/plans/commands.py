"""Take over what was ticked of a proposal: all of it, or nothing."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.claims.commands import plan_claims
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.enums import Wish
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal
from tragnetz.casework.models import Case, PlanTaking
from tragnetz.casework.plans.book import Plan
from tragnetz.casework.plans.proposal import Proposal
from tragnetz.core.transactions import wait_for
from tragnetz.eligibility.facts import Facts
from tragnetz.network.actors import Actor


@transaction.atomic
def take_over(
    *,
    actor: Actor,
    case: Case,
    plan: Plan,
    proposed: Proposal,
    chosen: Collection[str],
    facts: Facts,
    request_key: str,
    now: datetime,
) -> PlanTaking:
    """Agree on the chosen goals and steps, set deadlines, plan claims (`facts` lead to offices), once a request.

    What is asked for already is not planned again. A step whose goal was not chosen stands alone. Raises CaseworkError
    where nothing was chosen that is proposed.
    """
    must_write(actor, case)
    wait_for(f"plan:{case.pk}")
    done = PlanTaking.objects.filter(case=case, request_key=request_key).first()
    if done is not None:
        return done
    wanted = set(chosen) & proposed.keys
    if not wanted:
        raise CaseworkError(_("Bitte kreuzen Sie an, was in den Plan soll."))
    today = now.astimezone(actor.network.zone).date()
    goals = steps = 0
    for one in proposed.goals:
        goal = None
        if one.key in wanted:
            template = one.template
            details = GoalDetails(template.what, template.sign, one.due_on, wish=Wish.SHARED, domain=template.domain)
            goal = agree_goal(actor=actor, case=case, details=details, today=today)
            goals += 1
        for step in (step for step in one.steps if step.key in wanted):
            add_step(actor=actor, case=case, text=step.agreed, owner=step.owner, due_on=step.due_on, goal=goal)
            steps += 1
    papers = proposed.papers
    if papers is not None and papers.key in wanted:
        add_step(actor=actor, case=case, text=papers.text, owner=papers.owner, due_on=papers.due_on)
        steps += 1
    deadlines = [one for one in proposed.deadlines if one.key in wanted]
    for deadline in deadlines:
        set_deadline(actor=actor, case=case, details=DeadlineDetails(deadline.due_on, deadline.asked), now=now)
    benefits = [one.benefit for one in proposed.claims if one.key in wanted]
    claims = (
        plan_claims(actor=actor, case=case, benefits=benefits, facts=facts, idempotency_key=request_key, now=now)
        if benefits
        else []
    )
    found = {"goals": goals, "steps": steps, "deadlines": len(deadlines), "claims": len(claims)}
    taken = PlanTaking(
        network=actor.network, case=case, compartment=compartment_of(case), author_id=member_of(actor), plan=plan.key,
        taken_at=now, request_key=request_key, **found,
    )  # fmt: skip
    taken.save()
    record(actor, "plan:take_over", case, plan=plan.key, **found)
    return taken
