"""Promise a call, take it, say what came of it."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.calls.queries import calls_settled_by, promised_until
from tragnetz.appointments.calls.rules import CALLBACK_MOVES, is_held, state_after
from tragnetz.appointments.enums import CallbackState, CallResult
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import Booking, CallAttempt, Callback
from tragnetz.audit.commands import record
from tragnetz.clients.models import Contact
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import District


@transaction.atomic
def promise_callback(
    *,
    actor: Actor,
    organisation_id: uuid.UUID,
    contact: Contact,
    district: District | None,
    topic: str,
    urgency: str,
    now: datetime,
    about: Booking | None = None,
) -> Callback:
    """Promise to call somebody back while somebody is there to do it. Raises NotPossibleError if nobody is for weeks.

    `about` is the talk for which another time must be found: once there is one, the call is spared (`spare_callbacks`).
    One after the other: two promises made at once would both count the same free minutes.
    """
    wait_for_promises(organisation_id)
    promised = promised_until(actor.network, organisation_id, urgency, now)
    if promised is None:
        raise NotPossibleError(_("In den nächsten Wochen ist niemand da, der zurückrufen kann."))
    callback = Callback(
        network=actor.network,
        organisation_id=organisation_id,
        contact=contact,
        district=district,
        topic=topic,
        urgency=urgency,
        about=about,
        promised_until=promised.window.ends,
        created_at=now,
    )
    callback.save()
    record(actor, "callback:promise", callback, urgency=urgency)
    return callback


def wait_for_promises(organisation_id: uuid.UUID) -> None:
    """Wait for one's turn to promise calls of an organisation; ends with the transaction."""
    wait_for(f"callbacks:{organisation_id}")


@transaction.atomic
def take_callback(*, actor: Actor, callback: Callback, now: datetime) -> Callback:
    """Say "I call now": for a quarter of an hour nobody else does. Raises NotPossibleError if somebody does already."""
    row = _open_row(actor, callback)
    if is_held(row.taken_at, now) and row.taken_by_id != actor.membership_id:
        raise NotPossibleError(_("%s ruft gerade an.") % (row.taken_by.user if row.taken_by else _("Jemand")))
    row.taken_by_id, row.taken_at = actor.membership_id, now
    row.save(update_fields=["taken_by", "taken_at"])
    record(actor, "callback:take", row)
    return row


@transaction.atomic
def release_callback(*, actor: Actor, callback: Callback) -> Callback:
    """Say that one does not call after all; what somebody else took stays theirs."""
    row = _open_row(actor, callback)
    if row.taken_by_id == actor.membership_id:
        row.taken_by_id, row.taken_at = None, None
        row.save(update_fields=["taken_by", "taken_at"])
        record(actor, "callback:release", row)
    return row


@transaction.atomic
def note_try(*, actor: Actor, callback: Callback, result: CallResult, now: datetime) -> Callback:
    """Say what came of a try. After the last one, or with a wrong number, the person counts as not reached."""
    row = _open_row(actor, callback)
    if is_held(row.taken_at, now) and row.taken_by_id != actor.membership_id:
        raise NotPossibleError(_("%s ruft gerade an.") % (row.taken_by.user if row.taken_by else _("Jemand")))
    CallAttempt(network=actor.network, callback=row, membership_id=_member(actor), result=result, at=now).save()
    row.state = state_after(result, row.attempts.count())
    row.taken_by_id, row.taken_at = None, None
    row.settled_at = now if row.state != CallbackState.OPEN else None
    row.save(update_fields=["state", "taken_by", "taken_at", "settled_at"])
    record(actor, "callback:try", row, result=result, state=row.state)
    return row


@transaction.atomic
def settle_callback(*, actor: Actor, callback: Callback, state: CallbackState, now: datetime) -> Callback:
    """Say what became of a promise without a try: it is done another way, or taken up again."""
    row = _row(actor, callback)
    if state == row.state:
        return row
    if state not in CALLBACK_MOVES[row.state]:
        raise NotPossibleError(_("Dieser Rückruf ist schon erledigt."))
    row.state, row.taken_by_id, row.taken_at = state, None, None
    row.settled_at = None if state == CallbackState.OPEN else now
    row.save(update_fields=["state", "taken_by", "taken_at", "settled_at"])
    record(actor, "callback:settle", row, state=state)
    return row


@transaction.atomic
def spare_callbacks(*, actor: Actor, booking: Booking, now: datetime) -> None:
    """End the promised calls that an agreed time makes needless; calls about anything else are kept.

    Whoever calls right now goes on, and says what came of it: that row is not waited for either.
    """
    rows = calls_settled_by(booking).filter(state=CallbackState.OPEN).order_by("pk")
    for row in rows.select_for_update(of=("self",), skip_locked=True):
        if is_held(row.taken_at, now):
            continue
        row.state, row.settled_at = CallbackState.SPARED, now
        row.save(update_fields=["state", "settled_at"])
        record(actor, "callback:spare", row)


def _member(actor: Actor) -> uuid.UUID:
    if actor.membership_id is None:
        raise NotPossibleError(_("Bitte melden Sie sich an."))
    return actor.membership_id


def _row(actor: Actor, callback: Callback) -> Callback:
    if not actor.is_staff or callback.organisation_id != actor.organisation_id:
        raise NotPossibleError(_("Diesen Rückruf gibt es nicht."))
    return Callback.objects.select_for_update(of=("self",)).select_related("taken_by__user").get(pk=callback.pk)


def _open_row(actor: Actor, callback: Callback) -> Callback:
    row = _row(actor, callback)
    if row.state != CallbackState.OPEN:
        raise NotPossibleError(_("Dieser Rückruf ist schon erledigt."))
    return row
