"""Who sees messages: those who phone, and only those of their own organisation."""

from django.db.models import QuerySet

from tragnetz.messaging.models import Message
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_handle(actor: Actor) -> bool:
    """Whether somebody writes letters, makes calls and looks after what did not arrive."""
    return may(actor, Deed.MESSAGE_HANDLE)


def visible_messages(actor: Actor) -> QuerySet[Message]:
    """Return the messages of the organisation to people; nothing for other roles."""
    rows = Message.objects.filter(organisation=actor.organisation_id).exclude(organisation=None)
    return rows.select_related("settled_by__user") if can_handle(actor) else rows.none()
