"""A list of offers as people keep it: one row an offer, CSV or XLSX. Read by the names of its columns, and written."""

import csv
import io
import re
import uuid
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tragnetz.core.spreadsheets import as_csv, harmless
from tragnetz.directory.hsds.documents import BYDAY, Document
from tragnetz.directory.hsds.importing import Bundle
from tragnetz.directory.hsds.reading import Problem, ReadingError
from tragnetz.network.rules import DAYS, LANGUAGE_NAMES

# Our field -> the column names that mean it, compared without case.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "kennung"),
    "name": ("name", "angebot", "titel", "bezeichnung", "title"),
    "summary": ("kurztext", "kurzbeschreibung", "summary"),
    "description": ("beschreibung", "text", "description"),
    "organisation": ("organisation", "träger", "anbieter", "einrichtung", "organization", "provider"),
    "street": ("straße", "strasse", "adresse", "anschrift", "street", "address"),
    "postcode": ("plz", "postleitzahl", "postcode"),
    "city": ("ort", "stadt", "city"),
    "phone": ("telefon", "tel", "telefonnummer", "phone"),
    "email": ("e-mail", "email", "mail"),
    "url": ("website", "webseite", "internet", "link", "url"),
    "topics": ("thema", "themen", "kategorie", "topic", "topics", "category"),
    "languages": ("sprachen", "sprache", "languages"),
    "cost": ("kosten", "gebühr", "cost", "fees"),
    "hours": ("öffnungszeiten", "zeiten", "sprechzeiten", "opening hours", "hours"),
    "eligibility": ("zielgruppe", "für wen", "voraussetzungen", "eligibility"),
    "minimum_age": ("alter ab", "mindestalter", "minimum age"),
    "maximum_age": ("alter bis", "höchstalter", "maximum age"),
    "papers": ("unterlagen", "papiere", "documents"),
    "districts": ("stadtbezirk", "stadtbezirke", "bezirk", "districts"),
}
_FIELDS = {alias: target for target, aliases in COLUMNS.items() for alias in (*aliases, target)}
# What we call them in files that we write, and to people.
HEADS = {target: aliases[0].capitalize() for target, aliases in COLUMNS.items()} | {"id": "ID", "postcode": "PLZ"}
NEEDED = ("name", "description", "organisation")
FIRST_ROW = 2
# More is no list that people keep, and would fill the memory: a file of some kilobytes can hold gigabytes.
MOST_UNPACKED = 100_000_000  # bytes
MOST_ROWS, MOST_COLUMNS = 100_000, 100
MOST_CELL = 32_767  # characters: no spreadsheet program keeps more in one cell
# What openpyxl and what lies below it raise for a file that only looks like one; a fault in its XML is a SyntaxError.
_NO_SHEET = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, LookupError, ValueError, TypeError, AttributeError,
    ArithmeticError, EOFError, RuntimeError, SyntaxError,
)  # fmt: skip
_GERMAN_DAYS = {"mo": "mo", "di": "tu", "mi": "we", "do": "th", "fr": "fr", "sa": "sa", "so": "su"}
_GERMAN_LANGUAGES = {
    "deutsch": "de",
    "englisch": "en",
    "türkisch": "tr",
    "arabisch": "ar",
    "ukrainisch": "uk",
    "russisch": "ru",
    "rumänisch": "ro",
    "bulgarisch": "bg",
    "polnisch": "pl",
    "kurdisch": "ku",
    "persisch": "fa",
    "französisch": "fr",
    "spanisch": "es",
    "italienisch": "it",
}
_FORMS = {
    "minimum_age": (re.compile(r"^\d{1,3}$"), gettext_lazy("ist keine Zahl von Jahren")),
    "maximum_age": (re.compile(r"^\d{1,3}$"), gettext_lazy("ist keine Zahl von Jahren")),
    "postcode": (re.compile(r"^\d{5}$"), gettext_lazy("ist keine Postleitzahl")),
    # No two parts of a pattern may take the same characters: a long cell would be tried in all ways to divide it.
    "email": (re.compile(r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$"), gettext_lazy("ist keine E-Mail-Adresse")),
    "url": (re.compile(r"^https?://\S+$"), gettext_lazy("ist keine Adresse, die mit https:// beginnt")),
    "id": (re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"), gettext_lazy("ist keine UUID")),
}
_DAYS = re.compile(r"\b(mo|di|mi|do|fr|sa|so)\w*\.?(?:\s*(?:-|–|bis)\s*(mo|di|mi|do|fr|sa|so)\w*\.?)?", re.IGNORECASE)
_TIMES = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr\s*)?(?:-|–|bis)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr|h)?", re.IGNORECASE
)
_PARTS = re.compile(r"[;\n|]+")
_COMMA = re.compile(r"[,;/]+")


