"""Who sees exact figures and pseudonymous rows: the management of a project whose organisation takes part in it."""

from django.db.models import QuerySet

from tragnetz.network.actors import Actor
from tragnetz.network.models import Programme
from tragnetz.network.policy import Deed, may
from tragnetz.reporting.access import named, visible_programmes
from tragnetz.reporting.snapshots.models import Snapshot


def can_keep_snapshots(actor: Actor) -> bool:
    """Whether exact figures are somebody's task at all."""
    return may(actor, Deed.SNAPSHOT_KEEP)


def countable_programmes(actor: Actor) -> QuerySet[Programme]:
    """Return the projects of which somebody sees exact figures."""
    if not can_keep_snapshots(actor):
        return Programme.objects.none()
    return visible_programmes(actor).exclude(line="")


def visible_snapshots(actor: Actor) -> QuerySet[Snapshot]:
    """Return the fixed figures that somebody sees, the newest first."""
    return Snapshot.objects.filter(programme__in=countable_programmes(actor)).select_related(
        "programme", "author__user", "author__organisation"
    )


def cases_behind(actor: Actor, pseudonyms: list[str]) -> dict[str, str]:
    """Return the ids of the cases behind pseudonyms, of those on which somebody works."""
    rows = named(actor).filter(pseudonym__in=pseudonyms, case__isnull=False)
    return {pseudonym: str(case) for pseudonym, case in rows.values_list("pseudonym", "case")}
