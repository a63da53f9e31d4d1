"""Who may see and change how somebody is reached."""

from django.db.models import QuerySet

from tragnetz.clients.models import Contact
from tragnetz.messaging.access import can_handle
from tragnetz.network.actors import Actor


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts of the organisation, for those who phone and write."""
    rows = Contact.objects.filter(organisation=actor.organisation_id)
    return rows if can_handle(actor) else rows.none()
