"""CV and letters are seen and changed with their coaching, and by nobody else."""

from django.db.models import QuerySet

from tragnetz.casework.career.models import CareerEntry, CareerSkill, CoverLetter
from tragnetz.casework.coaching.access import visible_coachings
from tragnetz.network.actors import Actor


def visible_entries(actor: Actor) -> QuerySet[CareerEntry]:
    """Return the stretches of life that an actor sees."""
    return CareerEntry.objects.filter(coaching__in=visible_coachings(actor))


def visible_skills(actor: Actor) -> QuerySet[CareerSkill]:
    """Return the skills that an actor sees."""
    return CareerSkill.objects.filter(coaching__in=visible_coachings(actor))


def visible_letters(actor: Actor) -> QuerySet[CoverLetter]:
    """Return the letters of application that an actor sees."""
    return CoverLetter.objects.filter(coaching__in=visible_coachings(actor))
