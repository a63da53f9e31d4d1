"""Somebody asks for a place in a group: an enquiry like any other, so that it is counted once."""

from datetime import datetime

from tragnetz.appointments.groups.registering import Registered, register
from tragnetz.appointments.models import Callback, Group
from tragnetz.audit.commands import record
from tragnetz.casework.enums import Outcome
from tragnetz.casework.models import Enquiry
from tragnetz.casework.promises import keep_promise
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.transactions import in_transaction
from tragnetz.network.actors import Actor


def sign_up(
    *,
    actor: Actor,
    group: Group,
    channel: str,
    details: ContactDetails,
    idempotency_key: str,
    now: datetime,
    promise: Callback | None = None,
) -> Registered:
    """Register somebody for a group and take it down as an enquiry of its organisation. The same key does it once.

    Who was called back as promised is noted as reached.
    """

    def take() -> Registered:
        registered = register(actor=actor, group=group, details=details, idempotency_key=idempotency_key, now=now)
        if Enquiry.objects.filter(idempotency_key=idempotency_key).exists():
            return registered
        keep_promise(actor=actor, callback=promise, organisation_id=group.organisation_id, now=now)
        enquiry = Enquiry(
            network=actor.network, organisation_id=group.organisation_id, taken_by_id=actor.membership_id,
            channel=channel, outcome=Outcome.GROUP, topic=group.topic, language=details.language,
            programme_id=group.programme_id, contact=registered.registration.contact,
            registration=registered.registration, idempotency_key=idempotency_key, created_at=now,
        )  # fmt: skip
        enquiry.save()
        record(actor, "enquiry:take", enquiry, outcome=Outcome.GROUP, channel=channel)
        return registered

    return in_transaction(take)
