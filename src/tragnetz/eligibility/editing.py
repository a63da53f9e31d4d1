"""A rule as a flat list of rows that a person edits one by one, and back. Nothing that was typed is ever lost.

A row may be half-filled: it keeps its words and is named with its fault. `unflatten` gives back every rule that
`flatten` took apart; `normalised` takes away what means nothing before a rule is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from tragnetz.eligibility.facts import FACTS, FactError, FactValue, Kind, clean_facts
from tragnetz.eligibility.rules import MAX_DEPTH, OPERATORS, Condition, Group, Rule

CONDITION = "fact"
GROUPS = ("all", "any", "not")
SEVERAL = frozenset({"in", "includes_any"})  # operators that take several values


class Fault(StrEnum):
    """What is wrong with a row; the page has the words."""

    NO_FACT = "no_fact"
    NO_VALUE = "no_value"
    NO_NUMBER = "no_number"
    ONE_ONLY = "one_only"
    UNFIT = "unfit"
    TOO_DEEP = "too_deep"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the editor: a condition, or a group whose parts are the deeper rows after it. `values` are as typed."""

    kind: str
    depth: int
    fact: str = ""
    operator: str = ""
    values: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether other rows may stand in it."""
        return self.kind != CONDITION


type Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What rows mean: the rule of all that is whole, and the faults of the rest by the number of the row."""

    rule: Rule | None
    faults: dict[int, Fault] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edited:
    """Rows after an operation, and the row to go on with."""

    rows: Rows
    at: int


def operators_of(fact: str) -> list[str]:
    """Return the operators that fit a fact, the most usual first."""
    if fact not in FACTS:
        return []
    usual = ("at_least", "at_most", "in", "includes_any", "is", "includes")
    return [name for name in usual if FACTS[fact].kind in OPERATORS[name][0]]


# Rule to rows and back.


def flatten(rule: Rule | None, depth: int = 0) -> Rows:
    """Return a rule as rows, each group before its parts."""
    if rule is None:
        return ()
    if isinstance(rule, Condition):
        return (Row(CONDITION, depth, rule.fact, rule.operator, _typed(rule.value)),)
    parts = [row for part in rule.rules for row in flatten(part, depth + 1)]
    return (Row(rule.kind, depth), *parts)


def _typed(value: FactValue) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return tuple(sorted(value)) if isinstance(value, frozenset) else (str(value),)


def unflatten(rows: Rows) -> Draft:
    """Read rows as a rule. Several rows on top must all hold; several under `not` are each forbidden."""
    faults: dict[int, Fault] = {}
    parts = list(_parts(rows, 0, len(rows), 0, faults))
    if not parts:
        return Draft(None, faults)
    return Draft(parts[0] if len(parts) == 1 else Group("all", tuple(parts)), faults)


def _parts(rows: Rows, start: int, end: int, depth: int, faults: dict[int, Fault]) -> Iterator[Rule]:
    at = start
    while at < end:
        after = end_of(rows, at)
        found = _rule(rows, at, min(after, end), depth, faults)
        if found is not None:
            yield found
        at = after


def _rule(rows: Rows, at: int, after: int, depth: int, faults: dict[int, Fault]) -> Rule | None:
    row = rows[at]
    if depth > MAX_DEPTH:
        faults[at] = Fault.TOO_DEEP
        return None
    if not row.is_group:
        found = condition_of(row)
        if isinstance(found, Fault):
            faults[at] = found
            return None
        return found
    several = row.kind == "not" and sum(1 for _part in parts_of(rows, at)) > 1
    parts = tuple(_parts(rows, at + 1, after, depth + (2 if several else 1), faults))
    if not parts:
        return None
    if row.kind != "not":
        return Group(row.kind, parts)
    return Group("not", parts if len(parts) == 1 else (Group("any", parts),))


