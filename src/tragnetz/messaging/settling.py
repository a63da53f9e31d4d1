"""What people do by hand: letters, calls, and a look after what did not arrive."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.messaging.access import visible_messages
from tragnetz.messaging.enums import CallOutcome, Channel, Reason, State
from tragnetz.messaging.errors import MessageError
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import CALL_AGAIN, CLAIM_LASTS, MAX_CALLS
from tragnetz.network.actors import Actor


def _locked(actor: Actor, message_id: uuid.UUID, *states: State) -> Message:
    """Return a message of one's own organisation, nobody else's for the moment. Raises MessageError."""
    message = visible_messages(actor).select_for_update(of=("self",)).filter(pk=message_id).first()
    if message is None or message.state not in states:
        raise MessageError(_("Diese Nachricht ist schon erledigt oder zurückgezogen."))
    return message


@transaction.atomic
def take_letters(*, actor: Actor, ids: Collection[uuid.UUID], now: datetime) -> list[Message]:
    """Return letters to print, and note who prints them, so that nobody prints them a second time unknowingly."""
    waiting = visible_messages(actor).filter(pk__in=ids, channel=Channel.LETTER, state=State.QUEUED, due_at__lte=now)
    letters = list(waiting.select_for_update(of=("self",)))
    for letter in letters:
        letter.claimed_at, letter.settled_by_id = now, actor.membership_id
        letter.save(update_fields=["claimed_at", "settled_by"])
        record(actor, "message:print", letter)
    return letters


@transaction.atomic
def mark_posted(*, actor: Actor, ids: Collection[uuid.UUID], now: datetime) -> int:
    """Say that letters are in the post; returns how many. One that was taken back meanwhile is left out."""
    waiting = visible_messages(actor).filter(pk__in=ids, channel=Channel.LETTER, state=State.QUEUED)
    letters = list(waiting.select_for_update(of=("self",)))
    for letter in letters:
        _finish(actor, letter, State.SENT, now)
        record(actor, "message:posted", letter)
    return len(letters)


@transaction.atomic
def claim_call(*, actor: Actor, message_id: uuid.UUID, now: datetime) -> Message:
    """Say "I call": for a quarter of an hour nobody else does. Raises MessageError."""
    message = _locked(actor, message_id, State.QUEUED)
    if message.claimed_at and message.claimed_at > now - CLAIM_LASTS and message.settled_by_id != actor.membership_id:
        raise MessageError(_("Hier ruft schon jemand anderes an."))
    message.claimed_at, message.settled_by_id = now, actor.membership_id
    message.save(update_fields=["claimed_at", "settled_by"])
    record(actor, "message:claim", message)
    return message


@transaction.atomic
def finish_call(*, actor: Actor, message_id: uuid.UUID, outcome: CallOutcome, now: datetime) -> Message:
    """Say what came of a call; whoever is not reached is called again, three times in all. Raises MessageError."""
    message = _locked(actor, message_id, State.QUEUED)
    message.attempts += 1
    if outcome in {CallOutcome.REACHED, CallOutcome.VOICEMAIL}:
        _finish(actor, message, State.SENT, now)
    elif outcome == CallOutcome.WRONG_NUMBER or message.attempts >= MAX_CALLS:
        message.state, message.settled_by_id = State.FAILED, None
        message.error = Reason.WRONG_NUMBER if outcome == CallOutcome.WRONG_NUMBER else Reason.NO_ANSWER
        message.save()
    else:
        message.claimed_at, message.settled_by_id, message.due_at = None, None, now + CALL_AGAIN
        message.save()
    record(actor, "message:call", message, outcome=outcome, tries=message.attempts)
    return message


@transaction.atomic
def arrived(*, actor: Actor, message_id: uuid.UUID, now: datetime) -> Message:
    """Say that a message of which nobody was sure did arrive. Raises MessageError."""
    message = _locked(actor, message_id, State.UNCERTAIN)
    _finish(actor, message, State.SENT, now)
    record(actor, "message:arrived", message)
    return message


@transaction.atomic
def send_again(*, actor: Actor, message_id: uuid.UUID, now: datetime) -> Message:
    """Let a message go out once more. Raises MessageError, also when it makes no sense any more."""
    message = _locked(actor, message_id, State.UNCERTAIN, State.FAILED)
    if not message.channel or (message.expires_at and message.expires_at <= now):
        raise MessageError(
            _("Diese Nachricht kann nicht mehr hinaus. Bitte rufen Sie die Person an, wenn sie das erlaubt.")
        )
    message.state, message.error, message.attempts, message.due_at = State.QUEUED, "", 0, now
    message.claimed_at, message.settled_by_id = None, None
    message.save()
    record(actor, "message:again", message)
    return message


@transaction.atomic
def put_aside(*, actor: Actor, message_id: uuid.UUID) -> Message:
    """Say that a problem has been dealt with; what became of the message stays as it is. Raises MessageError."""
    message = _locked(actor, message_id, State.UNCERTAIN, State.FAILED)
    message.settled_by_id = actor.membership_id
    message.save(update_fields=["settled_by"])
    record(actor, "message:aside", message)
    return message


@transaction.atomic
def take_back(*, actor: Actor, message_id: uuid.UUID) -> Message:
    """Keep one message from going out. Raises MessageError."""
    message = _locked(actor, message_id, State.QUEUED)
    message.state, message.settled_by_id = State.CANCELLED, actor.membership_id
    message.save(update_fields=["state", "settled_by"])
    record(actor, "message:back", message)
    return message


def _finish(actor: Actor, message: Message, state: State, now: datetime) -> None:
    message.state, message.sent_at, message.settled_by_id, message.error = state, now, actor.membership_id, ""
    message.save()
