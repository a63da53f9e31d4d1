"""Who may take emergency access, and who sees what was taken."""

from django.db.models import QuerySet

from tragnetz.casework.models import Case, EmergencyAccess
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_take(actor: Actor) -> bool:
    """Whether somebody may open a colleague's case in an emergency."""
    return may(actor, Deed.EMERGENCY_TAKE)


def can_see(actor: Actor) -> bool:
    """Whether somebody sees which emergency accesses there were."""
    return may(actor, Deed.EMERGENCY_SEE)


def reachable_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases that somebody could open in an emergency: all of the own organisation."""
    rows = Case.objects.filter(organisation=actor.organisation_id)
    return rows if can_take(actor) else rows.none()


def visible_emergencies(actor: Actor) -> QuerySet[EmergencyAccess]:
    """Return the emergency accesses to cases of the own organisation."""
    rows = EmergencyAccess.objects.filter(case__organisation=actor.organisation_id)
    return rows.select_related("membership__user", "seen_by__user", "case") if can_see(actor) else rows.none()
