"""Who keeps an organisation's own words for letters. The letters themselves are as open as their case."""

from django.db.models import QuerySet

from tragnetz.casework.models import LetterWording
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_keep_wordings(actor: Actor) -> bool:
    """Whether somebody changes the words of their organisation's letters."""
    return may(actor, Deed.LETTER_WORDING_KEEP)


def visible_wordings(actor: Actor) -> QuerySet[LetterWording]:
    """Return the own words of the actor's organisation, with their history."""
    return LetterWording.objects.filter(organisation=actor.organisation_id)
