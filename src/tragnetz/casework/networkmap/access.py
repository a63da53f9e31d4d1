"""The net is seen with its case, and by nobody else."""

from django.db.models import QuerySet

from tragnetz.casework.access import visible_cases
from tragnetz.casework.networkmap.models import Tie
from tragnetz.network.actors import Actor


def visible_ties(actor: Actor) -> QuerySet[Tie]:
    """Return the ties of the cases that an actor sees."""
    return Tie.objects.filter(case__in=visible_cases(actor).order_by())
