"""Read a city's files into checked values; a fault names file, line and field."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tragnetz.city.format import (
    Authority,
    City,
    Demo,
    District,
    Hotline,
    Office,
    Organisation,
    Paper,
    Programme,
    Service,
    Situation,
    Street,
    Strict,
    Topic,
)

CATALOGUE = "catalogue"


class Loader(yaml.CSafeLoader):
    """YAML 1.2's plain words: only true and false are booleans, so that `on` and `no` stay words."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for sign, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known field",
    "literal_error": "is not one of the allowed values",
    "string_pattern_mismatch": "has the wrong form",
    "list_type": "must be a list",
    "dict_type": "must be a map",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, and where: file, line (from 1; 0 when the file itself is meant), field."""

    file: Path
    line: int
    where: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.where + ': ' if self.where else ''}{self.reason}"


@dataclass(slots=True)
class Folder:
    """A city as read. `places` maps each id of a kind to the file and line where it stands."""

    city: City | None = None
    districts: list[District] = field(default_factory=list)
    streets: list[Street] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    hotlines: list[Hotline] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    authorities: list[Authority] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
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
    read.streets = list(_read_streets(read, folder / "streets.csv"))
    read.organisations = _read_items(read, folder / "organisations.yaml", Organisation)
    read.hotlines = _read_items(read, folder / "hotlines.yaml", Hotline)
    read.programmes = _read_items(read, folder / "programmes.yaml", Programme, optional=True)
    read.offices = _read_items(read, folder / "offices.yaml", Office, optional=True)
    demos = _read_items(read, folder / "demo.yaml", Demo, single=True, optional=True)
    read.demo = demos[0] if demos else None
    for catalogue in read.city.catalogues if read.city else []:
        _read_catalogue(read, folder.parent / CATALOGUE / catalogue)
    _read_services(read, folder / "services")
    return read


def _read_catalogue(read: Folder, folder: Path) -> None:
    if not folder.is_dir():
        read.faults.append(Fault(folder, 0, "catalogues", "there is no such catalogue"))
        return
    read.topics += _read_items(read, folder / "topics.yaml", Topic)
    read.situations += _read_items(read, folder / "situations.yaml", Situation, optional=True)
    read.papers += _read_items(read, folder / "papers.yaml", Paper, optional=True)
    read.authorities += _read_items(read, folder / "authorities.yaml", Authority, optional=True)
    _read_services(read, folder / "services")


def _read_services(read: Folder, folder: Path) -> None:
    for file in sorted(folder.glob("*.yaml")):
        read.services += _read_items(read, file, Service)


def _read_items[ItemT: Strict](
    read: Folder, file: Path, shape: type[ItemT], *, single: bool = False, optional: bool = False
) -> list[ItemT]:
    """Read a list of maps (or a single map) of one shape."""
    if not file.exists():
        if not optional:
            read.faults.append(Fault(file, 0, "", "the file is missing"))
        return []
    text = file.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, Loader=Loader)
        data = yaml.load(text, Loader=Loader)  # noqa: S506 -- a safe loader of ours
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = f"not readable as YAML: {getattr(error, 'problem', error)}"
        read.faults.append(Fault(file, mark.line + 1 if mark else 0, "", reason))
        return []
    items = [data] if single else data
    if not isinstance(items, list):
        read.faults.append(Fault(file, 1, "", "must be a list"))
        return []
    found = []
    for index, item in enumerate(items):
        path: tuple[str | int, ...] = () if single else (index,)
        checked = _checked(read, file, shape, item, node, path)
        if checked is not None:
            read.places[id(checked)] = (file, _line(node, path))
            found.append(checked)
    return found


def _checked[ItemT: Strict](
    read: Folder, file: Path, shape: type[ItemT], item: object, node: yaml.Node | None, path: tuple[str | int, ...]
) -> ItemT | None:
    try:
        return shape.model_validate(item)
    except ValidationError as error:
        name = item.get("id", "") if isinstance(item, dict) else ""
        for fault in error.errors():
            where = ".".join(str(part) for part in (name, *fault["loc"]) if part != "")
            read.faults.append(Fault(file, _line(node, path + fault["loc"]), where, _reason(fault)))
        return None


def _reason(fault: Any) -> str:  # noqa: ANN401 -- pydantic's ErrorDetails
    words = _WORDS.get(fault["type"])
    if words is None:
        return str(fault["msg"]).removeprefix("Value error, ")
    expected = fault.get("ctx", {}).get("expected")
    return f"{words}: {expected}" if expected else words


def _line(node: yaml.Node | None, path: tuple[str | int, ...]) -> int:
    """Return the line of a path in a YAML file; of the nearest parent when the path itself is missing."""
    for part in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == str(part)), None)
            if inner is None:
                break
            node = inner
        else:
            break
    return node.start_mark.line + 1 if node is not None else 1


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
                    read.faults.append(Fault(file, reader.line_num, where, _reason(fault)))
                continue
            read.places[id(street)] = (file, reader.line_num)
            yield street
