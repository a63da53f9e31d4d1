"""Take documents of HSDS over: organisations, places, services. All or nothing; a dry run tells what would happen."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.core.clock import today
from tragnetz.directory.access import must_edit
from tragnetz.directory.commands import Known, index_words, put_service
from tragnetz.directory.history import note_changes, record_of_row
from tragnetz.directory.hsds.documents import Document, Documents
from tragnetz.directory.hsds.keeping import left_over
from tragnetz.directory.hsds.queries import place_rows, service_rows
from tragnetz.directory.hsds.reading import (
    Directions,
    Problem,
    ReadingError,
    read_phone,
    read_schedules,
    read_service,
    read_site,
    read_uuid,
)
from tragnetz.directory.keys import key_for, slug
from tragnetz.directory.models import Authority, Origin, Paper, Service, ServiceAtLocation, Topic
from tragnetz.directory.reasons import REASONS
from tragnetz.directory.records import record_of
from tragnetz.directory.truth.rows import Row
from tragnetz.directory.truth.rules import Author
from tragnetz.network.actors import Actor
from tragnetz.network.models import District, Locality, Organisation, Site
from tragnetz.network.shapes import leads_to_the_web, plain

_NOT_KEPT = ("organization", "service_at_locations", "_row", "metadata", "last_modified", "x_tragnetz")
NAMED = 40  # problems that a report lists
# Somebody else's document may have a number where a list belongs, a text without end, a sign that no database takes.
_UNFIT = (DataError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError)


@dataclass(slots=True)
class Report:
    """What an import did, or would do. `notes` tell what of the file gets lost without being wrong."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    written: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """Documents as they were read from a file; `notes` as at `Report`."""

    services: list[Document] = field(default_factory=list)
    organizations: list[Document] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def bundle_of(data: object) -> Bundle:
    """Return the services and organisations of a JSON document: a page, a list, one of them, or `services` and so on.

    Raises ReadingError when there is nothing to read.
    """
    found = Bundle()
    _collect(data, found)
    if not found.services and not found.organizations:
        raise ReadingError([Problem(_("Datei"), "", _("Es steht kein Angebot und keine Organisation darin."))])
    return found


def _collect(data: object, found: Bundle) -> None:
    if isinstance(data, list):
        for one in data:
            _collect(one, found)
    elif isinstance(data, dict) and not {"contents", "services", "organizations"}.isdisjoint(data) and "id" not in data:
        for name in ("contents", "organizations", "services"):
            _collect(data.get(name), found)
    elif isinstance(data, dict) and "service_id" in data and isinstance(data.get("service"), dict):
        _collect(data["service"], found)
    elif isinstance(data, dict) and ("status" in data or "organization_id" in data):
        found.services.append(data)
    elif isinstance(data, dict) and "name" in data:
        found.organizations.append(data)
        services = data.get("services")
        for one in services if isinstance(services, list) else []:
            if isinstance(one, dict) and "status" in one:
                found.services.append({"organization_id": data.get("id"), **one})


def import_bundle(
    *, actor: Actor, bundle: Bundle, source: str, topic: str = "", topics: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Report:  # fmt: skip
    """Write all that a bundle holds, if nothing is wrong with it; services that are not in it stay.

    `source` is shown as where the data come from; `topic` is for services whose terms we do not know, `topics`
    translates foreign terms (id, code or name) to ours.
    """
    if actor.is_staff:
        must_edit(actor)
    importer = _Importer(actor, source, topic, topics or {})
    with transaction.atomic():
        importer.run(bundle)
        report = importer.report
        report.notes = list(bundle.notes)
        report.written = not report.problems and not dry_run
        if report.written:
            record(actor, "directory:import", created=len(report.created), changed=len(report.changed))
        else:
            transaction.set_rollback(True)
    if report.written:
        cache.clear()
    return report


class _Importer:
    """One import: what it looks up is read once."""

    def __init__(self, actor: Actor, source: str, topic: str, topics: Mapping[str, str]) -> None:
        self.network = actor.network
        self.report = Report()
        self.known = Known()
        self.documents = Documents(self.network)  # one for many: each reads topics and situations anew
        own = {str(row.pk): row.key for row in Topic.objects.all()}
        names = {row.name["de"]: row.key for row in Topic.objects.all()}
        self.directions = Directions(
            source=source,
            on=today(self.network.zone),
            topic=topic,
            topics={**names, **{key: key for key in own.values()}, **own, **topics},
            papers={row.name["de"]: row.key for row in Paper.objects.all()},
            districts={row.name: row.key for row in District.objects.all()},
        )
        self.by = Author(Origin.IMPORT, source)
        self.organizations: dict[str, Document] = {}

    def run(self, bundle: Bundle) -> None:
        for document in bundle.organizations:
            self._try(document, self._organization)
        for document in bundle.services:
            self._try(document, self._service)
        for document in bundle.services:
            self._try(document, self._issuers)
        if not self.report.problems:
            index_words()

    def _try(self, document: Document, write: Any) -> None:  # noqa: ANN401 -- a method of this class
        try:
            with transaction.atomic():
                write(document)
        except ReadingError as error:
            self.known.rows.clear()  # some of them were taken back
            self.report.problems += [
                Problem(str(document.get("_row") or one.item), one.field, one.reason) for one in error.problems
            ]
        except IntegrityError as error:
            if not _id_is_taken(error):
                raise
            self.known.rows.clear()
            reason = _("gehört zu einem anderen Netz auf diesem Server")
            self.report.problems.append(Problem(self._item(document), "id", reason))
        except _UNFIT:
            reason = _("passt nicht zu HSDS 3.1: An einer Stelle steht etwas anderes, als dort stehen darf.")
            self.report.problems.append(Problem(self._item(document), "", reason))

    def _item(self, document: Document) -> str:
        return str(document.get("_row") or document.get("name") or document.get("id") or "?")

    def _organization(self, document: Document) -> Organisation | Authority:
        item = self._item(document)
        key = read_uuid(document, item)
        authority = Authority.objects.filter(pk=key).first()
        if authority is not None:
            return authority
        row = Organisation.objects.filter(pk=key).first()
        if row is not None and _is_brief(document):
            return row
        extension = document.get("x_tragnetz") or {}
        if extension.get("authority"):
            return self._authority(document, extension, key)
        if not document.get("name"):
            raise ReadingError([Problem(item, "organization.name", _("fehlt"))])
        before = record_of_row(row) if row is not None else None
        if row is None:
            wanted = slug(str(extension.get("key") or document["name"]))
            row = Organisation(id=key, network=self.network, key=key_for(wanted, Organisation), imported=True)
            row.kind, row.regime = str(extension.get("kind") or "other"), str(extension.get("regime") or "dsgvo")
        row.name = str(document["name"])[:200]
        row.short_name = str(document.get("alternate_name") or document["name"])[:60]
        if "x_tragnetz" in document:
            row.description, row.source = extension.get("description") or {}, extension.get("source") or {}
        elif document.get("description"):
            row.description = {"de": document["description"]}
        row.url, row.email = _website(document, item) or row.url, str(document.get("email") or row.email)
        if "phones" in document:
            row.phones = [_plain(read_phone(one)) for one in document["phones"]]
        row.save()
        self._note(row, before)
        for location in document.get("locations") or []:
            self._site(location, row, item)
        fresh = Organisation.objects.prefetch_related("sites__network").get(pk=row.pk)
        fresh.kept = {}
        foreign = _without(document, "services", "x_tragnetz", "locations")
        row.kept = left_over(foreign, self.documents.organization(fresh))
        row.save(update_fields=["kept"])
        self.known.keep(row)
        self.documents = Documents(self.network)  # it knows the names of owners
        return row

    def _note(self, row: Row, before: Document | None) -> None:
        note_changes(row, before, record_of_row(row), self.by)

    def _authority(self, document: Document, extension: Document, key: uuid.UUID) -> Authority:
        wanted = slug(str(extension.get("key") or document["name"]))
        row = Authority.objects.filter(key=wanted).first()
        if row is None:
            row = Authority(id=key, network=self.network, key=wanted, imported=True)
        row.name = extension.get("name") or {"de": document["name"]}
        row.phone = next((str(one["number"]) for one in document.get("phones") or []), row.phone)
        row.url = _website(document, self._item(document)) or row.url
        row.save()
        self.known.keep(row)
        return row

    def _site(self, document: Document, organisation: Organisation, item: str) -> Site:
        key = read_uuid(document, item)
        row = Site.objects.filter(pk=key).first()
        if row is not None and set(document) <= {"id", "name", "location_type"}:
            return row
        extension = document.get("x_tragnetz") or {}
        wanted = slug(str(extension.get("key") or document.get("name") or f"ort-{key}")) or f"ort-{key}"
        given = read_site(document, row.key if row else key_for(wanted, Site), item)
        before = record_of_row(row) if row is not None else None
        if row is None:
            row = Site(id=key, network=self.network, key=given.id, imported=True)
        row.organisation = organisation
        for name in ("name", "kind", "street", "number", "postcode", "city", "latitude", "longitude", "step_free"):
            setattr(row, name, getattr(given, name))
        row.city = "" if given.city == self.network.city else given.city
        row.transport = dict(given.transport or {})
        row.locality = Locality.objects.filter(key=given.locality).first() if given.locality else None
        row.kept = {}
        row.kept = left_over(_without(document, "x_tragnetz"), self.documents.location(row))
        row.save()
        self._note(row, before)
        self.known.keep(row)
        return row

    def _service(self, document: Document) -> None:
        item = self._item(document)
        key = read_uuid(document, item)
        row = service_rows(Service.objects.filter(pk=key)).first()
        before = self.documents.service(row) if row else None
        pointers = self._pointers(document, item, row)
        base = plain(record_of(row)) if row else None
        given = read_service(document, self.directions, base, **pointers)
        self._points_to_known(given, item)
        saved = put_service(
            network=self.network,
            given=given,
            known=self.known,
            by=self.by,
            service_id=key,
            imported=row is None or row.imported,
        )
        for kept_of, place in zip(document.get("service_at_locations") or [], saved.places.all(), strict=False):
            self._keep_place(place, kept_of)
        fresh = service_rows(Service.objects.filter(pk=saved.pk)).get()
        fresh.kept = {}
        foreign = _without(document, *_NOT_KEPT)
        papers = document.get("required_documents") or []
        foreign["required_documents"] = [_without(one, "x_tragnetz") for one in papers]  # as `_issuers` takes it over
        fresh.kept = (row.kept if row else {}) | left_over(foreign, self.documents.service(fresh))
        fresh.save(update_fields=["kept"])
        self._tell(saved.name["de"], before, self.documents.service(fresh))

    @cached_property
    def _without_issuer(self) -> frozenset[str]:
        """Keys of papers of which nobody here knew who gives them out: read once, not for each paper of a service."""
        return frozenset(Paper.objects.filter(authority=None, service=None).values_list("key", flat=True))

    def _issuers(self, document: Document) -> None:
        """Take over who gives out the papers of a service, where nobody is known here: at the end, as services do."""
        for one in document.get("required_documents") or []:
            told = one.get("x_tragnetz") or {}
            issuer = told.get("issued_by") or {}
            if not issuer or told.get("key") not in self._without_issuer:
                continue
            paper = Paper.objects.filter(key=told["key"], authority=None, service=None).first()
            if paper is None:  # one of the services before told it
                continue
            paper.authority = Authority.objects.filter(key=issuer.get("authority", "")).first()
            paper.service = None if paper.authority else Service.objects.filter(key=issuer.get("service", "")).first()
            paper.save(update_fields=["authority", "service"])

    def _tell(self, name: str, before: Document | None, after: Document) -> None:
        if before is None:
            self.report.created.append(name)
        elif _without(before, "last_modified") == _without(after, "last_modified"):
            self.report.unchanged.append(name)
        else:
            self.report.changed.append(name)

    def _pointers(self, document: Document, item: str, row: Service | None) -> dict[str, Any]:
        extension = document.get("x_tragnetz") or {}
        wanted = slug(str(extension.get("id") or document.get("name") or ""))
        found: dict[str, Any] = {"id": row.key if row else key_for(wanted, Service)}
        if extension.get("authority"):
            owner = document.get("organization")
            if isinstance(owner, dict) and extension["authority"] not in self.known.keys(Authority):
                self._organization(owner)
            return found
        owner = document.get("organization") or {"id": document.get("organization_id")}
        if row is not None and not owner.get("id"):
            return found  # what the document does not tell stays
        organisation = self._organization(owner) if isinstance(owner, dict) and owner.get("id") else None
        if not isinstance(organisation, Organisation):
            raise ReadingError([Problem(item, "organization", _("fehlt, oder es gibt keine mit dieser Kennung"))])
        places = []
        for one in document.get("service_at_locations") or []:
            location = one.get("location") or {"id": one.get("location_id")}
            site = self._site(location, organisation, item)
            places.append(
                {
                    "id": str(read_uuid(one, item)),
                    "site": site.key,
                    "hours": read_schedules(one.get("schedules") or []),
                    "phones": [read_phone(phone) for phone in one.get("phones") or []],
                    "note": {"de": one["description"]} if one.get("description") else None,
                }
            )
        if not isinstance(extension.get("places"), list) and (places or row is None):
            found |= {"places": places}
        return found | {"organisation": organisation.key, "authority": None}

    def _keep_place(self, place: ServiceAtLocation, document: Document) -> None:
        fresh = place_rows().get(pk=place.pk)
        fresh.kept = {}
        shown = self.documents.service_at_location(fresh)
        kept = left_over(_without(document, "location", "id", "service", "metadata", "x_tragnetz"), shown)
        if kept:
            ServiceAtLocation.objects.filter(pk=place.pk).update(kept=kept)

    def _points_to_known(self, given: Any, item: str) -> None:  # noqa: ANN401 -- shapes.Service
        pointed: Iterable[tuple[str, Any, list[str]]] = (
            ("topics", Topic, given.topics),
            ("papers", Paper, given.papers),
            ("districts", District, given.districts),
            ("authority", Authority, [given.authority] if given.authority else []),
        )
        problems = [
            Problem(item, name, _("„%s“ gibt es hier nicht") % key)
            for name, model, keys in pointed
            for key in keys
            if key not in self.known.keys(model)
        ]
        if problems:
            raise ReadingError(problems)


def _id_is_taken(error: IntegrityError) -> bool:
    """Whether a row exists that has this id and that is not ours to see: PostgreSQL hides it, but keeps the id."""
    told = getattr(error.__cause__, "diag", None)
    return told is not None and str(told.constraint_name).endswith("_pkey")


def _website(document: Document, item: str) -> str:
    """Return the website of an organisation; empty when none is told. Raises ReadingError for what is no link."""
    told = str(document.get("website") or "").strip()
    if not leads_to_the_web(told):
        raise ReadingError([Problem(item, "organization.website", str(REASONS["no_web_address"]))])
    return told


def _is_brief(organization: Document) -> bool:
    """Whether it only points to an organisation, as inside a service: what we know of it stays."""
    return not any(isinstance(value, list | dict) for value in organization.values())


def _plain(phone: Document) -> Document:
    return {name: value for name, value in phone.items() if value not in ("", None, [])}


def _without(document: Document, *names: str) -> Document:
    return {name: value for name, value in document.items() if name not in names}