def read_rows(packed: bytes, name: str) -> list[list[str]]:
    """Return the rows of a CSV file (comma, semicolon or tab; UTF-8 or Windows-1252) or of an XLSX file's first sheet.

    Raises ReadingError.
    """
    if name.lower().endswith(".xlsx"):
        return _of_bounded_cells(_sheet_rows(packed))
    try:
        text = packed.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = packed.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ReadingError([Problem(_("Datei"), "", _("ist keine lesbare Tabelle"))]) from error
    return _of_bounded_cells(rows)


def _of_bounded_cells(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows as they are. Raises ReadingError that names those with a cell that no program for tables made."""
    long = [number for number, row in enumerate(rows, 1) if any(len(cell) > MOST_CELL for cell in row)]
    if long:
        told = _("hat eine Zelle mit mehr als %d Zeichen") % MOST_CELL
        raise ReadingError([Problem(_item(number), "", told) for number in long])
    return rows


def _sheet_rows(packed: bytes) -> list[list[str]]:
    try:
        _examine(packed)
        book = load_workbook(io.BytesIO(packed), read_only=True, data_only=True)
        found = _filled(book.worksheets[0])
        book.close()
    except ReadingError:
        raise
    except _NO_SHEET as error:
        raise ReadingError([Problem(_("Datei"), "", _("ist keine XLSX-Datei"))]) from error
    return found


def _examine(packed: bytes) -> None:
    """Refuse what would not fit into memory before anything is unpacked. Raises ReadingError."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise ReadingError([Problem(_("Datei"), "", _("ist zu groß"))])


def _filled(sheet: Any) -> list[list[str]]:  # noqa: ANN401 -- openpyxl's own
    """Return the rows with anything in them, all as wide as the widest; what stands far outside does not count."""
    rows: list[list[str]] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)):
        row = ["" if cell is None else str(cell).strip() for cell in cells]
        if number == MOST_ROWS and any(row):
            raise ReadingError([Problem(_("Datei"), "", _("hat mehr als %d Zeilen") % MOST_ROWS)])
        if any(row):
            rows.append(row)
    width = max((max(place for place, cell in enumerate(row, 1) if cell) for row in rows), default=0)
    return [row[:width] for row in rows]


@dataclass(frozen=True, slots=True)
class Words:
    """What a list may name of ours: topics, districts (and the city), papers."""

    topics: Sequence[str]
    districts: Sequence[str]
    papers: Sequence[str]


