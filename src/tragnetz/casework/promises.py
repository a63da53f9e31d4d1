"""A call sheet that keeps a promise: the person, their contact and their enquiry stay the same ones."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from tragnetz.appointments.calls.commands import note_try
from tragnetz.appointments.calls.rules import is_held
from tragnetz.appointments.enums import CallbackState, CallResult
from tragnetz.appointments.models import Callback
from tragnetz.casework.access import visible_promises
from tragnetz.casework.enums import Outcome
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Enquiry
from tragnetz.clients.commands import add_contact, change_contact
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.network.actors import Actor


def keep_promise(
    *, actor: Actor, callback: Callback | None, organisation_id: uuid.UUID, now: datetime
) -> Callback | None:
    """Note that somebody was reached whom we promised to call, and return the promise locked.

    Nothing is returned without a promise, or when the sheet's data become another organisation's. Who phones us while
    a colleague says "I call" is taken down as well; then the promise stays the colleague's. Raises CaseworkError for a
    promise that the actor does not see.
    """
    if callback is None:
        return None
    rows = visible_promises(actor).select_related("contact").select_for_update(of=("self",))
    row = rows.filter(pk=callback.pk).first()
    if row is None:
        raise CaseworkError(_("Diesen Rückruf gibt es nicht."))
    is_others = is_held(row.taken_at, now) and row.taken_by_id != actor.membership_id
    if row.state == CallbackState.OPEN and not is_others:
        note_try(actor=actor, callback=row, result=CallResult.REACHED, now=now)
    return row if row.organisation_id == organisation_id else None


def contact_of(
    *, actor: Actor, known: Contact | None, organisation_id: uuid.UUID, details: ContactDetails | None
) -> Contact | None:
    """Return the contact of whom we know as the sheet changed it, else a new one; nothing for who stays anonymous.

    What the sheet does not ask for stays. Raises PhoneError, EmailError, ContactError.
    """
    contact = known
    if contact is None or contact.organisation_id != organisation_id:
        return add_contact(actor=actor, organisation_id=organisation_id, details=details) if details else None
    if details is not None:
        asked = replace(details, address_blocked=contact.address_blocked)
        change_contact(actor=actor, contact=contact, details=asked)
        contact.refresh_from_db()
    return contact


def unfinished(callback: Callback | None) -> Enquiry | None:
    """Return the enquiry that led to a promise, locked, while nothing else came of it than a call."""
    if callback is None or callback.contact_id is None:
        return None
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("callback")
    found = rows.filter(contact=callback.contact_id, organisation=callback.organisation_id, outcome=Outcome.CALLBACK)
    return found.order_by("-created_at", "-pk").first()
