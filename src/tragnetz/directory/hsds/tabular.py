"""Documents as tables and back: the tabular form of HSDS, one CSV file a table, with a data package's description.

Names of tables, files and columns are the specification's (datapackage.json). Our extension is one more column, JSON.
"""

import csv
import io
import json
import math
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from tragnetz.directory.hsds.documents import VERSION, Document
from tragnetz.directory.hsds.importing import Bundle
from tragnetz.directory.hsds.reading import Problem, ReadingError

EXTENSION = "x_tragnetz"
# Tables grow to some ten times their size when they are unpacked: more than this is a fault, or an attack.
MOST_GROWTH, ALWAYS_FINE = 40, 5_000_000  # times, bytes of all tables together
# Table -> file.
FILES = {
    "organization": "organizations.csv",
    "program": "programs.csv",
    "service": "services.csv",
    "attribute": "attributes.csv",
    "service_at_location": "service_at_location.csv",
    "location": "locations.csv",
    "phone": "phones.csv",
    "contact": "contacts.csv",
    "address": "addresses.csv",
    "schedule": "schedules.csv",
    "funding": "funding.csv",
    "service_area": "service_areas.csv",
    "required_document": "required_documents.csv",
    "language": "languages.csv",
    "accessibility": "accessibility.csv",
    "taxonomy_term": "taxonomy_terms.csv",
    "taxonomy": "taxonomies.csv",
    "metadata": "metadata.csv",
    "cost_option": "cost_options.csv",
    "organization_identifier": "organization_identifiers.csv",
    "service_capacity": "service_capacity.csv",
    "unit": "units.csv",
    "url": "url.csv",
}
# Table -> its lists: field -> (table of the rows, their column with the owner's id).
LISTS: dict[str, dict[str, tuple[str, str]]] = {
    "organization": {
        "additional_websites": ("url", "organization_id"),
        "funding": ("funding", "organization_id"),
        "contacts": ("contact", "organization_id"),
        "phones": ("phone", "organization_id"),
        "locations": ("location", "organization_id"),
        "programs": ("program", "organization_id"),
        "organization_identifiers": ("organization_identifier", "organization_id"),
    },
    "service": {
        "additional_urls": ("url", "service_id"),
        "phones": ("phone", "service_id"),
        "schedules": ("schedule", "service_id"),
        "service_areas": ("service_area", "service_id"),
        "service_at_locations": ("service_at_location", "service_id"),
        "languages": ("language", "service_id"),
        "funding": ("funding", "service_id"),
        "cost_options": ("cost_option", "service_id"),
        "required_documents": ("required_document", "service_id"),
        "contacts": ("contact", "service_id"),
        "capacities": ("service_capacity", "service_id"),
    },
    "service_at_location": {
        "service_areas": ("service_area", "service_at_location_id"),
        "contacts": ("contact", "service_at_location_id"),
        "phones": ("phone", "service_at_location_id"),
        "schedules": ("schedule", "service_at_location_id"),
    },
    "location": {
        "languages": ("language", "location_id"),
        "addresses": ("address", "location_id"),
        "contacts": ("contact", "location_id"),
        "accessibility": ("accessibility", "location_id"),
        "phones": ("phone", "location_id"),
        "schedules": ("schedule", "location_id"),
    },
    "contact": {"phones": ("phone", "contact_id")},
    "phone": {"languages": ("language", "phone_id")},
}
# Table -> its single objects: field -> (table, our column with its id).
SINGLES: dict[str, dict[str, tuple[str, str]]] = {
    "service": {"organization": ("organization", "organization_id"), "program": ("program", "program_id")},
    "service_at_location": {"location": ("location", "location_id"), "service": ("service", "service_id")},
    "attribute": {"taxonomy_term": ("taxonomy_term", "taxonomy_term_id")},
    "taxonomy_term": {"taxonomy_detail": ("taxonomy", "taxonomy_id")},
    "service_capacity": {"unit": ("unit", "unit_id")},
}
_NUMBERS = {
    "extension", "latitude", "longitude", "minimum_age", "maximum_age", "amount", "available", "maximum",
    "timezone", "count", "interval", "year_incorporated",
}  # fmt: skip

type Tables = dict[str, dict[str, Document]]


def tables_of(documents: Iterable[tuple[str, Document]]) -> Tables:
    """Return rows by table and id; `documents` are pairs of table (service, organization) and document."""
    tables: Tables = {name: {} for name in FILES}
    for table, document in documents:
        _flatten(tables, table, document)
    return tables


def _flatten(tables: Tables, table: str, document: Document, **owner: str) -> None:
    row: Document = dict(owner)
    key = str(document["id"])
    for name, value in document.items():
        if name in LISTS.get(table, {}):
            inner, column = LISTS[table][name]
            for one in value:
                _flatten(tables, inner, one, **{column: key})
        elif name in SINGLES.get(table, {}):
            inner, column = SINGLES[table][name]
            row.setdefault(column, value["id"])
            _flatten(tables, inner, value)
        elif name == "attributes":
            for one in value:
                _flatten(tables, "attribute", one, link_id=key, link_entity=table)
        elif name == "metadata":
            for one in value:
                _flatten(tables, "metadata", one, resource_id=key, resource_type=table)
        elif name == EXTENSION or not isinstance(value, dict | list):
            row[name] = json.dumps(value, ensure_ascii=False) if name == EXTENSION else value
    tables[table][key] = tables[table].get(key, {}) | row