def mapping_of(header: Iterable[str], given: Mapping[str, str] | None = None) -> dict[int, str]:
    """Return which column (from 0) is which field: as `given` (column name -> field), else by its name.

    A field is given by any of the names that a column may have.

    Raises ReadingError for a field that does not exist, or one that is needed and has no column.
    """
    wanted = {column.casefold().strip(): target for column, target in (given or {}).items()}
    told = _("ist kein Feld. Es gibt: %s") % ", ".join(HEADS.values())
    wrong = [Problem(_("Spalten"), name, told) for name in wanted.values() if name.casefold() not in _FIELDS]
    found: dict[int, str] = {}
    for number, column in enumerate(header):
        name = column.casefold().strip()
        target = _FIELDS.get(wanted.get(name, name).casefold())
        if target and target not in found.values():
            found[number] = target
    wrong += [
        Problem(_item(1), name, _("Keine Spalte heißt so: %s") % ", ".join(COLUMNS[name][:3]))
        for name in NEEDED
        if name not in found.values() and name not in {problem.field for problem in wrong}
    ]
    if wrong:
        raise ReadingError(wrong)
    return found


def bundle_of_rows(
    rows: list[list[str]],
    space: uuid.UUID,
    organisations: Mapping[str, str],
    words: Words,
    mapping: Mapping[str, str] | None = None,
    current: Mapping[str, Mapping[str, str]] | None = None,
) -> Bundle:
    """Return a list's offers as documents. `space` makes their ids: the same offer has the same id the next time.

    `organisations` are the ids of those that are known, by name; `current` the cells of the offers that are there, by
    id: what is the same is not told again, so that nothing else of them is touched. What is no fault but would get lost
    stands in `Bundle.notes`. Raises ReadingError that names row and column.
    """
    if not rows:
        raise ReadingError([Problem(_("Datei"), "", _("ist leer"))])
    columns = mapping_of(rows[0], mapping)
    heads = {target: rows[0][number] for number, target in columns.items()}
    known = {topic.casefold(): topic for topic in words.topics}
    problems: list[Problem] = []
    notes = [
        Problem(_item(1), column, _("Diese Spalte wird nicht gelesen."))
        for number, column in enumerate(rows[0])
        if column.strip() and number not in columns
    ]
    documents = []
    for number, row in enumerate(rows[1:], FIRST_ROW):
        values = {target: row[index].strip() if index < len(row) else "" for index, target in columns.items()}
        found = list(_faults(_item(number), values, heads, known))
        problems += found
        if not found:
            told = _news(values, (current or {}).get(values.get("id", ""), {}))
            notes += _not_ours(_item(number), told, heads, words)
            documents.append(_document(_item(number), told, space, organisations, known))
    if problems:
        raise ReadingError(problems)
    return Bundle(services=documents, notes=notes)


def _not_ours(item: str, values: Mapping[str, str], heads: Mapping[str, str], words: Words) -> Iterator[Problem]:
    """Tell names of districts and papers that we do not have: pages do not show them."""
    for field, known, told in (
        (
            "districts",
            words.districts,
            _("„%s“ ist kein Stadtbezirk. Ohne einen gilt ein Angebot für die ganze Stadt."),
        ),
        ("papers", words.papers, _("„%s“ ist kein Papier aus unserer Liste. Auf den Seiten steht es dann nicht.")),
    ):
        names = {name.casefold() for name in known}
        for name in _split(values.get(field, "")):
            if name.casefold() not in names:
                yield Problem(item, heads[field], told % name[:60])


def _item(number: int) -> str:
    return _("Zeile %s") % number


def is_id(cell: str) -> bool:
    """Whether a cell may be an id."""
    return bool(_FORMS["id"][0].match(cell))


def _news(values: Mapping[str, str], current: Mapping[str, str]) -> Mapping[str, str]:
    """Return the cells that differ from what is there; a text and its summary, and an address, stay together."""
    together = (("summary", "description"), ("street", "postcode", "city"))
    changed = {name for name, value in values.items() if value != current.get(name)}
    for group in together:
        changed |= set(group) if changed & set(group) else set()
    return {name: value if name in changed or name in {"id", "name"} else "" for name, value in values.items()}


