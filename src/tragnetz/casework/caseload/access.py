"""Who sees what a team carries: its lead."""

from django.db.models import Q, QuerySet

from tragnetz.casework.enums import CaseState
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership
from tragnetz.network.policy import Deed, may


def can_see_caseload(actor: Actor) -> bool:
    """Whether somebody sees the work of a team."""
    return may(actor, Deed.CASELOAD_SEE)


def can_plan_caseload(actor: Actor) -> bool:
    """Whether somebody says how many cases the members of a team carry."""
    return may(actor, Deed.CASELOAD_PLAN)


def visible_team(actor: Actor) -> QuerySet[Membership]:
    """Return the counsellors of a lead's organisation, and who has left with open cases."""
    rows = Membership.objects.filter(organisation=actor.organisation_id)
    there = Q(ended_on=None, roles__contains=[Role.COUNSELLOR.value])
    left = Q(pk__in=rows.filter(cases__state=CaseState.OPEN).values("pk"))
    return rows.filter(there | left) if can_see_caseload(actor) else rows.none()