def condition_of(row: Row) -> Condition | Fault:
    """Read one condition, or say what is wrong with it."""
    if row.fact not in FACTS:
        return Fault.NO_FACT
    if row.operator not in operators_of(row.fact):
        return Fault.UNFIT
    typed = [value.strip() for value in row.values if value.strip()]
    if not typed:
        return Fault.NO_VALUE
    if len(typed) > 1 and row.operator not in SEVERAL:
        return Fault.ONE_ONLY
    try:
        values = [_one(row.fact, value) for value in typed]
    except FactError:
        return Fault.NO_NUMBER if FACTS[row.fact].kind is Kind.NUMBER else Fault.UNFIT
    several = row.operator in SEVERAL
    return Condition(row.fact, row.operator, frozenset(map(str, values)) if several else values[0])


def _one(fact: str, value: str) -> FactValue:
    found = clean_facts({fact: value})[fact]
    return next(iter(found)) if isinstance(found, frozenset) else found


def to_data(rule: Rule) -> dict[str, Any]:
    """Return a rule as it stands in files and rows: the inverse of `parse_rule`."""
    if isinstance(rule, Condition):
        value = sorted(rule.value) if isinstance(rule.value, frozenset) else rule.value
        return {"fact": rule.fact, rule.operator: value}
    if rule.kind == "not":
        return {"not": to_data(rule.rules[0])}
    return {rule.kind: [to_data(part) for part in rule.rules]}


def normalised(rule: Rule | None) -> Rule | None:
    """Return the same rule without groups of one part and without double negation."""
    if rule is None or isinstance(rule, Condition):
        return rule
    parts = tuple(part for part in map(normalised, rule.rules) if part is not None)
    if not parts:
        return None
    if rule.kind == "not":
        (inner,) = parts
        return inner.rules[0] if isinstance(inner, Group) and inner.kind == "not" else Group("not", parts)
    return parts[0] if len(parts) == 1 else Group(rule.kind, parts)


def opened(rule: Rule | None) -> Rows:
    """Return a rule as rows to edit: under one group, and `not any` as one group of what is forbidden."""
    whole = rule if isinstance(rule, Group) and rule.kind != "not" else Group("all", () if rule is None else (rule,))
    rows = flatten(whole)
    at = 1
    while at < len(rows):
        if rows[at].kind == "any" and rows[at - 1].kind == "not" and rows[at].depth == rows[at - 1].depth + 1:
            rows = (*rows[:at], *_deeper(rows[at + 1 : end_of(rows, at)], -1), *rows[end_of(rows, at) :])
        else:
            at += 1
    return rows


# Where rows stand.


def end_of(rows: Rows, at: int) -> int:
    """Return the number of the row after a row and all that stands in it."""
    after = at + 1
    while after < len(rows) and rows[after].depth > rows[at].depth:
        after += 1
    return after


def parts_of(rows: Rows, at: int) -> Iterator[int]:
    """Yield the numbers of the rows that stand directly in a group."""
    inner, end = at + 1, end_of(rows, at)
    while inner < end:
        yield inner
        inner = end_of(rows, inner)


def parent_of(rows: Rows, at: int) -> int | None:
    """Return the number of the group in which a row stands."""
    return next((above for above in range(at - 1, -1, -1) if rows[above].depth < rows[at].depth), None)


def _before(rows: Rows, at: int) -> int | None:
    parent = parent_of(rows, at)
    siblings = [one for one in range(at) if rows[one].depth == rows[at].depth and parent_of(rows, one) == parent]
    return siblings[-1] if siblings else None


def _deeper(rows: Rows, by: int) -> Rows:
    return tuple(replace(row, depth=row.depth + by) for row in rows)


def _cut(rows: Rows, at: int) -> tuple[Rows, Rows]:
    """Return a row with all that stands in it, and the rest."""
    end = end_of(rows, at)
    return rows[at:end], (*rows[:at], *rows[end:])


def fitted(rows: Rows) -> Rows:
    """Return rows whose depths make sense, whatever was sent: each stands in a group above it, all in the first one."""
    found: list[Row] = []
    for row in rows:
        above = found[-1] if found else None
        if above is None:
            found.append(replace(row, depth=0) if row.is_group else Row("all", 0))
            if row.is_group:
                continue
            above = found[0]
        deepest = above.depth + 1 if above.is_group else above.depth
        found.append(replace(row, depth=min(max(row.depth, 1), deepest)))
    return tuple(found) or (Row("all", 0),)


# Operations: each takes rows and the number of a row.


