"""A coaching is seen and changed with its case, and by nobody else."""

from django.db.models import QuerySet

from tragnetz.casework.access import visible_cases
from tragnetz.casework.coaching.models import Application, Coaching, Placement
from tragnetz.network.actors import Actor


def visible_coachings(actor: Actor) -> QuerySet[Coaching]:
    """Return the coachings of the cases that an actor sees."""
    return Coaching.objects.filter(case__in=visible_cases(actor).order_by())


def visible_applications(actor: Actor) -> QuerySet[Application]:
    """Return the applications of the cases that an actor sees."""
    return Application.objects.filter(coaching__case__in=visible_cases(actor).order_by())


def visible_placements(actor: Actor) -> QuerySet[Placement]:
    """Return the placements of the cases that an actor sees."""
    return Placement.objects.filter(coaching__case__in=visible_cases(actor).order_by())
