"""When a service is open, and where: each of its places with the hours that hold there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tragnetz.directory.models import Office, Service, ServiceAtLocation, ServiceStatus
from tragnetz.directory.queries import services
from tragnetz.network.models import Network, Site
from tragnetz.network.queries import status_of, times_of
from tragnetz.network.rules import LineStatus, OpeningHours, parse_hours


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours at one place of a service, or of the service itself where it has no place (by phone). `rows` as stored."""

    service: Service
    site: Site | None
    rows: Sequence[dict[str, Any]]
    hours: tuple[OpeningHours, ...]

    def times(self, network: Network, day: date) -> list[tuple[time, time]]:
        """Return from when to when it is open on a day; never outside of the term of the service."""
        service = self.service
        if (service.valid_from and day < service.valid_from) or (service.valid_until and day > service.valid_until):
            return []
        return list(dict.fromkeys(times_of(network, self.hours, day)))

    def status(self, network: Network, at: datetime) -> LineStatus:
        """Tell whether it is open at an instant."""
        return status_of(network, self.hours, at)

    def notes(self, monday: date) -> list[dict[str, str]]:
        """Return what is to be known about the hours that hold in a week."""
        week = [monday + timedelta(days=number) for number in range(7)]
        pairs = zip(self.rows, self.hours, strict=True)
        found = [row["note"] for row, hours in pairs if row.get("note") and any(map(hours.holds_on, week))]
        return list({note["de"]: note for note in found}.values())


def openings_of(row: Service) -> list[Opening]:
    """Return the openings of a service, in the order of its places; empty when nobody told its hours."""
    if row.authority is not None:
        known: Iterable[tuple[Site | None, list[dict[str, Any]]]] = [
            (office.site, office.hours or row.hours) for office in row.authority.offices.all()
        ]
    else:
        known = [(place.site, place.hours or row.hours) for place in row.places.all()]
    known = list(known) or [(None, row.hours)]
    return [Opening(row, site, rows, tuple(parse_hours(rows))) for site, rows in known if rows]


def with_openings(rows: QuerySet[Service]) -> QuerySet[Service]:
    """Read services together with all that `openings_of` looks at, in the same few queries however many they are."""
    places = ServiceAtLocation.objects.select_related("site__network", "site__locality__district")
    offices = Office.objects.select_related("site__network", "site__locality__district")
    return rows.prefetch_related(Prefetch("places", places), Prefetch("authority__offices", offices))


def opening_services(on: date, *, topic: str = "", district: str = "", limit: int) -> list[Service]:
    """Return services with known hours that may be shown to anybody who reads along: not paused, not sensitive.

    In a district are those with a place there, and those without any place that are for it or for the whole city.
    """
    places = ServiceAtLocation.objects.filter(service=OuterRef("pk"))
    offices = Office.objects.filter(authority=OuterRef("authority"))
    rows = services(on, topic=topic).filter(status=ServiceStatus.ACTIVE, sensitive=False)
    rows = rows.filter(~Q(hours=[]) | Exists(places.exclude(hours=[])) | Exists(offices.exclude(hours=[])))
    if district:
        has_place = Exists(places)
        there = Exists(places.filter(site__locality__district__key=district))
        for_it = Q(districts=None) | Q(districts__key=district)
        rows = rows.filter(Q(there) | (Q(~has_place) & for_it)).distinct()
    return list(with_openings(rows)[:limit])


def opening_service(key: str, on: date) -> Service | None:
    """Return one service of `opening_services`."""
    rows = services(on).filter(status=ServiceStatus.ACTIVE, sensitive=False, key=key)
    return with_openings(rows).first()
