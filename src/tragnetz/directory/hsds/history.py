"""HSDS `metadata`: what changed in a service, field by field, from its history. Names of staff stay inside."""

import json
from typing import Any

from tragnetz.directory.hsds.documents import Document, for_the_world, part_id
from tragnetz.directory.models import Origin, Revision, Service

MOST = 100  # changes of fields, the newest first: a document is no archive


def metadata_of(service: Service) -> list[Document]:
    """Return the newest changes of a service as `metadata` objects of HSDS 3.1."""
    newest = service.revisions.all()[:MOST]
    return [_change(service, revision, field) for revision in newest for field in revision.fields or [""]][:MOST]


def _change(service: Service, revision: Revision, field: str) -> Document:
    return {
        "id": str(part_id(revision.pk, "metadata", field)),
        "resource_id": str(service.pk),
        "resource_type": "service",
        "last_action_date": revision.at.date().isoformat(),
        "last_action_type": "update" if revision.before is not None else "create",
        "field_name": field,
        "previous_value": _words(_told(service, revision.before, field)),
        "replacement_value": _words(_told(service, revision.after, field)),
        "updated_by": revision.by if revision.origin == Origin.PROVIDER else str(Origin(revision.origin).label),
    }


def _told(service: Service, record: Document | None, field: str) -> Any:  # noqa: ANN401 -- any field's value
    value = (record or {}).get(field)
    return for_the_world(value, service.organisation) if field == "checked" and isinstance(value, dict) else value


def _words(value: Any) -> str:  # noqa: ANN401 -- any field's value
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
