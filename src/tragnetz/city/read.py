"""Read a city's files into checked values; a fault names file, line and field."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from tragnetz.benefits.rules.book import rule_files
from tragnetz.city.format import (
    Authority,
    City,
    Demo,
    District,
    Hotline,
    Household,
    Office,
    Paper,
    Programme,
    Situation,
    Street,
    Topic,
)
from tragnetz.city.outlines import Outline, read_outlines
from tragnetz.city.shipped import shipped
from tragnetz.consent.shapes import CityText
from tragnetz.core.documents import Fault, read_document, read_item, reason_of
from tragnetz.directory.shapes import Service
from tragnetz.network.shapes import Organisation, Strict

CATALOGUE = "catalogue"
OUTLINES = "districts.geojson"


@dataclass(slots=True)
class Folder:
    """A city as read. `places` maps each id of a kind to the file and line where it stands."""

    city: City | None = None
    districts: list[District] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    outline_file: Path | None = None
    streets: list[Street] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    hotlines: list[Hotline] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    authorities: list[Authority] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    rules: list[tuple[Path, str]] = field(default_factory=list)
    consent_texts: list[CityText] = field(default_factory=list)
    demo: Demo | None = None
    faults: list[Fault] = field(default_factory=list)
    places: dict[int, tuple[Path, int]] = field(default_factory=dict)


def read_folder(folder: Path) -> Folder:
    """Read all files of a city and of the catalogues it builds on. Faults are collected, never raised."""
    read = Folder()
    if not folder.is_dir():
        read.faults.append(Fault(folder, 0, "", "there is no such folder"))
        return read
    cities = _read_items(read, folder / "city.yaml", City, single=True)
    read.city = cities[0] if cities else None
    read.districts = _read_items(read, folder / "districts.yaml", District)
    if (folder / OUTLINES).exists():
        read.outlines = read_outlines(folder / OUTLINES, read.faults)
        read.outline_file = folder / OUTLINES
    read.streets = list(_read_streets(read, folder / "streets.csv"))
    read.organisations = _read_items(read, folder / "organisations.yaml", Organisation)
    read.hotlines = _read_items(read, folder / "hotlines.yaml", Hotline)
    read.programmes = _read_items(read, folder / "programmes.yaml", Programme, optional=True)
    read.offices = _read_items(read, folder / "offices.yaml", Office, optional=True)
    read.consent_texts = _read_items(read, folder / "consent_texts.yaml", CityText, optional=True)
    demos = _read_items(read, folder / "demo.yaml", Demo, single=True, optional=True)
    read.demo = demos[0] if demos else None
    for catalogue in read.city.catalogues if read.city else []:
        _read_catalogue(read, _catalogue_folder(folder, catalogue))
    read.households += _read_items(read, folder / "households.yaml", Household, optional=True)
    read.papers += _read_items(read, folder / "papers.yaml", Paper, optional=True)
    _read_services(read, folder / "services")
    _read_rules(read, folder / "rules")
    return read


def _catalogue_folder(city: Path, name: str) -> Path:
    """Return a catalogue beside the city's folder; else the one that comes along under that name."""
    own = city.parent / CATALOGUE / name
    return own if own.is_dir() else shipped(f"{CATALOGUE}/{name}") or own


def _read_catalogue(read: Folder, folder: Path) -> None:
    if not folder.is_dir():
        read.faults.append(Fault(folder, 0, "catalogues", "there is no such catalogue"))
        return
    read.topics += _read_items(read, folder / "topics.yaml", Topic)
    read.situations += _read_items(read, folder / "situations.yaml", Situation, optional=True)
    read.households += _read_items(read, folder / "households.yaml", Household, optional=True)
    read.papers += _read_items(read, folder / "papers.yaml", Paper, optional=True)
    read.authorities += _read_items(read, folder / "authorities.yaml", Authority, optional=True)
    _read_rules(read, folder / "rules")
    _read_services(read, folder / "services")


def _read_services(read: Folder, folder: Path) -> None:
    for file in sorted(folder.glob("*.yaml")):
        read.services += _read_items(read, file, Service)


def _read_rules(read: Folder, folder: Path) -> None:
    """Keep the texts of rules as they are; `faults_of` reads them all together."""
    read.rules += [(file, file.read_text(encoding="utf-8")) for file in rule_files(folder)]


def _read_items[ItemT: Strict](
    read: Folder, file: Path, shape: type[ItemT], *, single: bool = False, optional: bool = False
) -> list[ItemT]:
    """Read a list of maps (or a single map) of one shape."""
    if not file.exists():
        if not optional:
            read.faults.append(Fault(file, 0, "", "the file is missing"))
        return []
    document = read_document(file, read.faults)
    if document is None:
        return []
    items = [document.data] if single else document.data
    if not isinstance(items, list):
        read.faults.append(Fault(file, 1, "", "must be a list"))
        return []
    found = []
    for index, item in enumerate(items):
        path: tuple[str | int, ...] = () if single else (index,)
        checked = read_item(document, shape, item, path, read.faults)
        if checked is not None:
            read.places[id(checked)] = (file, document.line(*path))
            found.append(checked)
    return found


def _read_streets(read: Folder, file: Path) -> Iterator[Street]:
    if not file.exists():
        read.faults.append(Fault(file, 0, "", "the file is missing"))
        return
    with file.open(encoding="utf-8", newline="") as rows:
        reader = csv.DictReader(rows)
        needed = {"street", "from", "to", "side", "locality", "source"}
        if set(reader.fieldnames or ()) != needed:
            read.faults.append(Fault(file, 1, "", "the header must be street,from,to,side,locality,source"))
            return
        for row in reader:
            values = {key: value for key, value in row.items() if value not in {"", None}}
            try:
                street = Street.model_validate(values)
            except ValidationError as error:
                for fault in error.errors():
                    where = ".".join(str(part) for part in fault["loc"])
                    read.faults.append(Fault(file, reader.line_num, where, reason_of(fault)))
                continue
            read.places[id(street)] = (file, reader.line_num)
            yield street
