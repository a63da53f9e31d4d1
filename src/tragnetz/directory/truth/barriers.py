"""What visitors could not use on the site: told without an account, answered by an editor, in time forgotten.

BGG NRW § 10b asks for the form and for an answer within a fair time (looked up on 2026-11-29).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tragnetz.audit.commands import record as audit
from tragnetz.directory.access import must_edit
from tragnetz.directory.models import Barrier
from tragnetz.network.actors import Actor

KEPT = timedelta(days=90)  # after it was settled; then the whole row goes
MOST_OPEN = 500  # more tell nothing new, and nobody may fill the disk


@transaction.atomic
def tell_barrier(*, actor: Actor, text: str, reply_to: str, page: str, language: str, now: datetime) -> Barrier | None:
    """Take down what somebody could not use. Returns nothing when so many wait that one more says nothing."""
    if open_barriers().count() >= MOST_OPEN:
        return None
    barrier = Barrier(
        network=actor.network, text=text.strip(), reply_to=reply_to.strip(), page=page[:200], language=language, at=now
    )
    barrier.save()
    audit(actor, "barrier:tell", barrier)
    return barrier


def open_barriers() -> QuerySet[Barrier]:
    """Return what nobody has settled yet, oldest first."""
    return Barrier.objects.filter(settled_at=None)


@transaction.atomic
def barriers_to_answer(*, actor: Actor) -> list[Barrier]:
    """Return what waits for an answer, and note that somebody read it. Raises NotAllowedError."""
    must_edit(actor)
    found = list(open_barriers()[:100])
    if found:
        audit(actor, "barrier:list", count=len(found))
    return found


@transaction.atomic
def settle_barrier(*, actor: Actor, barrier: Barrier, now: datetime) -> Barrier:
    """Say that it was answered or mended. Raises NotAllowedError."""
    must_edit(actor)
    barrier.settled_at, barrier.settled_by = now, actor.name
    barrier.save(update_fields=["settled_at", "settled_by"])
    audit(actor, "barrier:settle", barrier)
    return barrier


def forget_barriers(now: datetime) -> int:
    """Delete what was settled some time ago; returns how many."""
    return Barrier.objects.filter(settled_at__lt=now - KEPT).delete()[0]
