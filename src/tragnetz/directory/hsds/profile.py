"""The published profile: HSDS 3.1 plus our extension, as JSON merge patches (RFC 7386) with the schema of the rules."""

from typing import Any

from tragnetz.directory import shapes
from tragnetz.directory.hsds.documents import VERSION
from tragnetz.eligibility.facts import FACTS
from tragnetz.eligibility.rules import OPERATORS


def profile(url: str, timezone: str) -> dict[str, Any]:
    """Return the profile of this directory; `url` is where it stands, `timezone` (IANA) that of its opening hours."""
    service = shapes.Service.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    definitions = service.pop("$defs", {})
    return {
        "name": "Tragnetz",
        "uri": url,
        "version": "1",
        "extends": f"HSDS {VERSION}",
        "language": "de",
        "timezone": timezone,
        "description": (
            "Each object may carry `x_tragnetz`. For a service it is our whole record: its texts in all languages, and"
            " `prerequisites`, a rule that a machine can evaluate in three values (yes, no, not known);"
            " `eligibility_description` is generated from it. An importer may leave the extension out."
        ),
        "merge_patches": {
            "service.json": {"properties": {"x_tragnetz": {**service, "$defs": definitions | {"rule": rule_schema()}}}},
            "service_at_location.json": {"properties": {"x_tragnetz": _OFFICE}},
            "schedule.json": {"properties": {"x_tragnetz": _SCHEDULE}},
            "required_document.json": {"properties": {"x_tragnetz": _ISSUED}},
            "taxonomy_term.json": {"properties": {"x_tragnetz": _NAMES}},
        },
    }


_NAMES: dict[str, Any] = {
    "type": "object",
    "properties": {"name": {"type": "object", "additionalProperties": {"type": "string"}}},
}
_OFFICE: dict[str, Any] = {
    "type": "object",
    "description": "The office of an authority at which a service is given.",
    "properties": {
        "office": {"type": "string"},
        "assured_date": {"type": "string", "format": "date", "description": "since when all of it is confirmed"},
        "source": {"type": "object"},
    },
}
_ISSUED: dict[str, Any] = {
    "type": "object",
    "description": "Which paper it is, and who gives it out: an authority's offices, or a service one applies for.",
    "properties": {
        "key": {"type": "string"},
        "issued_by": {
            "type": "object",
            "properties": {
                "authority": {"type": "string"},
                "organization_id": {"type": "string", "format": "uuid"},
                "service": {"type": "string"},
                "service_id": {"type": "string", "format": "uuid"},
            },
        },
        "where": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "in words, by language, where nobody of the directory gives it out",
        },
    },
}
_SCHEDULE: dict[str, Any] = {
    "type": "object",
    "description": (
        "What HSDS cannot say of a schedule. Times are local, of the profile's `timezone`: an offset would be wrong for"
        " half of the year."
    ),
    "properties": {
        "closed": {"type": "boolean", "description": "closed in the term of this row"},
        "instead": {"type": "boolean", "description": "replaces all other rows in its term"},
        "on_holidays": {"type": "boolean", "description": "open on public holidays too"},
        "note": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema of a prerequisite: all, any, not, and the test of one fact."""
    rule = {"$ref": "#/$defs/rule"}
    facts = {name: {"kind": kind.kind.value, "values": list(kind.values)} for name, kind in FACTS.items()}
    return {
        "description": "Kleene's logic: a fact that is not known makes a condition unknown, never false.",
        "oneOf": [
            {"type": "object", "properties": {kind: {"type": "array", "items": rule}}, "required": [kind]}
            for kind in ("all", "any")
        ]
        + [
            {"type": "object", "properties": {"not": rule}, "required": ["not"]},
            {
                "type": "object",
                "properties": {"fact": {"enum": list(FACTS)}, **{name: {} for name in OPERATORS}},
                "required": ["fact"],
                "minProperties": 2,
                "maxProperties": 2,
            },
        ],
        "x-facts": facts,
    }
