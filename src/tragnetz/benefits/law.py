"""Compiled law: loaded from its folder in some milliseconds, without gettsim."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from tragnetz.benefits.runtime import Array, Curve, LawError, Table, Values, prepared

JULY = 7
DTYPES = {"FloatColumn": np.float64, "IntColumn": np.int64, "BoolColumn": np.bool_}


@dataclass(frozen=True)
class Law:
    """The rules of one date. `inputs` are the columns that it wants, with their kind."""

    date: date
    gettsim: str
    inputs: Mapping[str, type]
    targets: tuple[str, ...]
    overrides: tuple[str, ...]
    _evaluate: Callable[[Mapping[str, Array], int, list[Any]], dict[str, Array]]
    _parameters: list[Any]

    def evaluate(self, columns: Mapping[str, Array]) -> dict[str, Array]:
        """Return each target as a column, persons in the order of their `p_id`.

        `columns` holds one value a person for each of `inputs`, and may hold amounts from a notice for `overrides` (not
        a number where there is none); any number of households at once. Raises LawError for
        columns that are missing, and for values that the law has no answer to.
        """
        missing = [name for name in self.inputs if name not in columns]
        if missing:
            message = f"The law of {self.date} also needs: {', '.join(sorted(missing))}."
            raise LawError(message)
        given = prepared(columns)
        with np.errstate(all="ignore"):  # both sides of a condition are computed, also the one that is not taken
            return self._evaluate(given, len(given["p_id"]), self._parameters)

    def blank(self, persons: int) -> dict[str, Array]:
        """Return all input columns with nothing in them: 0, false, and pointers to nobody."""
        columns: dict[str, Array] = {}
        for name, kind in self.inputs.items():
            leaf = name.rsplit("__", 1)[-1]
            columns[name] = np.full(persons, -1 if leaf.startswith("p_id_") else 0, dtype=kind)
        columns["p_id"] = np.arange(persons)
        return columns


def is_outrun(law: date, on: date) -> bool:
    """Whether amounts may have changed between the date of a law and a day: they mostly do on 1 January and 1 July."""
    return law < date(on.year, JULY if on.month >= JULY else 1, 1)


def load_law(folder: Path) -> Law:
    """Load the law of a folder that `tragnetz law build` wrote. Raises LawError when it is missing or was changed."""
    try:
        described = json.loads((folder / "law.json").read_text(encoding="utf-8"))
        source = (folder / "rules.py").read_text(encoding="utf-8")
    except OSError as error:
        message = f"There is no compiled law in {folder}: build it with `tragnetz law build`."
        raise LawError(message) from error
    if hashlib.sha256(source.encode()).hexdigest() != described["rules"]:
        message = f"The compiled law in {folder} was changed after it was built: build it again."
        raise LawError(message)
    namespace: dict[str, Any] = {}
    exec(compile(source, str(folder / "rules.py"), "exec"), namespace)  # noqa: S102 -- our own artefact, its hash checked
    return Law(
        date=date.fromisoformat(described["date"]),
        gettsim=described["gettsim"],
        inputs={name: DTYPES[kind] for name, kind in described["inputs"].items()},
        targets=tuple(described["targets"]),
        overrides=tuple(described["overrides"]),
        _evaluate=namespace["evaluate"],
        _parameters=[_decode(value) for value in described["parameters"]],
    )


def _decode(value: Any) -> Any:  # noqa: ANN401, PLR0911 -- what JSON holds, one answer a kind
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return np.asarray(value["array"], dtype=value["dtype"])
    if "scalar" in value:
        return np.dtype(value["dtype"]).type(value["scalar"])
    if "table" in value:
        return Table(value["name"], _decode(value["table"]), _decode(value["bases"]))
    if "curve" in value:
        return Curve(*(_decode(part) for part in value["curve"]))
    if "values" in value:
        return Values({name: _decode(inner) for name, inner in value["values"].items()})
    return {key: _decode(inner) for key, inner in value["map"]}
