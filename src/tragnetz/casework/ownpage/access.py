"""Whose own page opens, and who gives the code to it."""

from datetime import datetime

from django.conf import settings
from django.db.models import F, Q

from tragnetz.casework.ownpage.rules import closed_after
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network
from tragnetz.network.policy import Deed, may


def can_give(actor: Actor) -> bool:
    """Whether somebody gives codes to people of their cases."""
    return may(actor, Deed.OWN_ACCESS_GIVE)


def live(network: Network, now: datetime) -> Q:
    """Return the condition that a code opens its page.

    It was not ended, the person lives in the household of the case, and the case was not closed too long ago.
    """
    limit = closed_after(now.astimezone(network.zone).date(), settings.TRAGNETZ_OWN_PAGE_MONTHS)
    in_time = Q(case__closed_on=None) | Q(case__closed_on__gt=limit)
    at_home = Q(person__left_on=None, person__household=F("case__household"), case__merged_into=None)
    return Q(ended_at=None, pair__ended_at=None) & at_home & in_time
