"""Write events, chain them, forget what is old enough. verify.py looks whether the chain holds."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, models, transaction

from tragnetz.audit.heads import sign_head
from tragnetz.audit.models import Event, SealedHead
from tragnetz.audit.rules import HASHED, START, link
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network

BATCH = 2000


def record(actor: Actor, verb: str, obj: models.Model | None = None, **details: str | int | bool | None) -> Event:
    """Write one event in the caller's transaction. `details` are codes and counts, never what a person said."""
    return Event.objects.create(
        network=actor.network,
        actor_kind=actor.kind,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",  # noqa: SLF001 -- Django's public way to the label
        object_id=obj.pk if obj is not None else None,
        details=details,
    )


def chain_events(network: Network) -> int:
    """Chain all committed events that are not yet; returns how many. One process at a time a network."""
    chained = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit:{network.pk}"])
        last = Event.objects.exclude(position=None).order_by("-position").values_list("position", "chain").first()
        position, previous = last or _end_of_what_is_left()
        # All in one look: a deed that commits meanwhile waits for the next turn, whatever its id.
        waiting = Event.objects.filter(position=None).order_by("id").values_list(*HASHED)
        places = []
        for values in waiting.iterator(BATCH):
            position, chained = int(position or 0) + 1, chained + 1
            previous = link(previous, dict(zip(HASHED, values, strict=True)))
            places.append((values[0], position, previous))
        for start in range(0, chained, BATCH):
            _place(places[start : start + BATCH])
    return chained


def _end_of_what_is_left() -> tuple[int, str]:
    """Return where to go on when no chained event is left: after the last signed head, else at the beginning."""
    head = SealedHead.objects.order_by("-position").values_list("position", "chain").first()
    return head or (0, START)


def _place(places: Sequence[tuple[uuid.UUID, int, str]]) -> None:
    ids, positions, chains = zip(*places, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_event AS event SET position = new.position, chain = new.chain"
            " FROM unnest(%s::uuid[], %s::bigint[], %s::text[]) AS new (id, position, chain) WHERE event.id = new.id",
            [list(ids), list(positions), list(chains)],
        )


@transaction.atomic
def forget_events(*, actor: Actor, before: datetime, now: datetime) -> int:
    """Delete the events up to the last head that was signed before a time; returns how many.

    A new head says from where on the chain begins now, so that nobody else can cut its beginning off. The database
    refuses what is younger than a year, or lies behind no head.
    """
    head = SealedHead.objects.filter(at__lt=before).order_by("-number").first()
    gone = Event.objects.filter(position__lte=head.position).delete()[0] if head else 0
    if head is None or not gone:
        return 0
    record(actor, "audit:forget", None, events=gone)
    sign_head(network=actor.network, now=now, first=head.position + 1)
    return gone
