"""Who may see and change how somebody is reached."""

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from tragnetz.clients.models import Contact
from tragnetz.messaging.models import Message
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


def unrestricted[ModelT: Model](actor: Actor, rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """Leave out the rows of a contact whose data may only be kept (Art. 18 DSGVO); the lead sees them."""
    if may(actor, Deed.RESTRICTED_READ):
        return rows
    return rows.exclude(contact__restricted_on__isnull=False)


def unrestricted_messages(actor: Actor, rows: QuerySet[Message]) -> QuerySet[Message]:
    """Leave out the messages to such a contact, too; they name it in `params`."""
    if may(actor, Deed.RESTRICTED_READ):
        return rows
    restricted = Contact.objects.filter(organisation=actor.organisation_id, restricted_on__isnull=False)
    ids = restricted.annotate(key=Cast("pk", TextField())).values("key")
    named = rows.annotate(person=KT("params__person"))
    return named.filter(Q(person=None) | ~Q(person__in=ids))
