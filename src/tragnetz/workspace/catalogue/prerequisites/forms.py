"""Rows of a rule as fields of a page, and back: whatever was typed comes back, whole or not.

Knows nothing of services: any rule may be edited with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from tragnetz.core.forms import whole_number
from tragnetz.eligibility import editing
from tragnetz.eligibility.editing import CONDITION, Edited, Fault, Row, Rows, normalised, unflatten
from tragnetz.eligibility.facts import FACTS, Kind
from tragnetz.workspace.catalogue.prerequisites.trial import try_rule
from tragnetz.workspace.catalogue.prerequisites.words import (
    FAULTS,
    GROUPS,
    THEMES,
    UNITS,
    operator_label,
    values_of,
)

MOST_ROWS = 120
DEEPEST_SHOWN = 5
_EARLY = {Fault.NO_FACT, Fault.NO_VALUE}  # of a row that somebody is still filling
_DOING: dict[str, Callable[[Rows, int], Edited]] = {
    "add": editing.add_condition,
    "group": lambda rows, at: editing.add_group(rows, at, "any"),
    "remove": editing.remove,
    "up": editing.move_up,
    "down": editing.move_down,
    "indent": editing.indent,
    "negate": editing.negate,
    "show": Edited,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the page shows it. `ends` are the groups that end after it, each with how far it is set in."""

    number: int
    row: Row
    focused: bool
    fault: str
    widget: str = ""
    unit: str = ""
    operators: list[tuple[str, str]] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    ends: list[tuple[int, int]] = field(default_factory=list)

    @property
    def value(self) -> str:
        """The one value of a number or a yes and no."""
        return self.row.values[0] if self.row.values else ""

    @property
    def step(self) -> int:
        """How far it is set in; from the fifth level on the page stays as it is, phones are narrow."""
        return _step(self.row)


def _step(row: Row) -> int:
    return min(row.depth, DEEPEST_SHOWN)


def read_rows(sent: QueryDict) -> Rows:
    """Return the rows of a page as it was sent. Another fact than the fields were made for lets go of its value."""
    rows = []
    for number in range(min(whole_number(sent.get("rows", "")) or 0, MOST_ROWS)):
        kind = sent.get(f"kind-{number}", CONDITION)
        depth = whole_number(sent.get(f"depth-{number}", "")) or 0
        if kind in editing.GROUPS:
            rows.append(Row(kind, depth))
            continue
        asked, was = sent.get(f"fact-{number}", ""), sent.get(f"was-{number}", "")
        typed = tuple(value for value in sent.getlist(f"value-{number}") if value)
        row = Row(CONDITION, depth, was, sent.get(f"operator-{number}", ""), typed)
        rows.append(row if asked == was else editing.change_fact(row, asked))
    return editing.fitted(tuple(rows))


def edited(sent: QueryDict) -> Edited:
    """Return the rows after what the person asked for, and the row to go on with."""
    rows = read_rows(sent)
    name, _colon, number = sent.get("do", "").partition(":")
    at = whole_number(number) or 0
    if name not in _DOING or at >= len(rows):
        return Edited(rows, -1)
    done = _DOING[name](rows, at)
    return done if len(done.rows) <= MOST_ROWS else Edited(rows, at)


def shown_rows(rows: Rows, faults: dict[int, Fault], *, focus: int = -1, strict: bool = False) -> list[Shown]:
    """Return rows as fields; what is merely not filled yet is a fault only once somebody wants to keep it."""
    ends: dict[int, list[tuple[int, int]]] = {}
    for number, row in enumerate(rows):
        if row.is_group:
            ends.setdefault(editing.end_of(rows, number) - 1, []).insert(0, (number, _step(row)))
    found = []
    for number, row in enumerate(rows):
        fault = faults.get(number)
        told = str(FAULTS[fault]) if fault and (strict or fault not in _EARLY) else ""
        fields = {} if row.is_group else _fields(row)
        found.append(Shown(number, row, number == focus, told, ends=ends.get(number, []), **fields))
    return found


def _fields(row: Row) -> dict[str, Any]:
    if row.fact not in FACTS:
        return {}
    kind = FACTS[row.fact].kind
    operators = [(name, operator_label(row.fact, name)) for name in editing.operators_of(row.fact)]
    found: dict[str, Any] = {"operators": operators, "unit": str(UNITS.get(row.fact, ""))}
    if kind is Kind.BOOLEAN:
        return found | {"widget": "yes_no"}
    if kind is Kind.NUMBER:
        return found | {"widget": "number"}
    values = values_of(row.fact)
    known = {key for key, _name in values}
    # A value that the city does not have any more stays in sight until somebody takes it away.
    values += [(key, key) for key in row.values if key not in known]
    return found | {
        "widget": "several",
        "values": values,
        "chosen": [name for key, name in values if key in row.values],
    }


def editor(now: Edited, *, strict: bool, saving: bool) -> dict[str, Any]:
    """Return all that the template of the editor needs for rows, whatever their rule is about."""
    draft = unflatten(now.rows)
    rows = shown_rows(now.rows, draft.faults, focus=now.at, strict=strict)
    return {
        "rows": rows,
        "faulty": [row for row in rows if row.fault] if saving else [],
        "strict": strict,
        # An import may bring a rule that the page would cut: it is shown, not edited.
        "too_long": len(rows) > MOST_ROWS,
        "trial": try_rule(normalised(draft.rule)),
        "groups": list(GROUPS.items()),
        "themes": [(theme, list(facts.items())) for theme, facts in THEMES],
    }
