"""Whether a rule can hold at all, and whether it can fail: a search over the values at which its conditions turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from tragnetz.eligibility.facts import FACTS, HIGHEST_NUMBER, FactValue, Kind
from tragnetz.eligibility.rules import Condition, Group, Rule, Truth, conditions_of, evaluate

MOST_TRIED = 20_000  # verdicts; a rule that needs more is left without a hint
MOST_SORTS = 8  # of keys that conditions tell apart: 256 sets


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a rule can hold, and can fail; None when the search was too long."""

    can_hold: bool | None
    can_fail: bool | None


class _TooLongError(Exception):
    """The search was given up."""


def reach_of(rule: Rule) -> Reach:
    """Tell whether some household fits a rule, and whether some household does not."""
    by_fact: dict[str, list[Condition]] = {}
    for condition in conditions_of(rule):
        by_fact.setdefault(condition.fact, []).append(condition)
    values = {fact: _turning_values(fact, found) for fact, found in by_fact.items()}
    return Reach(_reaches(rule, values, Truth.YES), _reaches(rule, values, Truth.NO))


def clashes(rule: Rule | None) -> list[tuple[Condition, Condition]]:
    """Return pairs of conditions that must both hold and never can, for instance at least 30 and at most 20 years."""
    found = []
    for group in _groups(rule, negated=False):
        for one, other in combinations(group, 2):
            if one.fact == other.fact:
                both = Group("all", tuple(Group("not", (part,)) if part.negated else part for part in (one, other)))
                if reach_of(both).can_hold is False:
                    found.append((one, other))
    return found


def _groups(rule: Rule | None, *, negated: bool) -> Iterator[list[Condition]]:
    """Yield the conditions that must hold together, group by group; nested `all` join their parent."""
    if rule is None:
        return
    together: list[Condition] = []
    waiting = [(rule, negated)]
    while waiting:
        part, turned = waiting.pop()
        if isinstance(part, Condition):
            together.append(Condition(part.fact, part.operator, part.value, turned))
        elif part.kind == "not":
            waiting.append((part.rules[0], not turned))
        elif (part.kind == "all") != turned:
            waiting.extend((inner, turned) for inner in reversed(part.rules))
        else:
            for inner in part.rules:
                yield from _groups(inner, negated=turned)
    yield together


def _reaches(rule: Rule, values: dict[str, list[FactValue] | None], wanted: Truth) -> bool | None:
    tried = iter(range(MOST_TRIED))

    def search(known: dict[str, FactValue]) -> bool:
        if next(tried, None) is None:
            raise _TooLongError
        verdict = evaluate(rule, known)
        if verdict.truth is not Truth.UNKNOWN:
            return verdict.truth is wanted
        fact = verdict.missing[0].fact
        turning = values[fact]
        if turning is None:
            raise _TooLongError
        return any(search({**known, fact: value}) for value in turning)

    try:
        return search({})
    except _TooLongError:
        return None


def _turning_values(fact: str, found: list[Condition]) -> list[FactValue] | None:
    """Return values of a fact among which every combination of its conditions occurs."""
    kind = FACTS[fact]
    if kind.kind is Kind.BOOLEAN:
        return [True, False]
    if kind.kind is Kind.NUMBER:
        near = {int(one.value) + step for one in found if isinstance(one.value, int) for step in (-1, 0, 1)}
        return sorted(value for value in near if 0 <= value <= HIGHEST_NUMBER)
    named = [one.value if isinstance(one.value, frozenset) else frozenset({str(one.value)}) for one in found]
    sorts = {tuple(key in keys for keys in named): key for keys in named for key in sorted(keys)}
    if kind.kind in {Kind.CHOICE, Kind.KEY}:
        all_named = frozenset().union(*named)
        other = next((value for value in kind.values if value not in all_named), None) if kind.values else "-"
        return [*sorts.values(), *([other] if other else [])]
    if len(sorts) > MOST_SORTS:
        return None
    choices = product(*([(None, key) for key in sorts.values()]))
    return [frozenset(key for key in chosen if key) for chosen in choices]