def add_condition(rows: Rows, at: int) -> Edited:
    """Put an empty condition into a group, or after a condition."""
    place, depth = (end_of(rows, at), rows[at].depth + rows[at].is_group)
    return Edited((*rows[:place], Row(CONDITION, depth), *rows[place:]), place)


def add_group(rows: Rows, at: int, kind: str) -> Edited:
    """Put a group with an empty condition into a group, or after a condition."""
    place, depth = (end_of(rows, at), rows[at].depth + rows[at].is_group)
    return Edited((*rows[:place], Row(kind, depth), Row(CONDITION, depth + 1), *rows[place:]), place + 1)


def remove(rows: Rows, at: int) -> Edited:
    """Take a row away with all that stands in it; the first group stays, emptied."""
    if at == 0:
        return Edited(rows[:1], 0)
    _gone, rest = _cut(rows, at)
    return Edited(rest, min(at, len(rest) - 1))


def move_up(rows: Rows, at: int) -> Edited:
    """Put a row before the one above it; the first of a group leaves the group."""
    before = _before(rows, at)
    moved, rest = _cut(rows, at)
    if before is not None:
        return Edited((*rest[:before], *moved, *rest[before:]), before)
    parent = parent_of(rows, at)
    if not parent:
        return Edited(rows, at)
    return Edited((*rest[:parent], *_deeper(moved, -1), *rest[parent:]), parent)


def move_down(rows: Rows, at: int) -> Edited:
    """Put a row after the one below it; the last of a group leaves the group."""
    end = end_of(rows, at)
    moved, rest = _cut(rows, at)
    parent = parent_of(rows, at)
    if end < len(rows) and rows[end].depth == rows[at].depth:
        place = at + end_of(rows, end) - end
        return Edited((*rest[:place], *moved, *rest[place:]), place)
    if not parent:
        return Edited(rows, at)
    return Edited((*rest[:at], *_deeper(moved, -1), *rest[at:]), at)


def indent(rows: Rows, at: int, kind: str = "any") -> Edited:
    """Put a row into the group before it; without one, into a new group of its own."""
    if at == 0:
        return Edited(rows, at)
    before = _before(rows, at)
    moved, rest = _cut(rows, at)
    if before is not None and rows[before].is_group:
        return Edited((*rest[:at], *_deeper(moved, 1), *rest[at:]), at)
    return Edited((*rest[:at], Row(kind, rows[at].depth), *_deeper(moved, 1), *rest[at:]), at + 1)


def negate(rows: Rows, at: int) -> Edited:
    """Say the opposite: put `not` around a row, or take away the `not` that stands around it alone."""
    if at == 0:
        return Edited(rows, at)
    moved, rest = _cut(rows, at)
    parent = parent_of(rows, at)
    if rows[at].kind == "not":
        return _opposite_of_not(rows, at)
    if parent and rows[parent].kind == "not" and end_of(rows, parent) == end_of(rows, at) and at == parent + 1:
        return Edited((*rest[:parent], *_deeper(moved, -1), *rest[at:]), parent)
    return Edited((*rest[:at], Row("not", rows[at].depth), *_deeper(moved, 1), *rest[at:]), at + 1)


def _opposite_of_not(rows: Rows, at: int) -> Edited:
    if sum(1 for _part in parts_of(rows, at)) > 1:
        return Edited((*rows[:at], replace(rows[at], kind="any"), *rows[at + 1 :]), at)
    end = end_of(rows, at)
    return Edited((*rows[:at], *_deeper(rows[at + 1 : end], -1), *rows[end:]), min(at, len(rows) - 2))


def change_fact(row: Row, fact: str) -> Row:
    """Ask another fact: operator and values that do not fit it are let go, a number stays a number."""
    fitting = operators_of(fact)
    kinds = [FACTS[name].kind for name in (row.fact, fact) if name in FACTS]
    keeps = kinds == [Kind.NUMBER, Kind.NUMBER]
    operator = row.operator if keeps and row.operator in fitting else next(iter(fitting), "")
    values = row.values if keeps else (("yes",) if kinds[-1:] == [Kind.BOOLEAN] and fact in FACTS else ())
    return replace(row, fact=fact, operator=operator, values=values)
