"""What an HSDS client may ask for: filters, cumulative (AND), and pages."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import overload

from django.db.models import Model, Prefetch, Q, QuerySet

from tragnetz.directory.hsds.documents import SITUATIONS, TOPICS, Document, Documents, taxonomies, taxonomy_id, term
from tragnetz.directory.kept import Shelf, kept_now
from tragnetz.directory.models import NEVER_SHOWN, Authority, Office, Service, ServiceAtLocation, Situation, Topic
from tragnetz.directory.search import search_ids
from tragnetz.network.models import Network, Organisation, Site
from tragnetz.network.rules import metres_between

FOUND_AT_MOST = 300  # by a text: what comes later is not what somebody looked for


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of all lists; each list reads those it knows."""

    search: str = ""
    taxonomy_term_id: uuid.UUID | None = None
    taxonomy_id: uuid.UUID | None = None
    organization_id: uuid.UUID | None = None
    modified_after: datetime | None = None
    postcode: str = ""
    proximity: float | None = None
    top_only: bool = False
    parent_id: uuid.UUID | None = None


class Found[RowT: Model]:
    """The rows that fit, by their ids in order: counted and cut into pages without reading them."""

    def __init__(self, rows: QuerySet[RowT], keys: Sequence[uuid.UUID]) -> None:
        self._rows = rows
        self._keys = keys

    def count(self) -> int:
        """Return how many there are."""
        return len(self._keys)

    def cut(self, start: int, end: int) -> list[RowT]:
        """Return some of them; one that has gone meanwhile is left out."""
        keys = self._keys[start:end]
        by_id = self._rows.in_bulk(keys)
        return [by_id[key] for key in keys if key in by_id]


class _Keys(Sequence[uuid.UUID]):
    """Ids in 16 bytes each: a list of a hundred thousand is kept for each of the last searches."""

    def __init__(self, keys: Iterable[uuid.UUID]) -> None:
        self._packed = b"".join(key.bytes for key in keys)

    def __len__(self) -> int:
        return len(self._packed) // 16

    @overload
    def __getitem__(self, place: int) -> uuid.UUID: ...
    @overload
    def __getitem__(self, place: slice) -> list[uuid.UUID]: ...
    def __getitem__(self, place: int | slice) -> uuid.UUID | list[uuid.UUID]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        return uuid.UUID(bytes=self._packed[place * 16 : place * 16 + 16])


_SERVICES: Shelf[tuple[Asked, date], Sequence[uuid.UUID]] = Shelf(8)
_PLACES: Shelf[tuple[Asked, date], Sequence[uuid.UUID]] = Shelf(8)


def find_services(network: Network, documents: Documents, asked: Asked, on: date) -> Found[Service]:
    """Return the services that fit; those of a term that has ended are not offered."""

    def keys() -> Sequence[uuid.UUID]:
        rows = _fitting(network, documents, asked, on)
        if not asked.search:
            return _Keys(rows.order_by("search_name", "pk").values_list("pk", flat=True).iterator())
        likely = search_ids(asked.search, on, limit=FOUND_AT_MOST)
        fitting = set(rows.filter(pk__in=likely).values_list("pk", flat=True))
        return [key for key in likely if key in fitting]

    return Found(service_rows(Service.objects.all()), kept_now().get(_SERVICES, (asked, on), keys))


def _fitting(network: Network, documents: Documents, asked: Asked, on: date) -> QuerySet[Service]:
    """Return the services that fit all filters but the text."""
    rows = _of_terms(network, _not_over(on), asked)
    if asked.organization_id:
        authorities = documents.authorities_of(asked.organization_id)
        rows = rows.filter(Q(organisation_id=asked.organization_id) | Q(authority_id__in=authorities))
    if asked.modified_after:
        rows = rows.filter(modified_at__gte=asked.modified_after)
    return rows


def _not_over(on: date) -> QuerySet[Service]:
    return Service.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on))


def _of_terms(network: Network, rows: QuerySet[Service], asked: Asked) -> QuerySet[Service]:
    if asked.taxonomy_term_id:
        situation = Situation.objects.filter(pk=asked.taxonomy_term_id).first()
        of_topic = Service.topics.through.objects.filter(topic_id=asked.taxonomy_term_id).values("service_id")
        rows = rows.filter(key__in=situation.services) if situation else rows.filter(pk__in=of_topic)
    if asked.taxonomy_id == taxonomy_id(network, SITUATIONS):
        named = {key for keys in Situation.objects.values_list("services", flat=True) for key in keys}
        rows = rows.filter(key__in=named)
    elif asked.taxonomy_id and asked.taxonomy_id != taxonomy_id(network, TOPICS):
        rows = rows.none()
    return rows


