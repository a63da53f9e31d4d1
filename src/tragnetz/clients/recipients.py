"""People as those whom a message is for."""

from tragnetz.clients.models import Contact
from tragnetz.messaging.rules import Recipient


def recipient_of(contact: Contact) -> Recipient:
    """Return the ways by which somebody may be reached."""
    return Recipient(
        name=contact.name,
        organisation_id=contact.organisation_id,
        person_id=contact.pk,
        language=contact.language,
        phone=contact.phone,
        email=contact.email,
        address=contact.address,
        may_text=contact.may_text,
        may_email=contact.may_email,
        may_letter=contact.may_letter,
        may_call=contact.may_call,
    )
