"""Read the outbox: what waits, what is to be done by hand, what went wrong, what is gone."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tragnetz.messaging.access import visible_messages
from tragnetz.messaging.enums import BY_ITSELF, Channel, Reason, State, Template
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import KEPT
from tragnetz.network.actors import Actor
from tragnetz.network.models import Hotline
from tragnetz.network.queries import hotline_status

SHOWN_SENT = timedelta(days=7)
GONE_WRONG = (State.FAILED, State.UNCERTAIN)


def waiting(actor: Actor) -> QuerySet[Message]:
    """Return what will leave by itself."""
    return visible_messages(actor).filter(state__in=[State.QUEUED, State.SENDING], channel__in=BY_ITSELF)


def letters(actor: Actor, now: datetime) -> QuerySet[Message]:
    """Return the letters to print and post now."""
    return visible_messages(actor).filter(_in_time(now), channel=Channel.LETTER, due_at__lte=now)


def calls(actor: Actor, now: datetime) -> QuerySet[Message]:
    """Return the calls to make now: also those that fall due before the lines open again."""
    return visible_messages(actor).filter(_in_time(now), channel=Channel.CALL, due_at__lte=next_opening(actor, now))


def problems(actor: Actor, now: datetime) -> QuerySet[Message]:
    """Return what did not arrive, or perhaps not, and nobody has looked after yet."""
    rows = visible_messages(actor).filter(state__in=GONE_WRONG, settled_by=None, due_at__gt=now - KEPT)
    return rows.order_by("-due_at")


def sent(actor: Actor, now: datetime) -> QuerySet[Message]:
    """Return what went out in the last days, the newest first."""
    rows = visible_messages(actor).filter(state=State.SENT, sent_at__gt=now - SHOWN_SENT)
    return rows.order_by("-sent_at")


def _in_time(now: datetime) -> Q:
    return Q(state=State.QUEUED) & (Q(expires_at=None) | Q(expires_at__gt=now))


def next_opening(actor: Actor, now: datetime) -> datetime:
    """Return when the first of the lines opens again after today; without lines: the end of today."""
    midnight = now.astimezone(actor.network.zone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    opening = [at for line in Hotline.objects.all() if (at := hotline_status(actor.network, line, midnight).opens_at)]
    return min(opening, default=midnight)


class Delivery(NamedTuple):
    """What became of a message, in words; `wrong` if somebody should look after it."""

    template: str
    channel: str
    state: str
    at: datetime
    wrong: bool


def messages_of(key_prefix: str) -> list[Delivery]:
    """Return what became of all messages about one thing: `booking:<id>:`, for example."""
    rows = Message.objects.filter(key__startswith=key_prefix).exclude(state=State.CANCELLED)
    return [delivery(row) for row in rows]


def delivery(row: Message) -> Delivery:
    """Return what became of a message."""
    state = State(row.state)
    text = _("ist zu tun") if state == State.QUEUED and row.channel not in BY_ITSELF else str(state.label)
    return Delivery(
        template=template_name(row),
        channel=str(Channel(row.channel).label) if row.channel else "",
        state=reason(row) if state in GONE_WRONG and row.error else text,
        at=row.sent_at or row.due_at,
        wrong=state in GONE_WRONG,
    )


def template_name(row: Message) -> str:
    """Return what a message tells, in words for staff."""
    return str(Template(row.template).label) if row.template in Template.values else row.template


def reason(row: Message) -> str:
    """Return why a message did not arrive, or why nobody knows."""
    code = row.error.split(":", maxsplit=1)[0]
    return str(Reason(code).label) if code in Reason.values else str(State(row.state).label)
