"""Whatever is wrong with a record is told in German: every type of fault that our shapes can give has its words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from tragnetz.directory import shapes
from tragnetz.directory.hsds.reading import Problem
from tragnetz.directory.reasons import REASONS, reason_of
from tragnetz.network.shapes import Hours, Site

SERVICE = {
    "id": "kurs", "kind": "offer", "name": {"de": "Kurs"}, "summary": {"de": "Kurs"}, "description": {"de": "Kurs"},
    "topics": ["arbeit"], "source": {"title": "Test", "on": "2026-01-01"},
    "checked": {"state": "confirmed", "on": "2026-01-01"},
}  # fmt: skip
SITE = {"id": "haus", "name": "Haus", "street": "Weg"}
# One value of each sort that JSON has, and what people write wrong.
WRONG: list[Any] = [
    None, True, "", "x", "Ü" * 100, "\ud800", -1, 3, 1.5, 10**30, 10**9, float("nan"), float("inf"), [], [None], ["x"],
    {}, {"de": ""}, {"xx": "Text"}, {"x": 1}, {"fact": "age", "at_least": "viel"}, {"fact": "nichts", "is": 1},
    "2026-13-01", "2026-01-01T08:00", "25:00", "2026-01-01T99:00", 1e300, "vielleicht", "9" * 5000, "javascript:alert(1)",
]  # fmt: skip
PARTS: dict[str, list[dict[str, Any]]] = {
    "hours": [
        {"days": ["mo"], "opens": "08:00"}, {"days": ["mo"], "opens": "09:00", "closes": "08:00"},
        {"opens": "08:00", "closes": "09:00"}, {}, {"from": "2026-02-01", "until": "2026-01-01"},
        {"days": ["mo"], "opens": "08:00", "closes": "09:00", "every": 2},
    ],
}  # fmt: skip
NESTED = {
    "hours": Hours, "capacities": shapes.Capacity, "cost_options": shapes.CostOption, "waiting": shapes.Waiting,
    "date_rule": shapes.DateRule, "contact": shapes.Contact, "places": shapes.Place,
}  # fmt: skip


def faults_of(shape: type[BaseModel], given: Any) -> list[Any]:
    try:
        shape.model_validate(given)
    except ValidationError as error:
        return list(error.errors())
    return []


def all_faults() -> Iterator[Any]:
    """Put each wrong value into each field of each shape, and try the hours that contradict themselves."""
    for shape, whole in ((shapes.Service, SERVICE), (Site, SITE), *((one, {}) for one in NESTED.values())):
        yield from faults_of(shape, "kein Verzeichnis")
        yield from faults_of(shape, {**whole, "unbekannt": 1})
        for name, field in shape.model_fields.items():
            yield from faults_of(shape, {key: value for key, value in whole.items() if key != name})
            for value in WRONG:
                yield from faults_of(shape, {**whole, field.alias or name: value})
    for hours in PARTS["hours"]:
        yield from faults_of(Hours, hours)


FAULTS = {(fault["type"], str(fault["msg"])): fault for fault in all_faults()}


def test_the_search_finds_many_types_and_all_of_ours():
    types = {kind for kind, _message in FAULTS}

    assert len(types) > 25
    ours = {
        "no_german",
        "half_open",
        "closes_before",
        "no_days",
        "closed_since",
        "ends_before",
        "no_rhythm",
        "no_benefit",
    }
    assert types >= ours | {"value_error"}
    assert sorted(types - set(REASONS) - {"value_error"}) == []


@pytest.mark.parametrize("key", sorted(FAULTS))
def test_a_fault_is_told_in_german(key):
    told = reason_of(FAULTS[key])

    assert told
    assert "%(" not in told
    assert not re.search(r"\b(should|must|input|valid|is not|needs)\b", told.split("(")[0], re.IGNORECASE)


def test_a_problem_names_the_field_as_people_do():
    assert Problem("Zeile 3", "hours.0.closes", "fehlt").place == "Öffnungszeiten (hours.0.closes)"
    assert str(Problem("Zeile 3", "Telefon", "fehlt")) == "Zeile 3: Telefon: fehlt"
    assert str(Problem("Datei", "", "ist leer")) == "Datei: ist leer"