def _faults(
    item: str, values: Mapping[str, str], heads: Mapping[str, str], topics: Mapping[str, str]
) -> Iterator[Problem]:
    yield from (Problem(item, heads[name], _("fehlt")) for name in NEEDED if not values[name])
    for topic in _split(values.get("topics", "")):
        if topic.casefold() not in topics:
            told = _("„%(topic)s“ ist kein Thema. Es gibt: %(topics)s")
            yield Problem(item, heads["topics"], told % {"topic": topic, "topics": ", ".join(topics.values())})
    for name, (form, reason) in _FORMS.items():
        if values.get(name) and not form.match(values[name]):
            yield Problem(item, heads[name], f"„{values[name][:60]}“ {reason}")
    for part in _PARTS.split(values.get("hours", "")):
        if part.strip() and not read_hours(part):
            told = _("„%s“ ist nicht zu lesen. Schreiben Sie zum Beispiel: Mo-Fr 8-15; Sa 9:00-12:30")
            yield Problem(item, heads["hours"], told % part.strip()[:60])


def _document(
    item: str, values: Mapping[str, str], space: uuid.UUID, organisations: Mapping[str, str], topics: Mapping[str, str]
) -> Document:
    owner = values["organisation"]
    key = values.get("id") or str(uuid.uuid5(space, f"offer:{owner.casefold()}:{values['name'].casefold()}"))
    owner_id = organisations.get(owner) or str(uuid.uuid5(space, f"organisation:{owner.casefold()}"))
    organization = {"id": owner_id, "name": owner} | ({} if owner in organisations else {"description": owner})
    description = "\n\n".join(part for part in (values.get("summary", ""), values["description"]) if part)
    document: Document = {
        "_row": item,
        "id": key,
        "name": values["name"],
        "status": "active",
        "description": description,
        "organization": organization if owner else [],
        "email": values.get("email", ""),
        "url": values.get("url", ""),
        "fees_description": values.get("cost", ""),
        "eligibility_description": values.get("eligibility", ""),
        "phones": _parts(key, "phone", "number", _PARTS.split(values.get("phone", ""))),
        "required_documents": _parts(key, "paper", "document", _split(values.get("papers", ""))),
        "service_areas": _parts(key, "area", "name", _split(values.get("districts", ""))),
        "languages": [{"id": _id(key, "language", code), "code": code} for code in _codes(values.get("languages", ""))],
        "attributes": [
            {"id": _id(key, "topic", topic), "taxonomy_term": {"name": topics[topic.casefold()]}}
            for topic in _split(values.get("topics", ""))
        ],
        "schedules": read_hours(values.get("hours", ""), key),
        **{name: int(values[name]) for name in ("minimum_age", "maximum_age") if values.get(name)},
    }
    if values.get("street") and owner:
        document["service_at_locations"] = [_place(key, owner_id, values)]
    return {name: value for name, value in document.items() if value not in ("", [])}


def _place(key: str, owner_id: str, values: Mapping[str, str]) -> Document:
    location_id = _id(owner_id, "place", f"{values['street']}:{values.get('postcode', '')}".casefold())
    address = {
        "id": _id(location_id, "address", ""),
        "address_1": values["street"],
        "postal_code": values.get("postcode", ""),
        "city": values.get("city", ""),
    }
    location = {
        "id": location_id, "location_type": "physical", "name": values["organisation"], "addresses": [address],
    }  # fmt: skip
    return {"id": _id(key, "place", location_id), "location": location}


def _id(owner: str, kind: str, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(owner), f"{kind}:{name}"))


def _parts(key: str, kind: str, field: str, texts: Iterable[str]) -> list[Document]:
    return [{"id": _id(key, kind, text.strip()), field: text.strip()} for text in texts if text.strip()]


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in _COMMA.split(text) if part.strip()))


def _codes(text: str) -> list[str]:
    names = _GERMAN_LANGUAGES | {name.casefold(): code for code, name in LANGUAGE_NAMES.items()}
    return list(dict.fromkeys(names.get(part.casefold(), part.lower()[:10]) for part in _split(text)))


