"""The directory for machines: the API of HSDS 3.1 (docs.openreferral.org), public, read only.

Each list answers GET and POST (the filters in the query, or as JSON), pages, and `format=ndjson` for all at once.
"""

import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from ninja import Body, NinjaAPI, Query, Router, Schema
from ninja.errors import ValidationError
from ninja.parser import Parser
from ninja.types import DictStrAny
from pydantic import AfterValidator, Field

from tragnetz.api.shapes import FaultOut, FaultsOut
from tragnetz.core.clock import today
from tragnetz.directory.hsds import queries
from tragnetz.directory.hsds.documents import VERSION, Document, Documents, term
from tragnetz.directory.hsds.history import metadata_of, metadata_of_place
from tragnetz.directory.hsds.profile import profile
from tragnetz.directory.models import Authority, Service, ServiceAtLocation, Situation, Topic
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Organisation
from tragnetz.network.scope import scope

CHUNK = 200
MOST_PER_PAGE = 500


class _Forms(Parser):
    """Reads JSON, a form, or no body at all: filters may stand in any of them."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the fields of the body."""
        if request.content_type != "application/json":
            return dict(request.POST.items())
        return super().parse_body(request) if request.body.strip() else {}


api = NinjaAPI(
    title="Tragnetz: HSDS",
    version=VERSION,
    description="The city's help landscape in the form of the Human Services Data Specification 3.1. Free to read.",
    docs_url=None,
    urls_namespace="hsds",
    parser=_Forms(),
)


def _without_nul(text: str) -> str:
    return text.replace("\x00", " ").strip()


def _aware(moment: datetime) -> datetime:
    """Return a moment in UTC: other offsets, and years at the ends of the calendar, are beyond the database."""
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError as error:
        message = "is no moment of this calendar"
        raise ValueError(message) from error


Text = Annotated[str, Field(max_length=300), AfterValidator(_without_nul)]
Moment = Annotated[datetime, AfterValidator(_aware)]


class Paged(Schema):
    """What every list takes."""

    search: Text = ""
    page: int = Field(default=1, ge=1, le=1_000_000)
    per_page: int = Field(default=50, ge=1, le=MOST_PER_PAGE)
    format: Literal["json", "ndjson"] = "json"


class OfTaxonomy(Paged):
    """Lists that know topics."""

    taxonomy_term_id: uuid.UUID | None = None
    taxonomy_id: uuid.UUID | None = None


class AskedServices(OfTaxonomy):
    """Filters of /services."""

    organization_id: uuid.UUID | None = None
    modified_after: Moment | None = None
    minimal: bool = False
    full: bool = False


class AskedPlaces(OfTaxonomy):
    """Filters of /service_at_locations."""

    organization_id: uuid.UUID | None = None
    modified_after: Moment | None = None
    full: bool = False
    postcode: Annotated[str, Field(max_length=10), AfterValidator(_without_nul)] = ""
    proximity: float | None = Field(default=None, ge=0, le=1_000_000, allow_inf_nan=False)


class AskedOrganizations(OfTaxonomy):
    """Filters of /organizations."""

    full: bool = False
    full_service: bool = False


class AskedTerms(Paged):
    """Filters of /taxonomy_terms."""

    taxonomy_id: uuid.UUID | None = None
    top_only: bool = False
    parent_id: uuid.UUID | None = None


