"""Rules: read from data, evaluated in Kleene's three-valued logic, with the conditions that decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from tragnetz.eligibility.facts import FACTS, FactError, Facts, FactValue, Kind, clean_facts

MAX_DEPTH = 12


class Truth(Enum):
    """Kleene's three values."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def negated(self) -> "Truth":
        """Return the opposite; the opposite of unknown is unknown."""
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}[self]


class RuleError(ValueError):
    """A rule that cannot be read: where in it, and what is wrong."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one fact. `negated` is set when it stands under `not`: it must then not hold."""

    fact: str
    operator: str
    value: FactValue
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """`all`, `any` or `not` of rules."""

    kind: str
    rules: tuple["Rule", ...]


type Rule = Condition | Group


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule holds, and why: what is met, what fails, and what is still to be asked."""

    truth: Truth
    met: tuple[Condition, ...] = ()
    failed: tuple[Condition, ...] = ()
    missing: tuple[Condition, ...] = ()


OPERATORS: dict[str, tuple[frozenset[Kind], Callable[[Any, Any], bool]]] = {
    "is": (frozenset({Kind.BOOLEAN, Kind.CHOICE, Kind.KEY, Kind.NUMBER}), lambda fact, value: bool(fact == value)),
    "in": (frozenset({Kind.CHOICE, Kind.KEY}), lambda fact, value: fact in value),
    "at_least": (frozenset({Kind.NUMBER}), lambda fact, value: bool(fact >= value)),
    "at_most": (frozenset({Kind.NUMBER}), lambda fact, value: bool(fact <= value)),
    "includes": (frozenset({Kind.SET, Kind.KEYS}), lambda fact, value: value in fact),
    "includes_any": (frozenset({Kind.SET, Kind.KEYS}), lambda fact, value: not value.isdisjoint(fact)),
}


def parse_rule(data: object, where: str = "rule", depth: int = 0) -> Rule:
    """Read a rule from data as it stands in a city's files. Raises RuleError with the path to the fault."""
    if not isinstance(data, Mapping) or not data:
        raise RuleError(where, "a rule is a map with `fact`, `all`, `any` or `not`")
    if depth > MAX_DEPTH:
        raise RuleError(where, "nested too deeply")
    if "fact" in data:
        return _parse_condition(data, where)
    if len(data) != 1:
        raise RuleError(where, f"one of all, any, not is expected, not {', '.join(map(str, data))}")
    ((kind, inner),) = data.items()
    if kind == "not":
        return Group("not", (parse_rule(inner, f"{where}.not", depth + 1),))
    if kind not in {"all", "any"}:
        raise RuleError(where, f"`{kind}` is not known; use fact, all, any or not")
    if not isinstance(inner, list) or not inner:
        raise RuleError(f"{where}.{kind}", "needs a list of rules")
    return Group(kind, tuple(parse_rule(rule, f"{where}.{kind}[{n}]", depth + 1) for n, rule in enumerate(inner)))


def _parse_condition(data: Mapping[Any, object], where: str) -> Condition:
    name = str(data["fact"])
    if name not in FACTS:
        raise RuleError(where, f"the fact `{name}` does not exist")
    operators = [key for key in data if key != "fact"]
    if len(operators) != 1 or operators[0] not in OPERATORS:
        raise RuleError(where, f"needs exactly one of {', '.join(OPERATORS)}")
    (operator,) = operators
    kinds, _test = OPERATORS[operator]
    if FACTS[name].kind not in kinds:
        raise RuleError(where, f"`{operator}` does not fit the fact `{name}`")
    return Condition(name, operator, _parse_value(name, operator, data[operator], where))


def _parse_value(name: str, operator: str, value: object, where: str) -> FactValue:
    try:
        if operator in {"in", "includes_any"}:
            if not isinstance(value, list) or not value:
                raise RuleError(where, f"`{operator}` needs a list")
            return frozenset(str(_clean_one(name, item)) for item in value)
        return _clean_one(name, value)
    except FactError as error:
        raise RuleError(where, error.reason) from error


def _clean_one(name: str, value: object) -> FactValue:
    cleaned = clean_facts({name: value})
    if name not in cleaned:
        raise FactError(name, "needs a value")
    found = cleaned[name]
    return next(iter(found)) if isinstance(found, frozenset) else found


def conditions_of(rule: Rule | None) -> Iterator[Condition]:
    """Yield all conditions of a rule."""
    if isinstance(rule, Condition):
        yield rule
    elif rule is not None:
        for part in rule.rules:
            yield from conditions_of(part)


def evaluate(rule: Rule | None, facts: Facts) -> Verdict:
    """Tell whether a rule holds for what is known. No rule at all holds for everybody."""
    if rule is None:
        return Verdict(Truth.YES)
    return _evaluate(rule, facts, negated=False)


def _evaluate(rule: Rule, facts: Facts, *, negated: bool) -> Verdict:
    if isinstance(rule, Condition):
        return _test(rule, facts, negated=negated)
    if rule.kind == "not":
        return _evaluate(rule.rules[0], facts, negated=not negated)
    parts = [_evaluate(part, facts, negated=negated) for part in rule.rules]
    # De Morgan: under `not`, all becomes any.
    every = (rule.kind == "all") != negated
    return _all(parts) if every else _any(parts)


def _test(condition: Condition, facts: Facts, *, negated: bool) -> Verdict:
    shown = replace(condition, negated=negated)
    if condition.fact not in facts:
        return Verdict(Truth.UNKNOWN, missing=(shown,))
    _kinds, holds = OPERATORS[condition.operator]
    if holds(facts[condition.fact], condition.value) != negated:
        return Verdict(Truth.YES, met=(shown,))
    return Verdict(Truth.NO, failed=(shown,))


def _all(parts: Iterable[Verdict]) -> Verdict:
    parts = list(parts)
    met = _joined(part.met for part in parts if part.truth is Truth.YES)
    failed = [part for part in parts if part.truth is Truth.NO]
    if failed:
        return Verdict(Truth.NO, met=met, failed=_joined(part.failed for part in failed))
    open_parts = [part for part in parts if part.truth is Truth.UNKNOWN]
    if open_parts:
        met = _joined([met, *(part.met for part in open_parts)])
        return Verdict(Truth.UNKNOWN, met=met, missing=_joined(part.missing for part in open_parts))
    return Verdict(Truth.YES, met=met)


def _any(parts: Iterable[Verdict]) -> Verdict:
    parts = list(parts)
    met = [part for part in parts if part.truth is Truth.YES]
    if met:
        return Verdict(Truth.YES, met=_joined(part.met for part in met))
    open_parts = [part for part in parts if part.truth is Truth.UNKNOWN]
    if open_parts:
        return Verdict(Truth.UNKNOWN, missing=_joined(part.missing for part in open_parts))
    return Verdict(Truth.NO, failed=_joined(part.failed for part in parts))


def _joined(groups: Iterable[tuple[Condition, ...]]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(condition for group in groups for condition in group))