def write_package(tables: Tables, name: str) -> bytes:
    """Return a zip file with a CSV file for each table that has rows, and datapackage.json."""
    packed = io.BytesIO()
    resources = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, rows in tables.items():
            if not rows:
                continue
            columns = list(dict.fromkeys(["id", *(column for row in rows.values() for column in sorted(row))]))
            text = io.StringIO()
            writer = csv.DictWriter(text, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[key] for key in sorted(rows))
            archive.writestr(zipfile.ZipInfo(FILES[table]), text.getvalue())
            fields = [{"name": column, "type": "number" if column in _NUMBERS else "string"} for column in columns]
            schema = {"primaryKey": "id", "fields": fields}
            resources.append({"name": table, "path": FILES[table], "format": "csv", "schema": schema})
        package = {"name": name, "profile": "tabular-data-package", "hsds": VERSION, "resources": resources}
        archive.writestr(zipfile.ZipInfo("datapackage.json"), json.dumps(package, indent=2))
    return packed.getvalue()


def read_package(packed: bytes) -> Bundle:
    """Return the services and organisations of a zipped data package. Raises ReadingError."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            if sum(part.file_size for part in archive.infolist()) > max(ALWAYS_FINE, MOST_GROWTH * len(packed)):
                raise ReadingError([Problem(_("Datei"), "", _("ist zu groß"))])
            return bundle_of_tables({name: _rows(archive, name) for name in FILES})
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
    ) as error:  # locked, or packed in a way we do not know
        raise ReadingError([Problem(_("Datei"), "", _("ist keine ZIP-Datei"))]) from error


def _rows(archive: zipfile.ZipFile, table: str) -> dict[str, Document]:
    found = next((info for info in archive.infolist() if info.filename.rsplit("/", 1)[-1] == FILES[table]), None)
    if found is None:
        return {}
    with archive.open(found) as raw:
        reader = csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))
        try:
            rows = list(_typed(reader, FILES[table]))
        except (UnicodeDecodeError, csv.Error) as error:
            raise ReadingError([Problem(FILES[table], "", _("ist keine lesbare Tabelle"))]) from error
    return {str(row["id"]): row for row in rows}


def _typed(reader: csv.DictReader[str], file: str) -> Iterator[Document]:
    for number, row in enumerate(reader, 2):
        found: Document = {}
        for name, text in row.items():
            if name is None or text in {None, ""}:
                continue
            found[name] = _value(name, text, _row(file, number))
        if "id" not in found:
            raise ReadingError([Problem(_row(file, number), "id", _("fehlt"))])
        yield found


def _row(file: str, number: int) -> str:
    return _("%(file)s, Zeile %(number)s") % {"file": file, "number": number}


def _value(name: str, text: str, item: str) -> Any:  # noqa: ANN401 -- a number, a text, or our extension
    try:
        if name == EXTENSION:
            return json.loads(text)
        if name in _NUMBERS:
            return _number(text)
    except (ValueError, RecursionError) as error:
        raise ReadingError([Problem(item, name, _("„%s“ passt hier nicht") % text[:40])]) from error
    return text


def _number(text: str) -> float:
    """Return a number, a whole one as such. Raises ValueError, also for one without end."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return int(number) if number.is_integer() else number


def bundle_of_tables(tables: Tables) -> Bundle:
    """Return documents made of rows; the inverse of `tables_of`."""
    nest = _Nest(tables)
    return Bundle(
        services=[nest.document("service", row) for row in tables["service"].values()],
        organizations=[nest.document("organization", row) for row in tables["organization"].values()],
    )


class _Nest:
    """Puts rows into the documents that own them; each row is found by its owner's id without a search."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.owned: dict[tuple[str, str, str], list[Document]] = {}
        owners = {column for lists in LISTS.values() for _inner, column in lists.values()} | {"link_id", "resource_id"}
        for table, rows in tables.items():
            for row in rows.values():
                for column in owners & set(row):
                    self.owned.setdefault((table, column, str(row[column])), []).append(row)

    def document(self, table: str, row: Document, above: str = "") -> Document:
        """Return a row with all that it owns, but for the kind of thing that it hangs under."""
        found = dict(row)
        key = str(row["id"])
        for name, (inner, column) in LISTS.get(table, {}).items():
            rows = [] if inner == above else self.owned.get((inner, column, key), [])
            if rows:
                found[name] = [self.document(inner, one, table) for one in rows]
        for name, (inner, column) in SINGLES.get(table, {}).items():
            single = None if inner == above else self.tables[inner].get(str(row.get(column)))
            if single:
                found[name] = self.document(inner, single, table)
        for name, inner, column in (("attributes", "attribute", "link_id"), ("metadata", "metadata", "resource_id")):
            rows = self.owned.get((inner, column, key), [])
            if rows:
                found[name] = [self.document(inner, one) for one in rows]
        return found
