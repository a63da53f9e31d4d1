"""HSDS `metadata`: what changed in a service, or in its office, from the history. Names of staff stay inside."""

import json
import uuid
from typing import Any

from django.db.models import QuerySet

from tragnetz.directory.history import revisions_of
from tragnetz.directory.hsds.documents import Document, for_the_world, part_id
from tragnetz.directory.models import Office, Origin, Revision, Service, ServiceAtLocation

MOST = 100  # changes of fields, the newest first: a document is no archive


def metadata_of(service: Service) -> list[Document]:
    """Return the newest changes of a service as `metadata` objects of HSDS 3.1."""
    return _changes(service, service.revisions.all(), service.pk, "service")


def metadata_of_place(place: ServiceAtLocation) -> list[Document]:
    """Return the newest changes of the office where an authority's service is given; other places have no history."""
    office = place.office
    return _changes(office, revisions_of(office), place.pk, "service_at_location") if office else []


def _changes(
    row: Service | Office, revisions: QuerySet[Revision], resource_id: uuid.UUID, resource: str
) -> list[Document]:
    resource_of = {"resource_id": str(resource_id), "resource_type": resource}
    newest = revisions[:MOST]
    return [_change(row, revision, field, resource_of) for revision in newest for field in revision.fields or [""]][
        :MOST
    ]


def _change(row: Service | Office, revision: Revision, field: str, resource_of: Document) -> Document:
    return {
        "id": str(part_id(revision.pk, "metadata", field)),
        **resource_of,
        "last_action_date": revision.at.date().isoformat(),
        "last_action_type": "update" if revision.before is not None else "create",
        "field_name": field,
        "previous_value": _words(_told(row, revision.before, field)),
        "replacement_value": _words(_told(row, revision.after, field)),
        "updated_by": revision.by if revision.origin == Origin.PROVIDER else str(Origin(revision.origin).label),
    }


def _told(row: Service | Office, record: Document | None, field: str) -> Any:  # noqa: ANN401 -- any field's value
    value = (record or {}).get(field)
    return for_the_world(value, row.organisation) if field == "checked" and isinstance(value, dict) else value


def _words(value: Any) -> str:  # noqa: ANN401 -- any field's value
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