class Page(Schema):
    """A page of a list, as HSDS has it."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]


class Root(Schema):
    """What this API is."""

    version: str
    profile: str
    openapi_url: str


class Missing(Schema):
    """Why there is no answer."""

    detail: str


FOUND: dict[int, Any] = {200: Page, 422: FaultsOut}
ONE: dict[int, Any] = {200: dict[str, Any], 404: Missing, 422: FaultsOut}
router = Router()


def _filters(asked: Paged) -> queries.Asked:
    return queries.Asked(
        **{
            name: value
            for name, value in asked.model_dump().items()
            if name in queries.Asked.__dataclass_fields__ and value is not None
        }
    )


def _merged[AskedT: Paged](asked: AskedT, sent: AskedT | None) -> AskedT:
    """Return the filters of the query, overruled by those of the body."""
    return asked.model_copy(update=sent.model_dump(exclude_unset=True)) if sent else asked


def _answer[RowT](
    request: NetworkRequest,
    asked: Paged,
    count: int,
    cut: Callable[[int, int], Sequence[RowT]],
    shown: Callable[[RowT], Document],
) -> HttpResponseBase:
    """Return a page, or all as lines. A stream enters the network's scope anew: the request's has ended by then."""
    if asked.format == "ndjson":

        def lines() -> Iterator[str]:
            for start in range(0, count, CHUNK):
                with scope(request.network):
                    yield "".join(
                        f"{json.dumps(shown(row), ensure_ascii=False)}\n" for row in cut(start, start + CHUNK)
                    )

        return StreamingHttpResponse(lines(), content_type="application/x-ndjson")
    pages = max(1, -(-count // asked.per_page))
    start = (asked.page - 1) * asked.per_page
    contents = [shown(row) for row in cut(start, start + asked.per_page)]
    return JsonResponse(
        {
            "total_items": count,
            "total_pages": pages,
            "page_number": asked.page,
            "size": len(contents),
            "first_page": asked.page == 1,
            "last_page": asked.page >= pages,
            "empty": not contents,
            "contents": contents,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _of_list(request: NetworkRequest, asked: Paged, documents: list[Document]) -> HttpResponseBase:
    return _answer(request, asked, len(documents), lambda start, end: documents[start:end], lambda one: one)


def _one(document: Document) -> HttpResponse:
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


@api.get("/", response=Root, summary="What is this API?", url_name="root")
def root(request: NetworkRequest) -> Root:
    """Return version, profile and description of this API."""
    return Root(
        version=VERSION,
        profile=request.build_absolute_uri(reverse("hsds:profile")),
        openapi_url=request.build_absolute_uri(reverse("hsds:openapi-json")),
    )


@api.get("/profile", response=dict[str, Any], summary="What does it add to HSDS?", url_name="profile")
def show_profile(request: NetworkRequest) -> HttpResponse:
    """Return our profile: JSON merge patches on the schemas of HSDS, and the schema of prerequisites."""
    return _one(profile(request.build_absolute_uri(reverse("hsds:profile")), request.network.timezone))


def _services(request: NetworkRequest, asked: AskedServices) -> HttpResponseBase:
    documents = Documents(request.network)
    found = queries.find_services(request.network, documents, _filters(asked), today(request.network.zone))

    def shown(row: Service) -> Document:
        if asked.minimal:
            return {"id": str(row.pk), "modified_date": row.modified_at.isoformat()}
        return documents.service(row, full=asked.full)

    return _answer(request, asked, found.count(), found.cut, shown)


@router.get("/services", response=FOUND, summary="Find services", url_name="services")
def services(request: NetworkRequest, asked: Query[AskedServices]) -> HttpResponseBase:
    """Return services, the filters taken together."""
    return _services(request, asked)


@router.post("/services", response=FOUND, summary="Find services", url_name="services")
def search_services(
    request: NetworkRequest, asked: Query[AskedServices], sent: Body[AskedServices | None] = None
) -> HttpResponseBase:
    """Return services as GET does; filters may stand in the body."""
    return _services(request, _merged(asked, sent))


@router.get("/services/{uuid:key}", response=ONE, summary="One service", url_name="service")
def service(request: NetworkRequest, key: uuid.UUID) -> HttpResponse:
    """Return a service with all that belongs to it, and what changed in it."""
    row = _there(queries.service_rows(Service.objects.filter(pk=key)).first())
    return _one(Documents(request.network).service(row) | {"metadata": metadata_of(row)})


def _places(request: NetworkRequest, asked: AskedPlaces) -> HttpResponseBase:
    documents = Documents(request.network)
    found = queries.find_places(request.network, documents, _filters(asked), today(request.network.zone))

    def cut(start: int, end: int) -> list[Document]:
        return _place_documents(documents, found.cut(start, end), full=asked.full)

    return _answer(request, asked, found.count(), cut, lambda one: one)


def _place_documents(documents: Documents, places: Sequence[ServiceAtLocation], *, full: bool) -> list[Document]:
    rows = queries.service_rows(Service.objects.all()).in_bulk([place.service_id for place in places])
    return [
        documents.service_at_location(place)
        | {"service": documents.service(rows[place.service_id], full=full)}
        for place in places
    ]  # fmt: skip


@router.get("/service_at_locations", response=FOUND, summary="Find places of services", url_name="places")
def places(request: NetworkRequest, asked: Query[AskedPlaces]) -> HttpResponseBase:
    """Return where services are given."""
    return _places(request, asked)


@router.post("/service_at_locations", response=FOUND, summary="Find places of services", url_name="places")
def search_places(
    request: NetworkRequest, asked: Query[AskedPlaces], sent: Body[AskedPlaces | None] = None
) -> HttpResponseBase:
    """Return places as GET does; filters may stand in the body."""
    return _places(request, _merged(asked, sent))


@router.get("/service_at_locations/{uuid:key}", response=ONE, summary="One place of a service", url_name="place")
def place(request: NetworkRequest, key: uuid.UUID) -> HttpResponse:
    """Return where a service is given, with the service; of an office, what changed in it."""
    row = _there(queries.place_rows().filter(pk=key).first())
    return _one(
        _place_documents(Documents(request.network), [row], full=True)[0] | {"metadata": metadata_of_place(row)}
    )


def _organizations(request: NetworkRequest, asked: AskedOrganizations) -> HttpResponseBase:
    documents = Documents(request.network)
    found = queries.find_organizations(request.network, documents, _filters(asked), today(request.network.zone))

    def cut(start: int, end: int) -> list[Document]:
        rows = found[start:end]
        if asked.full or asked.full_service:
            return _whole_organizations(documents, rows, full_service=asked.full_service)
        return [documents.organization(row, full=False) for row in rows]

    return _answer(request, asked, len(found), cut, lambda one: one)


def _whole_organizations(
    documents: Documents, rows: Sequence[Organisation | Authority], *, full_service: bool
) -> list[Document]:
    on = today(documents.network.zone)
    services = queries.services_by_owner(documents, [row.pk for row in rows], on)
    return [
        documents.organization(row)
        | {
            "services": [
                documents.service(one) if full_service else {"id": str(one.pk), "name": one.name["de"]}
                for one in services[row.pk]
            ]
        }
        for row in rows
    ]


@router.get("/organizations", response=FOUND, summary="Find organisations", url_name="organizations")
def organizations(request: NetworkRequest, asked: Query[AskedOrganizations]) -> HttpResponseBase:
    """Return organisations."""
    return _organizations(request, asked)


@router.post("/organizations", response=FOUND, summary="Find organisations", url_name="organizations")
def search_organizations(
    request: NetworkRequest, asked: Query[AskedOrganizations], sent: Body[AskedOrganizations | None] = None
) -> HttpResponseBase:
    """Return organisations as GET does; filters may stand in the body."""
    return _organizations(request, _merged(asked, sent))


@router.get("/organizations/{uuid:key}", response=ONE, summary="One organisation", url_name="organization")
def organization(request: NetworkRequest, key: uuid.UUID, *, full_service: bool = False) -> HttpResponse:
    """Return an organisation with its places and services."""
    organisations = Organisation.objects.prefetch_related("sites__network")
    row = organisations.filter(pk=key).first()
    found = row if row is not None else _there(Authority.objects.filter(pk=key).first())
    return _one(_whole_organizations(Documents(request.network), [found], full_service=full_service)[0])


@router.get("/taxonomies", response=FOUND, summary="Find taxonomies", url_name="taxonomies")
def taxonomies(request: NetworkRequest, asked: Query[Paged]) -> HttpResponseBase:
    """Return taxonomies."""
    return _of_list(request, asked, queries.find_taxonomies(request.network, _filters(asked)))


@router.post("/taxonomies", response=FOUND, summary="Find taxonomies", url_name="taxonomies")
def search_taxonomies(
    request: NetworkRequest, asked: Query[Paged], sent: Body[Paged | None] = None
) -> HttpResponseBase:
    """Return taxonomies as GET does; filters may stand in the body."""
    asked = _merged(asked, sent)
    return _of_list(request, asked, queries.find_taxonomies(request.network, _filters(asked)))


@router.get("/taxonomies/{uuid:key}", response=ONE, summary="One taxonomy", url_name="taxonomy")
def taxonomy(request: NetworkRequest, key: uuid.UUID) -> HttpResponse:
    """Return a taxonomy."""
    found = [one for one in queries.find_taxonomies(request.network, queries.Asked()) if one["id"] == str(key)]
    return _one(_there(found[0] if found else None))


@router.get("/taxonomy_terms", response=FOUND, summary="Find terms", url_name="terms")
def terms(request: NetworkRequest, asked: Query[AskedTerms]) -> HttpResponseBase:
    """Return the terms of taxonomies."""
    return _of_list(request, asked, queries.find_terms(request.network, _filters(asked)))


@router.post("/taxonomy_terms", response=FOUND, summary="Find terms", url_name="terms")
def search_terms(
    request: NetworkRequest, asked: Query[AskedTerms], sent: Body[AskedTerms | None] = None
) -> HttpResponseBase:
    """Return terms as GET does; filters may stand in the body."""
    asked = _merged(asked, sent)
    return _of_list(request, asked, queries.find_terms(request.network, _filters(asked)))


@router.get("/taxonomy_terms/{uuid:key}", response=ONE, summary="One term", url_name="term")
def one_term(request: NetworkRequest, key: uuid.UUID) -> HttpResponse:
    """Return a term."""
    row = Topic.objects.filter(pk=key).first()
    found = row if row is not None else _there(Situation.objects.filter(pk=key).first())
    return _one(term(request.network, found))


def _there[RowT](row: RowT | None) -> RowT:
    if row is None:
        raise Http404
    return row


api.add_router("", router)


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what is wrong, field by field."""
    faults = [FaultOut(field=".".join(map(str, one["loc"])), reason=str(one["msg"])) for one in error.errors]
    return api.create_response(request, FaultsOut(errors=faults), status=422)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 -- ninja's interface
    """Answer that there is no such thing."""
    return api.create_response(request, Missing(detail="There is nothing with this id."), status=404)
