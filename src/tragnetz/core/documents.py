"""YAML files that people write: read so that each fault can name its file, line and field."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError


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


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: its plain data, and the tree that knows the lines."""

    file: Path
    data: Any
    node: yaml.Node | None

    def line(self, *path: str | int) -> int:
        """Return the line of a path; of the nearest parent when the path itself is missing."""
        node = self.node
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


def read_document(file: Path, faults: list[Fault]) -> Document | None:
    """Read a YAML file; a fault is added and nothing returned when it is not readable."""
    return parse_document(file, file.read_text(encoding="utf-8"), faults)


def parse_document(file: Path, text: str, faults: list[Fault]) -> Document | None:
    """Read a YAML text; `file` is the name for its faults."""
    try:
        node = yaml.compose(text, Loader=Loader)
        data = yaml.load(text, Loader=Loader)  # noqa: S506 -- a safe loader of ours
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = f"not readable as YAML: {getattr(error, 'problem', error)}"
        faults.append(Fault(file, mark.line + 1 if mark else 0, "", reason))
        return None
    return Document(file, data, node)


def read_item[ItemT: BaseModel](
    document: Document, shape: type[ItemT], item: object, path: tuple[str | int, ...], faults: list[Fault]
) -> ItemT | None:
    """Return a part of a document as a shape; what does not fit is added to the faults."""
    try:
        return shape.model_validate(item)
    except ValidationError as error:
        name = item.get("id", "") if isinstance(item, dict) else ""
        for fault in error.errors():
            where = ".".join(str(part) for part in (name, *fault["loc"]) if part != "")
            faults.append(Fault(document.file, document.line(*path, *fault["loc"]), where, reason_of(fault)))
        return None


def reason_of(fault: Any) -> str:  # noqa: ANN401 -- pydantic's ErrorDetails
    """Return what pydantic found, in the words of somebody who writes the file."""
    words = _WORDS.get(fault["type"])
    if words is None:
        return str(fault["msg"]).removeprefix("Value error, ")
    expected = fault.get("ctx", {}).get("expected")
    return f"{words}: {expected}" if expected else words
