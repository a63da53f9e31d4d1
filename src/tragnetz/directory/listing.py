"""What a search shows: the services found, at which place, how far, open or not; in a fixed number of queries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch

from tragnetz.directory.kept import Kept, Shelf
from tragnetz.directory.models import Office, Service, ServiceAtLocation, ServiceStatus
from tragnetz.directory.nearness import Nearness, far_away, nearness
from tragnetz.directory.search import Hit, Offer, find
from tragnetz.network.models import Locality, Network, Site
from tragnetz.network.queries import status_of, times_of
from tragnetz.network.rules import DAYS, LineStatus, parse_hours

SHOWN = 20
LOOKED_AT = 100  # so many of the best are asked for hours and distance: what fits worse is no answer any more
NOW = "now"
_SHOWN = (
    "network", "key", "kind", "status", "name", "summary", "authority", "hours", "checked", "search_name", "sensitive",
)  # fmt: skip
_SERVICES: Shelf[uuid.UUID, Service] = Shelf(1_000)
_FITS_WELL, _FITS = 0.6, 0.3  # of the best score: within such a band the nearer one comes first


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. `opening`: "now", or a day as in `DAYS`; `language`: spoken there."""

    typed: str = ""
    topic: str = ""
    language: str = ""
    home: Locality | None = None
    opening: str = ""
    nearest_first: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything but the words decides what is found."""
        return bool(self.topic or self.language or self.opening or self.home)


@dataclass(frozen=True, slots=True)
class Listed:
    """A service as it is shown: with the place that suits best, and why it was found."""

    service: Service
    hit: Hit | None = None
    site: Site | None = None
    near: Nearness | None = None
    opening: LineStatus | None = None
    open_times: tuple[tuple[str, str], ...] = ()
    places: int = 0

    @property
    def looks(self) -> tuple[object, ...]:
        """All that its card shows, but why it was found: as long as it is the same, so is the card."""
        return (self.service.pk, self.site and self.site.pk, self.near, self.opening, self.open_times, self.places)

    @property
    def is_paused(self) -> bool:
        """Whether it takes a break, whatever its hours say."""
        return self.service.status == ServiceStatus.PAUSED


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer to a search. `besides` counts what was found but is not shown, `unfiltered` what was without filters.

    `is_gap`: nothing was found for the words, or only what is far from them in meaning.
    """

    rows: list[Listed]
    besides: int = 0
    unfiltered: int = 0
    is_gap: bool = False


def list_services(network: Network, wanted: Wanted, at: datetime, kept: Kept) -> Listing:
    """Return what fits, best first; with a home the nearer of about equally good ones first."""
    on = at.astimezone(network.zone).date()
    hits = _hits(wanted, on, kept)
    rows = _rows(network, wanted, hits, at, kept)
    is_gap = bool(wanted.typed) and not rows
    unfiltered = 0
    if not rows and wanted.narrows and wanted.typed:
        plain = _hits(replace(wanted, topic="", language="", home=None, opening=""), on, kept)
        unfiltered, is_gap = min(len(plain), SHOWN), not _answers(plain)
    elif rows and wanted.typed:
        is_gap = not _answers(hits)
    return Listing(rows[:SHOWN], max(0, len(rows) - SHOWN), unfiltered, is_gap)


def _answers(hits: Sequence[Hit]) -> bool:
    return any(not hit.is_far for hit in hits)


def _hits(wanted: Wanted, on: date, kept: Kept) -> list[Hit]:
    offer = Offer(on, wanted.topic, wanted.language, wanted.home)
    deep = LOOKED_AT if wanted.opening or wanted.home else SHOWN
    if wanted.typed:
        return find(wanted.typed, offer, kept, limit=deep)
    if not wanted.narrows:
        return []
    by_name = offer.services().order_by("search_name")
    return [Hit(key, 1.0) for key in by_name.values_list("pk", flat=True)[:LOOKED_AT]]


def _rows(network: Network, wanted: Wanted, hits: list[Hit], at: datetime, kept: Kept) -> list[Listed]:
    known = kept.many(_SERVICES, [hit.id for hit in hits], _read)
    listed = [_listed(network, wanted, hit, known[hit.id], at) for hit in hits if hit.id in known]
    if wanted.opening == NOW:
        listed = [row for row in listed if row.opening is not None and row.opening.is_open and not row.is_paused]
    elif wanted.opening:
        listed = [row for row in listed if row.open_times and not row.is_paused]
    if wanted.home:
        best = max((hit.score for hit in hits), default=1.0)
        listed.sort(key=lambda row: _order(row, best, nearest_first=wanted.nearest_first))
    return listed


def _read(keys: list[uuid.UUID]) -> dict[uuid.UUID, Service]:
    offices = Prefetch("office", Office.objects.prefetch_related("districts"))
    places = ServiceAtLocation.objects.select_related("site__locality__district").prefetch_related(offices)
    return Service.objects.only(*_SHOWN).prefetch_related(Prefetch("places", places)).in_bulk(keys)


def _order(row: Listed, best: float, *, nearest_first: bool) -> tuple[float, float, float]:
    score = row.hit.score if row.hit else 0.0
    share = score / best if best else 0.0
    band = 0 if share >= _FITS_WELL else (1 if share >= _FITS else 2)
    far = far_away(row.near)
    return (far, band, -score) if nearest_first else (band, far, -score)


def _listed(network: Network, wanted: Wanted, hit: Hit, row: Service, at: datetime) -> Listed:
    """Return a service at the place that suits best: open as wanted, then near."""
    day = _day(wanted.opening, at.astimezone(network.zone).date())
    here = [_at(network, wanted, row, hit, place, at, day) for place in _possible(row, wanted.home)]
    best = min(here or [_at(network, wanted, row, hit, None, at, day)], key=lambda one: _suits(one, wanted))
    return replace(best, places=len(here))


def _suits(one: Listed, wanted: Wanted) -> tuple[bool, float]:
    is_open = one.opening is not None and one.opening.is_open if wanted.opening == NOW else bool(one.open_times)
    return (bool(wanted.opening) and not is_open, far_away(one.near))


def _possible(row: Service, home: Locality | None) -> list[ServiceAtLocation]:
    """Return the places of a service; of an authority's those alone that are responsible for where somebody lives."""
    places = list(row.places.all())
    if home is None or row.authority_id is None:
        return places
    return [place for place in places if _serves(place.office, home)]


def _serves(office: Office | None, home: Locality) -> bool:
    districts = {district.pk for district in office.districts.all()} if office else set()
    return not districts or home.district_id in districts


def _at(
    network: Network,
    wanted: Wanted,
    row: Service,
    hit: Hit,
    place: ServiceAtLocation | None,
    at: datetime,
    day: date | None,
) -> Listed:
    rows: list[dict[str, Any]] = (place.hours if place else []) or row.hours
    hours = parse_hours(rows)
    times = times_of(network, hours, day) if day else []
    return Listed(
        service=row,
        hit=hit if wanted.typed else None,
        site=place.site if place else None,
        near=nearness(wanted.home, place.site) if place and wanted.home else None,
        opening=status_of(network, hours, at) if hours else None,
        open_times=tuple((f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in times),
    )


def _day(opening: str, today: date) -> date | None:
    """Return the next such day of the week, today included."""
    if opening not in DAYS:
        return None
    return today + timedelta(days=(DAYS.index(opening) - today.weekday()) % 7)
