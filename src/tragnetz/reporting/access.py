"""Who sees participations: who works on the case by name, the team and the project's management by pseudonym."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from tragnetz.casework.access import visible_cases
from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.network.policy import Deed, Reach, may, reach
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.models import Participation

NOT_YOURS = gettext_lazy("Das gehört nicht zu Ihren Aufgaben. Bitte fragen Sie Ihre Leitung.")


def can_see_participations(actor: Actor) -> bool:
    """Whether somebody sees records of projects at all."""
    return may(actor, Deed.PARTICIPATION_SEE)


def visible_programmes(actor: Actor) -> QuerySet[Programme]:
    """Return the projects whose figures and pseudonymous records an actor sees: those of their own organisation."""
    if not may(actor, Deed.FIGURES_SEE):
        return Programme.objects.none()
    return Programme.objects.filter(organisations=actor.organisation_id)


def visible_participations(actor: Actor) -> QuerySet[Participation]:
    """Return the participations of the cases an actor works on; by reach also those of the organisation or project.

    Which of them may be shown with a name, `named` says.
    """
    far = reach(actor, Deed.PARTICIPATION_SEE)
    if far == Reach.NETWORK:
        return Participation.objects.filter(programme__in=visible_programmes(actor))
    own = Q(case__in=visible_cases(actor).order_by())
    if far == Reach.ORGANISATION:
        own |= Q(organisation=actor.organisation_id)
    return Participation.objects.filter(own) if far else Participation.objects.none()


def named(actor: Actor) -> QuerySet[Participation]:
    """Return the participations that an actor may see with the person's name: those of the cases they see."""
    return Participation.objects.filter(case__in=visible_cases(actor).order_by())


def must(actor: Actor, deed: Deed) -> None:
    """Raise ReportingError unless the actor does this at all."""
    if not may(actor, deed):
        raise ReportingError(str(NOT_YOURS))


def can_see_figures(actor: Actor) -> bool:
    """Whether figures of projects and of the whole network are shown to somebody."""
    return may(actor, Deed.FIGURES_SEE)
