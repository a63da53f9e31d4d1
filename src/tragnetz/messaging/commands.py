"""Queue, take back, deliver."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from tragnetz.messaging.backends import NotSentError, backend_for
from tragnetz.messaging.enums import Channel, State
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import MAX_ATTEMPTS, STALE, Recipient, next_attempt, render, way_to
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network


def queue(
    *,
    actor: Actor,
    key: str,
    channel: str,
    address: str,
    template: str,
    params: dict[str, Any],
    code: str,
    language: str,
    due_at: datetime,
    expires_at: datetime | None = None,
    name: str = "",
    organisation_id: uuid.UUID | None = None,
) -> Message:
    """Put a message into the outbox; the same key is one message. It leaves only if the transaction commits."""
    message, _made = Message.objects.get_or_create(
        network=actor.network,
        key=key,
        defaults={
            "channel": channel,
            "address": address,
            "template": template,
            "params": params,
            "code": code,
            "language": language,
            "due_at": due_at,
            "expires_at": expires_at,
            "name": name,
            "organisation_id": organisation_id,
        },
    )
    return message


def notify(
    *,
    actor: Actor,
    recipient: Recipient,
    key: str,
    template: str,
    params: dict[str, Any],
    code: str,
    due_at: datetime,
    expires_at: datetime | None = None,
    ways: Collection[Channel] = tuple(Channel),
) -> Message | None:
    """Queue a message by the quickest of the `ways` that the person allows; nothing if they allow none."""
    way = way_to(recipient, ways)
    if way is None:
        return None
    return queue(
        actor=actor, key=key, channel=way.channel, address=way.address, template=template, params=params, code=code,
        language=recipient.language, due_at=due_at, expires_at=expires_at, name=recipient.name,
        organisation_id=recipient.organisation_id,
    )  # fmt: skip


def cancel(*, actor: Actor, key_prefix: str) -> int:
    """Take back what waits under a key; returns how many. What is being sent at this moment cannot be stopped."""
    waiting = Message.objects.filter(network=actor.network, key__startswith=key_prefix, state=State.QUEUED)
    return waiting.update(state=State.CANCELLED)


def deliver_due(*, network: Network, now: datetime, limit: int = 100) -> int:
    """Send what is due, each message by one process only; returns how many went out."""
    Message.objects.filter(state=State.SENDING, claimed_at__lt=now - STALE).update(state=State.UNCERTAIN)
    sent = 0
    for _ in range(limit):
        message = _claim(now)
        if message is None:
            break
        sent += _send(message, network, now)
    return sent


@transaction.atomic
def _claim(now: datetime) -> Message | None:
    """Mark one due message as being sent and commit that before sending: a crash then shows as uncertain."""
    due = Message.objects.filter(state=State.QUEUED, due_at__lte=now)
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.state, message.claimed_at, message.attempts = State.SENDING, now, message.attempts + 1
    message.save(update_fields=["state", "claimed_at", "attempts"])
    return message


def _send(message: Message, network: Network, now: datetime) -> bool:
    rendered = render(
        message.template,
        params=message.params,
        zone=network.zone,
        code=message.code,
        language=message.language,
    )
    try:
        backend_for(message.channel).send(message, rendered)
    except NotSentError as error:
        message.error = str(error)[:200]
        message.state = State.FAILED if message.attempts >= MAX_ATTEMPTS else State.QUEUED
        message.due_at = next_attempt(message.attempts, now)
    except Exception as error:  # noqa: BLE001 -- whatever broke: whether it went out is not known
        message.error = type(error).__name__
        message.state = State.UNCERTAIN
    else:
        message.state, message.sent_at, message.error = State.SENT, now, ""
    message.save(update_fields=["state", "sent_at", "due_at", "error"])
    return message.state == State.SENT
