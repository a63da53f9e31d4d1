"""Who may see and change how somebody is reached."""

from django.db.models import QuerySet

from tragnetz.clients.models import Contact
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts of the organisation, for those who phone and write."""
    rows = Contact.objects.filter(organisation=actor.organisation_id)
    if not may(actor, Deed.RESTRICTED_READ):
        rows = rows.filter(restricted_on=None)
    return rows if may(actor, Deed.CONTACT_CHANGE) else rows.none()


def can_change(actor: Actor, contact: Contact) -> bool:
    """Whether somebody sees and changes how this person is reached: `visible_contacts` for one that is at hand."""
    return may(actor, Deed.CONTACT_CHANGE) and contact.organisation_id == actor.organisation_id