def service_rows(rows: QuerySet[Service]) -> QuerySet[Service]:
    """Return services with all that their documents show, in a fixed number of queries."""
    hidden = [name for name in NEVER_SHOWN if name != "keywords"]
    rows = rows.select_related("authority", "organisation").defer(*hidden)
    return rows.prefetch_related("topics", "papers", "districts", Prefetch("places", place_rows()))


def place_rows() -> QuerySet[ServiceAtLocation]:
    """Return places with all that their documents show."""
    offices = Prefetch("office", Office.objects.prefetch_related("districts"))
    return ServiceAtLocation.objects.select_related("site__network").prefetch_related(offices)


def find_places(network: Network, documents: Documents, asked: Asked, on: date) -> Found[ServiceAtLocation]:
    """Return where services that fit are given.

    `postcode`: at a site with it; with `proximity` (metres): as near to the middle of the sites with that postcode.
    """

    def keys() -> Sequence[uuid.UUID]:
        fitting = _fitting(network, documents, asked, on)
        if asked.search:
            fitting = fitting.filter(pk__in=search_ids(asked.search, on, limit=FOUND_AT_MOST))
        rows = ServiceAtLocation.objects.filter(service__in=fitting.values("pk"))
        if asked.postcode:
            rows = rows.filter(site__in=_sites_near(asked.postcode, asked.proximity))
        return _Keys(rows.order_by("pk").values_list("pk", flat=True).iterator())

    return Found(place_rows(), kept_now().get(_PLACES, (asked, on), keys))


def _sites_near(postcode: str, metres: float | None) -> list[uuid.UUID]:
    sites = list(Site.objects.values_list("pk", "postcode", "latitude", "longitude"))
    there = [(lat, lon) for _key, code, lat, lon in sites if code == postcode and lat is not None and lon is not None]
    if metres is None or not there:
        return [key for key, code, _lat, _lon in sites if code == postcode]
    middle = (sum(lat for lat, _lon in there) / len(there), sum(lon for _lat, lon in there) / len(there))
    return [
        key
        for key, _code, lat, lon in sites
        if lat is not None and lon is not None and metres_between(middle, (lat, lon)) <= metres
    ]


def find_organizations(
    network: Network, documents: Documents, asked: Asked, on: date
) -> list[Organisation | Authority]:
    """Return organisations, and authorities that no organisation of the city stands for, by name."""
    organisations: QuerySet[Organisation] = Organisation.objects.prefetch_related("sites__network")
    authorities = Authority.objects.exclude(pk__in=documents.owned_authorities())
    if asked.taxonomy_term_id or asked.taxonomy_id:
        services = _fitting(network, documents, asked, on)
        ids = set(services.exclude(organisation=None).values_list("organisation_id", flat=True).distinct())
        for authority in services.exclude(authority=None).values_list("authority_id", flat=True).distinct():
            ids.add(documents.stands_for(authority))
        organisations, authorities = organisations.filter(pk__in=ids), authorities.filter(pk__in=ids)
    rows: list[Organisation | Authority] = [*organisations, *authorities]
    words = asked.search.casefold().split()
    return sorted(
        (row for row in rows if all(word in _named(row) for word in words)), key=lambda row: (_named(row), str(row.pk))
    )


def _named(row: Organisation | Authority) -> str:
    text = row.name["de"] if isinstance(row, Authority) else f"{row.name} {row.short_name}"
    return text.casefold()


def services_by_owner(documents: Documents, owners: Iterable[uuid.UUID], on: date) -> dict[uuid.UUID, list[Service]]:
    """Return the services of organisations and authorities that are not over: in the same number of queries for all."""
    found: dict[uuid.UUID, list[Service]] = {owner: [] for owner in owners}
    authorities = [key for owner in found for key in documents.authorities_of(owner)]
    rows = _not_over(on).filter(Q(organisation_id__in=found) | Q(authority_id__in=authorities))
    for row in service_rows(rows).order_by("search_name", "pk"):
        owner = documents.owner_id(row)
        if owner in found:
            found[owner].append(row)
    return found


def find_taxonomies(network: Network, asked: Asked) -> list[Document]:
    """Return the taxonomies whose name or description has all the words."""
    words = asked.search.casefold().split()
    return [
        one
        for one in taxonomies(network)
        if all(word in f"{one['name']} {one['description']}".casefold() for word in words)
    ]


def find_terms(network: Network, asked: Asked) -> list[Document]:
    """Return the terms that fit. Ours have no parents: all are on top."""
    rows: list[Topic | Situation] = [*Topic.objects.all(), *Situation.objects.all()]
    terms = [] if asked.parent_id else [term(network, row) for row in rows]
    words = asked.search.casefold().split()
    return [
        one
        for one in terms
        if asked.taxonomy_id in {None, uuid.UUID(one["taxonomy_id"])}
        and all(word in f"{one['name']} {one['description']}".casefold() for word in words)
    ]