def read_hours(text: str, key: str = "00000000-0000-0000-0000-000000000000") -> list[Document]:
    """Return schedules for hours as people write them: `Mo-Fr 8-15; Di 14:00–18:00 Uhr`.

    Parts that are not understood are left out.
    """
    found = []
    for part in _PARTS.split(text):
        days = _days(part)
        for start, start_minutes, end, end_minutes in _TIMES.findall(_DAYS.sub(" ", part)):
            opens, closes = (f"{int(h):02}:{m or '00'}" for h, m in ((start, start_minutes), (end, end_minutes)))
            if days and "00:00" <= opens < closes <= "23:59":
                found.append(
                    {
                        "id": _id(key, "hours", f"{days}:{opens}"),
                        "freq": "WEEKLY",
                        "byday": ",".join(BYDAY[day] for day in days),
                        "opens_at": opens,
                        "closes_at": closes,
                    }
                )
    return found


def _days(part: str) -> list[str]:
    found: list[str] = []
    for start, end in _DAYS.findall(part):
        first = DAYS.index(_GERMAN_DAYS[start.lower()])
        last = DAYS.index(_GERMAN_DAYS[end.lower()]) if end else first
        found += DAYS[first : last + 1]
    return [day for day in DAYS if day in found]


def rows_of(documents: Iterable[Document], topics: Mapping[str, str]) -> list[list[str]]:
    """Return services as a list with German column names; `topics` are the names by the ids of their terms."""
    return [list(HEADS.values()), *([cells_of(document, topics)[name] for name in HEADS] for document in documents)]


def cells_of(document: Document, topics: Mapping[str, str]) -> dict[str, str]:
    """Return a service as the cells of its row; `topics` as in `rows_of`."""
    place: Document = next(iter(document.get("service_at_locations", [])), {})
    address: Document = next(iter(place.get("location", {}).get("addresses", [])), {})
    summary, _gap, description = str(document.get("description", "")).partition("\n\n")
    schedules = document.get("schedules") or place.get("schedules") or []
    return {
        "id": document["id"],
        "name": document["name"],
        "summary": summary,
        "description": description,
        "organisation": document.get("organization", {}).get("name", ""),
        "street": address.get("address_1", ""),
        "postcode": address.get("postal_code", ""),
        "city": address.get("city", ""),
        "phone": "; ".join(phone["number"] for phone in document.get("phones", [])),
        "email": document.get("email", ""),
        "url": document.get("url", ""),
        "topics": ", ".join(
            topics[one["taxonomy_term_id"]]
            for one in document.get("attributes", [])
            if one.get("taxonomy_term_id") in topics
        ),
        "languages": ", ".join(one["code"] for one in document.get("languages", [])),
        "cost": document.get("fees_description", ""),
        "hours": "; ".join(_hours_words(one) for one in schedules if one.get("opens_at") and one["freq"] == "WEEKLY"),
        "eligibility": document.get("eligibility_description", ""),
        "minimum_age": str(document.get("minimum_age", "")),
        "maximum_age": str(document.get("maximum_age", "")),
        "papers": ", ".join(one["document"] for one in document.get("required_documents", [])),
        "districts": ", ".join(one["name"] for one in document.get("service_areas", [])),
    }


def _hours_words(schedule: Document) -> str:
    german = {BYDAY[own]: name.capitalize() for name, own in _GERMAN_DAYS.items()}
    days = " ".join(german[day] for day in schedule["byday"].split(","))
    return f"{days} {schedule['opens_at']}-{schedule['closes_at']}"


def write_csv(rows: Iterable[list[str]]) -> bytes:
    """Return rows as CSV that a spreadsheet program opens as it is: semicolons, UTF-8 with its mark."""
    return as_csv(rows).encode()


def write_xlsx(rows: Iterable[list[str]]) -> bytes:
    """Return rows as an XLSX file with a fixed head."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Angebote")
    sheet.freeze_panes = "C2"
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
