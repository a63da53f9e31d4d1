"""Where services are given: at the sites they name, or, of an authority's, at its offices."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from tragnetz.core.clock import now
from tragnetz.directory.models import Authority, Office, Service, ServiceAtLocation


def with_places() -> Prefetch[str, QuerySet[ServiceAtLocation], str]:
    """Return what reads services' places together with their sites, in one query."""
    return Prefetch("places", ServiceAtLocation.objects.select_related("site__network"))


def put_places(row: Service, wanted: Iterable[Mapping[str, Any]]) -> bool:
    """Write where a service is given, in this order; returns whether anything changed.

    A place keeps its id as long as the site does; `id` names that of a new one.
    """
    old = {(place.site_id, place.position): place for place in row.places.all()}
    changed = False
    for position, given in enumerate(wanted):
        values = {name: value for name, value in given.items() if name != "id"} | {"position": position}
        key = given.get("id") or uuid.uuid5(row.pk, f"{values['site_id']}:{position}")
        place = old.pop((values["site_id"], position), None)
        if place is not None and all(getattr(place, name) == value for name, value in values.items()):
            continue
        changed = True
        place = place or ServiceAtLocation(id=key, network_id=row.network_id, service=row)
        for name, value in values.items():
            setattr(place, name, value)
        place.save()
    gone = [place.pk for place in old.values()]
    ServiceAtLocation.objects.filter(pk__in=gone).delete()
    return changed or bool(gone)


def at_offices(authority: Authority) -> list[dict[str, Any]]:
    """Return the places of the services of an authority: its offices whose site is known."""
    return [
        {
            "site_id": office.site_id,
            "office_id": office.pk,
            "hours": office.hours,
            "phones": [{"number": office.phone}] if office.phone else [],
        }
        for office in Office.objects.filter(authority=authority).exclude(site=None)
    ]


def follow_offices(services: QuerySet[Service]) -> None:
    """Bring the places of authorities' services up to what their offices say now; what changed is newer for readers."""
    for row in services.exclude(authority=None).select_related("authority"):
        if row.authority is not None and put_places(row, at_offices(row.authority)):
            Service.objects.filter(pk=row.pk).update(modified_at=now())
