"""What help there is in an Ortsteil. Sensitive offers are left out: no map may lead to where they are."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from tragnetz.directory.models import Service, ServiceAtLocation
from tragnetz.directory.queries import services


@dataclass(frozen=True, slots=True)
class HelpThere:
    """How many places there are, and how many offers at them."""

    places: int = 0
    services: int = 0


def help_by_locality(on: date) -> dict[str, HelpThere]:
    """Return what there is in each Ortsteil that has anything; in one query."""
    shown = services(on).filter(sensitive=False).order_by()
    rows = ServiceAtLocation.objects.filter(service__in=shown.values("pk")).exclude(site__locality=None)
    counts = (
        rows.order_by()
        .values_list("site__locality__key")
        .annotate(places=Count("site", distinct=True), found=Count("service", distinct=True))
    )
    return {key: HelpThere(places, found) for key, places, found in counts}


def in_locality(rows: QuerySet[Service], key: str) -> QuerySet[Service]:
    """Keep the services with a place in an Ortsteil."""
    there = ServiceAtLocation.objects.filter(service=OuterRef("pk"), site__locality__key=key)
    return rows.filter(Exists(there), sensitive=False)
