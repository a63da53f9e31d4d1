"""What an HSDS client may ask for: filters, cumulative (AND), and pages."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, Prefetch, Q, QuerySet

from tragnetz.directory.hsds.documents import SITUATIONS, TOPICS, Document, Documents, taxonomies, taxonomy_id, term
from tragnetz.directory.models import Authority, Office, Service, ServiceAtLocation, Situation, Topic
from tragnetz.directory.queries import NEVER_SHOWN
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
    """The rows that fit, in order; counted and cut into pages without reading them all."""

    def __init__(self, rows: QuerySet[RowT], ranked: Sequence[uuid.UUID] | None = None) -> None:
        self._rows = rows
        self._ranked = ranked

    def count(self) -> int:
        """Return how many there are."""
        return len(self._ranked) if self._ranked is not None else self._rows.count()

    def cut(self, start: int, end: int) -> list[RowT]:
        """Return some of them."""
        # The ids alone come from an index: a page far behind must not sort whole rows.
        keys = list(
            self._ranked[start:end] if self._ranked is not None else self._rows.values_list("pk", flat=True)[start:end]
        )
        by_id = self._rows.in_bulk(keys)
        return [by_id[key] for key in keys if key in by_id]


def find_services(network: Network, documents: Documents, asked: Asked, on: date) -> Found[Service]:
    """Return the services that fit; those of a term that has ended are not offered."""
    rows = _fitting(network, documents, asked, on)
    found = service_rows(rows).order_by("search_name", "pk")
    if not asked.search:
        return Found(found)
    likely = search_ids(asked.search, on, limit=FOUND_AT_MOST)
    fitting = set(rows.filter(pk__in=likely).values_list("pk", flat=True))
    return Found(found, [key for key in likely if key in fitting])


def _fitting(network: Network, documents: Documents, asked: Asked, on: date) -> QuerySet[Service]:
    """Return the services that fit all filters but the text."""
    rows = _of_terms(network, Service.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on)), asked)
    if asked.organization_id:
        authorities = documents.authorities_of(asked.organization_id)
        rows = rows.filter(Q(organisation_id=asked.organization_id) | Q(authority_id__in=authorities))
    if asked.modified_after:
        rows = rows.filter(modified_at__gte=asked.modified_after)
    return rows


def _of_terms(network: Network, rows: QuerySet[Service], asked: Asked) -> QuerySet[Service]:
    if asked.taxonomy_term_id:
        situation = Situation.objects.filter(pk=asked.taxonomy_term_id).first()
        keys = situation.services if situation else []
        of_topic = Service.topics.through.objects.filter(topic_id=asked.taxonomy_term_id).values("service_id")
        rows = rows.filter(Q(pk__in=of_topic) | Q(key__in=keys))
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
    rows = place_rows().filter(service__in=_fitting(network, documents, asked, on).values("pk"))
    if asked.search:
        rows = rows.filter(service__in=search_ids(asked.search, on, limit=FOUND_AT_MOST))
    if asked.postcode:
        near = _sites_near(asked.postcode, asked.proximity)
        rows = rows.filter(site__in=near)
    return Found(rows.order_by("pk"))


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


def services_of(documents: Documents, organisation_id: uuid.UUID) -> QuerySet[Service]:
    """Return the services of an organisation or authority."""
    authorities = documents.authorities_of(organisation_id)
    rows = Service.objects.filter(Q(organisation_id=organisation_id) | Q(authority_id__in=authorities))
    return service_rows(rows).order_by("search_name", "pk")


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
