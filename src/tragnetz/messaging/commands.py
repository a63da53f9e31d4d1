"""Queue, take back, deliver, forget. What people do by hand with a message is in settling.py."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from tragnetz.messaging.backends import Backend, backend_for
from tragnetz.messaging.enums import BY_ITSELF, Channel, Reason, State, Template
from tragnetz.messaging.errors import NotSentError, RefusedError, UncertainError
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import (
    JUST_TOLD,
    KEPT,
    MAX_ATTEMPTS,
    STALE,
    TAKEN_BACK,
    Recipient,
    ends_at,
    next_attempt,
    render,
    way_to,
)
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network

AT_ONCE = 500  # messages in one turn of the worker


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
            "expires_at": expires_at or ends_at(params),
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
    ways: Collection[str] = tuple(Channel),
) -> Message | None:
    """Queue a message by the quickest of the `ways` that the person allows; nothing if they allow none of them.

    Whom nobody may reach at all, staff find among the problems; but not for what the person was told a moment ago, for
    which nobody calls either.
    """
    told = template in JUST_TOLD or (template == Template.MOVED and actor.kind == "resident")
    sensible = [way for way in ways if way != Channel.CALL or not told]
    ends = expires_at or ends_at(params)
    way = way_to(recipient, sensible, due_at=due_at, expires_at=ends)
    if way is None and (told or way_to(recipient) is not None):
        return None
    message = queue(
        actor=actor, key=key, channel=way.channel if way else "", address=way.address if way else "",
        template=template, params=params | {"person": str(recipient.person_id or ""), "ways": sensible}, code=code,
        language=recipient.language, due_at=due_at, expires_at=ends, name=recipient.name,
        organisation_id=recipient.organisation_id,
    )  # fmt: skip
    if way is None and message.state == State.QUEUED and not message.channel:
        message.state, message.error = State.FAILED, Reason.NO_WAY
        message.save(update_fields=["state", "error"])
    return message if message.channel else None


def cancel(*, actor: Actor, key_prefix: str) -> int:
    """Take back what waits under a key; returns how many. What is being sent at this moment cannot be stopped.

    But it is not sent again: its end is set to long ago.
    """
    rows = Message.objects.filter(network=actor.network, key__startswith=key_prefix)
    waiting = Q(state=State.QUEUED) | Q(state=State.FAILED, error=Reason.NO_WAY)
    back = rows.filter(waiting).update(state=State.CANCELLED)
    rows.filter(state__in=[State.SENDING, State.UNCERTAIN, State.FAILED]).update(expires_at=TAKEN_BACK)
    return back


@transaction.atomic
def reroute(*, recipient: Recipient) -> int:
    """Send what waits for a person by the way that they allow now; returns how many messages changed.

    What no way is left for is not sent: staff find it among the problems.
    """
    found = Message.objects.select_for_update().filter(params__person=str(recipient.person_id))
    waiting = Q(state=State.QUEUED) | Q(state=State.FAILED, error=Reason.NO_WAY)
    changed = 0
    for message in found.filter(waiting):
        way = way_to(
            recipient, message.params.get("ways", tuple(Channel)), due_at=message.due_at, expires_at=message.expires_at
        )
        before = (message.channel, message.address)
        message.channel, message.address = way or ("", "")
        unreachable = message.template not in JUST_TOLD and way_to(recipient) is None
        left = (State.FAILED, Reason.NO_WAY) if unreachable else (State.CANCELLED, "")
        message.state, message.error = (State.QUEUED, "") if way else left
        message.name, message.language = recipient.name, recipient.language
        message.claimed_at, message.settled_by = None, None
        message.save()
        changed += before != (message.channel, message.address)
    return changed


def deliver_due(
    *, network: Network, now: datetime, at_least: datetime | None = None, limit: int = AT_ONCE
) -> int:  # fmt: skip
    """Send what is due, each message by one process only; returns how many went out.

    `at_least` is the time by a clock that cannot be set back: whatever the clock says, nothing goes out after its end.
    A way out that is not there rests until the next turn.
    """
    latest = max(now, at_least or now)
    _end(latest)
    _find_fallen(now)
    sent, resting = 0, set[str]()
    for _ in range(limit):
        message = _claim(now, latest, resting)
        if message is None:
            break
        state = _send(message, network, now)
        sent += state == State.SENT
        if state == State.QUEUED:
            resting.add(message.channel)
    return sent


def _end(latest: datetime) -> None:
    """Let staff see what came too late instead of sending it; what was taken back while under way ends quietly."""
    over = Message.objects.filter(state=State.QUEUED, expires_at__lte=latest)
    over.filter(expires_at=TAKEN_BACK).update(state=State.CANCELLED)
    over.update(state=State.FAILED, error=Reason.TOO_LATE, settled_by=None)


def _find_fallen(now: datetime) -> None:
    """Mark what a sender that fell over had begun: uncertain, or waiting again where a second time does no harm."""
    fallen = Message.objects.filter(state=State.SENDING, claimed_at__lt=now - STALE)
    for channel in fallen.values_list("channel", flat=True).distinct().order_by():
        state, error = (State.QUEUED, "") if _repeats_safely(channel) else (State.UNCERTAIN, Reason.BROKE)
        fallen.filter(channel=channel).update(state=state, error=error)


def _repeats_safely(channel: str) -> bool:
    try:
        return _backend(channel).repeats_safely
    except NotSentError:
        return False


@transaction.atomic
def _claim(now: datetime, latest: datetime, resting: Collection[str]) -> Message | None:
    """Mark one due message as being sent and commit that before sending: a crash then shows as uncertain."""
    channels = [channel for channel in BY_ITSELF if channel not in resting]
    due = Message.objects.filter(state=State.QUEUED, due_at__lte=now, channel__in=channels)
    in_time = due.filter(Q(expires_at=None) | Q(expires_at__gt=latest))
    message = in_time.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.state, message.claimed_at, message.attempts = State.SENDING, now, message.attempts + 1
    message.save(update_fields=["state", "claimed_at", "attempts"])
    return message


def _backend(channel: str) -> Backend:
    """Return the way out. Raises NotSentError if the settings are wrong: then surely nothing goes out."""
    try:
        return backend_for(channel)
    except (KeyError, ValueError) as error:
        raise NotSentError(type(error).__name__) from error


def _send(message: Message, network: Network, now: datetime) -> State:
    """Hand one claimed message over and keep what became of it."""
    at: dict[str, Any] = {}
    try:
        backend = _backend(message.channel)
        rendered = render(
            message.template, params=message.params, zone=network.zone, code=message.code,
            language=message.language, channel=message.channel,
        )  # fmt: skip
        backend.send(message, rendered)
    except NotSentError as error:
        gives_up = message.attempts >= MAX_ATTEMPTS
        state, reason = (State.FAILED, _reason(Reason.GAVE_UP, error)) if gives_up else (State.QUEUED, str(error))
        at = {"due_at": next_attempt(message.attempts, now, error.after)}
    except RefusedError as error:
        state, reason = State.FAILED, _reason(Reason.REFUSED, error)
    except UncertainError as error:
        state, reason = State.UNCERTAIN, _reason(Reason.UNANSWERED, error)
    except Exception as error:  # noqa: BLE001 -- whatever broke: whether it went out is not known
        state, reason = State.UNCERTAIN, f"{Reason.BROKE}:{type(error).__name__}"
    else:
        state, reason, at = State.SENT, "", {"sent_at": now}
    # Only what this try began: somebody may have taken it for fallen meanwhile, and begun another.
    mine = Message.objects.filter(pk=message.pk, attempts=message.attempts)
    mine.update(state=state, error=reason[:200], **at)
    return state


def _reason(reason: Reason, error: Exception) -> str:
    return f"{reason}:{error}" if str(error) else str(reason)


def forget_old(*, now: datetime) -> int:
    """Empty address, name and code of what is past for 30 days; times, template and outcome stay for figures."""
    past = [State.SENT, State.FAILED, State.UNCERTAIN, State.CANCELLED]
    old = Message.objects.filter(state__in=past, due_at__lt=now - KEPT).exclude(params={})
    return old.update(address="", name="", code="", params={})
