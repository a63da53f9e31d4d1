"""Documents of HSDS 3.x as shapes of ours. Pure: what a document points to comes as look-up tables."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from tragnetz.directory import shapes
from tragnetz.directory.hsds.documents import BYDAY, INSTEAD, NOT_ON_HOLIDAYS, NOT_STEP_FREE, STEP_FREE, Document
from tragnetz.directory.reasons import reason_of
from tragnetz.directory.truth.words import label_of
from tragnetz.network.shapes import Hours, Site

DAYS = {hsds: own for own, hsds in BYDAY.items()}
LONGEST_SUMMARY = 300
_RARE = ("bymonthday", "byyearday", "byweekno", "count")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_POSTCODE = re.compile(r"^\d{5}$")
_BYDAY = re.compile(r"^(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be taken over: of which thing (row, id or name), which field, and why."""

    item: str
    field: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.item, self.place, self.reason)))

    @property
    def place(self) -> str:
        """The field as people call it, with where it stands: `Öffnungszeiten (hours.0.closes)`."""
        first = self.field.split(".")[0]
        label = label_of(first)
        if label == first:  # the name of a column, or of a field that we have no word for
            return self.field
        return label if label.casefold() == self.field.casefold() else f"{label} ({self.field})"


class ReadingError(ValueError):
    """A document with faults."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Directions:
    """How to read: the name and the day of the source, and what foreign words mean here."""

    source: str
    on: date
    topic: str = ""  # for services whose terms we do not know
    topics: Mapping[str, str] = field(default_factory=dict)  # id, code or name of a term -> topic
    papers: Mapping[str, str] = field(default_factory=dict)  # German name -> key
    districts: Mapping[str, str] = field(default_factory=dict)  # name -> key


def read_uuid(document: Document, item: str) -> uuid.UUID:
    """Return the id of a document. Raises ReadingError."""
    try:
        return uuid.UUID(str(document.get("id", "")))
    except ValueError as error:
        raise ReadingError([Problem(item, "id", _("ist keine UUID"))]) from error


def read_service(
    document: Document,
    directions: Directions,
    base: Document | None = None,
    **pointers: Any,  # noqa: ANN401 -- fields of the shape
) -> shapes.Service:
    """Return a service. `pointers` are what the caller has looked up: id, organisation or authority, places.

    Our own extension is taken as it stands, but for what the pointers say; else the plain document is read. `base` is
    the record of a service that is there already: what a plain document does not tell stays as it is.
    Raises ReadingError that names each field.
    """
    extension = document.get("x_tragnetz")
    if isinstance(extension, dict):
        given = _own(document, extension)
    elif base is not None:
        given = _told(document, directions, base)
    else:
        given = _foreign(document, directions)
    given |= pointers
    try:
        return shapes.Service.model_validate(given)
    except ValidationError as error:
        item = str(document.get("name") or document.get("id") or "?")
        raise ReadingError(
            [Problem(item, ".".join(str(part) for part in one["loc"]), reason_of(one)) for one in error.errors()]
        ) from error


# Our field -> the fields of a plain document that tell it.
_TOLD_BY = {
    "name": ("name",),
    "summary": ("description",),
    "description": ("description",),
    "status": ("status",),
    "topics": ("attributes",),
    "papers": ("required_documents",),
    "districts": ("service_areas",),
    "languages": ("languages",),
    "hours": ("schedules",),
    "cost": ("fees_description",),
    "cost_options": ("cost_options",),
    "capacities": ("capacities",),
    "exclusions_text": ("eligibility_description",),
    "prerequisites": ("minimum_age", "maximum_age"),
}
_CONTACT_BY = {"email": "email", "url": "url", "phones": "phones", "people": "contacts"}


def _told(document: Document, directions: Directions, base: Document) -> Document:
    """Return the record with what a plain document tells anew; translations of a text stay beside it."""
    read = _foreign(document, directions)
    given = dict(base)
    for name, sources in _TOLD_BY.items():
        if any(document.get(source) not in (None, "", []) for source in sources):
            is_text = isinstance(given.get(name), dict) and isinstance(read[name], dict) and "de" in read[name]
            given[name] = given[name] | read[name] if is_text else read[name]
    told = {name: read["contact"][name] for name, source in _CONTACT_BY.items() if document.get(source)}
    given["contact"] = (base.get("contact") or {}) | told
    if "phones" in told:
        given["contact"] |= {"phone": ""}
    if given != base:
        given |= {"source": read["source"], "checked": read["checked"]}
    return given


def _own(document: Document, extension: Document) -> Document:
    """Return our record; what the plain document says of name, status and ways to reach it is newer."""
    given = {name: value for name, value in extension.items() if name != "situations"}
    if isinstance(given.get("name"), dict) and document.get("name"):
        given["name"] = given["name"] | {"de": document["name"]}
    if document.get("status"):
        given["status"] = document["status"]
    contact = dict(given.get("contact") or {})
    for name in ("email", "url"):
        if document.get(name):
            contact[name] = document[name]
    return given | {"contact": contact}


def _foreign(document: Document, directions: Directions) -> Document:
    summary, description = split_description(str(document.get("description") or document.get("name") or ""))
    assured = str(document.get("assured_date") or "")
    given: Document = {
        "kind": "offer",
        "status": document.get("status") or "active",
        "name": {"de": document.get("name") or ""},
        "summary": {"de": summary},
        "description": {"de": description},
        "topics": _topics(document, directions),
        "papers": _named(document.get("required_documents"), "document", directions.papers),
        "districts": _named(document.get("service_areas"), "name", directions.districts),
        "languages": [code for one in _list(document, "languages") if (code := _language(one))],
        "contact": {
            "email": document.get("email") or "",
            "url": document.get("url") or "",
            "phones": [read_phone(one) for one in _list(document, "phones")],
            "people": [_person(one) for one in _list(document, "contacts")],
        },
        "hours": read_schedules(_list(document, "schedules")),
        "cost": {"de": document["fees_description"]} if document.get("fees_description") else None,
        "cost_options": [_cost(one) for one in _list(document, "cost_options")],
        "capacities": [_capacity(one) for one in _list(document, "capacities")],
        "exclusions_text": {"de": document["eligibility_description"]}
        if document.get("eligibility_description")
        else None,
        "prerequisites": _ages(document),
        "source": {"title": directions.source, "on": directions.on},
        "checked": {
            "state": "confirmed" if assured else "to_check",
            "on": assured[:10] or directions.on,
            "by": document.get("assurer_email") or "",
        },
    }
    return given


def split_description(text: str) -> tuple[str, str]:
    """Return a summary and the description: at the first blank line, else after the first sentence."""
    text = text.strip()
    head, _gap, tail = text.partition("\n\n")
    if tail.strip() and len(head) <= LONGEST_SUMMARY:
        return head.strip(), tail.strip()
    sentences = _SENTENCE.split(text, maxsplit=1)
    if len(sentences) > 1 and len(sentences[0]) <= LONGEST_SUMMARY:
        return sentences[0], sentences[1]
    return text[:LONGEST_SUMMARY], text


def _list(document: Document, name: str) -> list[Document]:
    found = document.get(name) or []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _topics(document: Document, directions: Directions) -> list[str]:
    found = []
    for attribute in _list(document, "attributes"):
        detail = attribute.get("taxonomy_term") or {}
        names = (attribute.get("taxonomy_term_id"), detail.get("id"), detail.get("code"), detail.get("name"))
        found += [directions.topics[str(name)] for name in names if str(name) in directions.topics][:1]
    return list(dict.fromkeys(found)) or ([directions.topic] if directions.topic else [])


def _named(rows: object, name: str, known: Mapping[str, str]) -> list[str]:
    names = [str(one.get(name, "")) for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return list(dict.fromkeys(known[text] for text in names if text in known))


def _language(document: Document) -> str:
    return str(document.get("code") or "").split("-")[0].lower()


def read_phone(document: Document) -> Document:
    """Return a phone as our shape has it."""
    extension = document.get("extension")
    return {
        "id": str(document.get("id") or ""),
        "number": str(document.get("number") or ""),
        "type": str(document.get("type") or ""),
        "description": str(document.get("description") or ""),
        "extension": int(str(extension)) if str(extension or "").isdigit() else None,
        "languages": [code for one in _list(document, "languages") if (code := _language(one))],
    }


def _person(document: Document) -> Document:
    return {
        "id": str(document.get("id") or ""),
        **{name: str(document.get(name) or "") for name in ("name", "title", "department", "email")},
        "phones": [read_phone(one) for one in _list(document, "phones")],
    }


def _cost(document: Document) -> Document:
    return {
        "id": str(document.get("id") or ""),
        "option": str(document.get("option") or ""),
        "amount": document.get("amount"),
        "currency": str(document.get("currency") or "EUR").upper(),
        "description": str(document.get("amount_description") or ""),
        "from": document.get("valid_from") or None,
        "until": document.get("valid_to") or None,
    }


def _capacity(document: Document) -> Document:
    return {
        "id": str(document.get("id") or ""),
        "unit": str((document.get("unit") or {}).get("name") or ""),
        "available": document.get("available"),
        "maximum": document.get("maximum"),
        "description": str(document.get("description") or ""),
        "updated": document.get("updated"),
    }


def _ages(document: Document) -> Document | None:
    rules = [
        {"fact": "age", operator: int(document[name])}
        for name, operator in (("minimum_age", "at_least"), ("maximum_age", "at_most"))
        if isinstance(document.get(name), int | float)
    ]
    return {"all": rules} if rules else None


def read_schedules(documents: Iterable[Document]) -> list[Document]:
    """Return the schedules that our opening hours can say; the others stay what they are (`keeping`)."""
    rows = []
    for document in documents:
        row = _schedule(document)
        try:
            Hours.model_validate(row)
        except ValidationError:
            continue
        rows.append(row)
    return rows


def _schedule(document: Document) -> Document:
    extension = document.get("x_tragnetz") or {}
    found = [_BYDAY.match(part.strip()) for part in str(document.get("byday") or "").upper().split(",") if part.strip()]
    matches = [match for match in found if match]
    words = str(document.get("description") or "")
    for ours in (NOT_ON_HOLIDAYS, INSTEAD):  # what we say of the row itself is no note
        words = words.removesuffix(ours).rstrip()
    note = extension.get("note") or ({"de": words} if words else None)
    if extension.get("closed") and not extension.get("note"):
        note = None
    return {
        "id": str(document.get("id") or ""),
        # A rhythm that we cannot say must not become a simpler one: without days the row is refused.
        "days": [] if any(map(document.get, _RARE)) else list(dict.fromkeys(DAYS[match[2]] for match in matches)),
        "nth": list(dict.fromkeys(int(match[1]) for match in matches if match[1])),
        "opens": str(document.get("opens_at") or "")[:5] or None,
        "closes": str(document.get("closes_at") or "")[:5] or None,
        "from": document.get("valid_from") or document.get("dtstart") or None,
        "until": document.get("valid_to") or document.get("until") or None,
        "every": document.get("interval") or 1,
        "instead": bool(extension.get("instead")),
        "on_holidays": bool(extension.get("on_holidays")),
        "note": note,
    }  # fmt: skip


def _degrees(document: Document, name: str, most: float) -> float | None:
    value = document.get(name)
    return float(value) if isinstance(value, int | float) and abs(value) <= most else None


def read_site(document: Document, key: str, item: str) -> Site:
    """Return a location. Raises ReadingError."""
    extension = document.get("x_tragnetz") or {}
    address = next(iter(_list(document, "addresses")), {})
    code = str(address.get("postal_code") or "")
    told = {one.get("description") for one in _list(document, "accessibility")}
    street = extension.get("street") if isinstance(extension.get("street"), str) else address.get("address_1", "")
    try:
        return Site.model_validate(
            {
                "id": key,
                "name": (document.get("name") or street or key)[:120],
                "kind": document.get("location_type") or "physical",
                "street": street,
                "number": extension.get("number") or "",
                # What is no postcode of ours, or no place on earth, is kept with the rest of the foreign record.
                "postcode": code if _POSTCODE.match(code) else "",
                "city": address.get("city") or "",
                "latitude": _degrees(document, "latitude", 90),
                "longitude": _degrees(document, "longitude", 180),
                "step_free": True if STEP_FREE in told else (False if NOT_STEP_FREE in told else None),
                "locality": extension.get("locality"),
                "transport": extension.get("transport")
                or ({"de": document["transportation"]} if document.get("transportation") else None),
            }
        )
    except ValidationError as error:
        raise ReadingError(
            [
                Problem(item, ".".join(str(part) for part in ("location", *one["loc"])), reason_of(one))
                for one in error.errors()
            ]
        ) from error
