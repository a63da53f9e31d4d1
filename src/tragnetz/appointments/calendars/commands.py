"""Make, renew and end the secret address of a counsellor's calendar."""

import secrets
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.appointments.calendars.access import can_have_feed
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import CalendarFeed
from tragnetz.audit.commands import record
from tragnetz.core.links import secret_hash
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor

SECRET_BYTES = 32
NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_feed(*, actor: Actor, now: datetime) -> tuple[CalendarFeed, str]:
    """Return a new feed with its secret, which is shown once; one from before ends. Raises NotPossibleError."""
    member = _member(actor)
    wait_for(f"feed:{member}")
    ended = end_feeds(member, now)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed(network=actor.network, membership_id=member, secret_hash=secret_hash(secret), created_at=now)
    feed.save()
    record(actor, "feed:make", feed, renewed=bool(ended))
    return feed, secret


@transaction.atomic
def end_feed(*, actor: Actor, now: datetime) -> None:
    """End one's feed at once; without one nothing changes. Raises NotPossibleError."""
    member = _member(actor)
    feed = CalendarFeed.objects.filter(membership=member, ended_at=None).first()
    if end_feeds(member, now):
        record(actor, "feed:end", feed)


def note_reading(feed: CalendarFeed, now: datetime) -> None:
    """Note that a program has read a feed, once an hour: its owner sees whether it is in use."""
    due = Q(read_at=None) | Q(read_at__lt=now - NOTED_EVERY)
    CalendarFeed.objects.filter(due, pk=feed.pk).update(read_at=now)


def end_feeds(member: uuid.UUID, now: datetime) -> int:
    """End the feed of somebody, in the caller's transaction: they left, or made a new one. Returns how many ended."""
    return CalendarFeed.objects.filter(membership=member, ended_at=None).update(ended_at=now)


def _member(actor: Actor) -> uuid.UUID:
    if actor.membership_id is None or not can_have_feed(actor):
        raise NotPossibleError(_("Einen Kalender zum Abonnieren haben nur Beraterinnen und Berater."))
    return actor.membership_id
