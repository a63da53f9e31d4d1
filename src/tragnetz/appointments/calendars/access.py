"""Who may have a calendar feed: those who have appointments of their own."""

from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_have_feed(actor: Actor) -> bool:
    """Whether somebody counsels, so that there is something to subscribe to."""
    return may(actor, Deed.FEED_HAVE)
