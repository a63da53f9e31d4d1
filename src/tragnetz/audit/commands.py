"""Write events, chain them, verify the chain."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection, models, transaction

from tragnetz.audit.models import Event
from tragnetz.audit.rules import START, link
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network

BATCH = 2000
_HASHED = ("id", "at", "actor_kind", "user_id", "organisation_id", "verb", "object_type", "object_id", "details")


class Broken(NamedTuple):
    """Where a chain does not hold."""

    position: int
    reason: str


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
        last = Event.objects.exclude(position=None).order_by("-position").values("position", "chain").first()
        position, previous = (int(last["position"] or 0), last["chain"]) if last else (0, START)
        waiting = Event.objects.filter(position=None).order_by("id")
        for event in list(waiting):
            position += 1
            previous = link(previous, _body(event))
            event.position, event.chain = position, previous
            event.save(update_fields=["position", "chain"])
            chained += 1
    return chained


def verify_chain(network: Network) -> Iterator[Broken]:  # noqa: ARG001 -- the scope is the network's; named for the reader
    """Yield every place where the chain is broken: an event changed, removed, added or moved."""
    previous, expected = START, 1
    rows = Event.objects.exclude(position=None).order_by("position")
    for event in rows.iterator(BATCH):
        position = event.position or 0
        if position != expected:
            yield Broken(expected, "missing")
        if link(previous, _body(event)) != event.chain:
            yield Broken(position, "changed")
        previous, expected = event.chain, position + 1


def _body(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in _HASHED}
