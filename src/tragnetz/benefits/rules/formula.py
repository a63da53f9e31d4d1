"""Formulas: a few of Python's expressions, over columns. Nothing else can be said in them, so nothing else runs."""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn, Protocol

import numpy as np

from tragnetz.benefits.rules.columns import Column, chosen, constant, unknown
from tragnetz.benefits.runtime import Array

LONGEST = 600


class Kind(StrEnum):
    """What a formula gives."""

    NUMBER = "number"
    TRUTH = "yes or no"
    TEXT = "a word"


type Parameter = float | bool | str | Mapping[int, float]


class Scope(Protocol):
    """What a formula sees while it is computed."""

    @property
    def size(self) -> int:
        """The number of persons."""

    def column(self, name: str) -> Column:
        """Return a fact, a step or a benefit by name."""

    def parameter(self, name: str) -> Parameter:
        """Return a parameter as it is on the day."""

    def over(self, group: str, column: Column, how: str) -> Column:
        """Return a sum, count or any over the household or the Bedarfsgemeinschaft."""

    def wage(self, what: str, gross: Column, tax_class: Column) -> Column:
        """Return the tax or the net of a gross wage by the law of the day."""

    def receives(self, benefit: str) -> Column:
        """Return whether somebody of the household gets a benefit by a notice."""


class FormulaError(ValueError):
    """A formula that cannot be read."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: what it gives, which names it uses, and how to compute it."""

    text: str
    kind: Kind
    names: frozenset[str]
    received: frozenset[str]
    compute: Callable[[Scope], Column]


ARITHMETIC: dict[type[ast.operator], Callable[[Array, Array], Array]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Div: operator.truediv,
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}  # fmt: skip
GROUPS = ("household", "family")
WAYS = {"sum": Kind.NUMBER, "any": Kind.TRUTH, "count": Kind.TRUTH}
PAIR = 2


def read_formula(text: str, names: Mapping[str, Kind], parameters: frozenset[str]) -> Formula:
    """Read a formula. `names` are the facts, steps and benefits that it may use. Raises FormulaError."""
    if len(text) > LONGEST:
        message = f"is longer than {LONGEST} characters: use steps"
        raise FormulaError(message)
    try:
        tree = ast.parse(text.strip().replace("\n", " "), mode="eval").body
    except SyntaxError as error:
        message = f"cannot be read: {error.msg}"
        raise FormulaError(message) from error
    reader = _Reader(names, parameters)
    kind, compute = reader.read(tree)
    return Formula(text, kind, frozenset(reader.used), frozenset(reader.received), compute)


type Read = tuple[Kind, Callable[[Scope], Column]]


class _Reader:
    """Walks the tree of one expression; each method returns the kind and the function that computes it."""

    def __init__(self, names: Mapping[str, Kind], parameters: frozenset[str]) -> None:
        self.names = names
        self.parameters = parameters
        self.used: set[str] = set()
        self.received: set[str] = set()

    def read(self, node: ast.expr) -> Read:
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            self._refuse(node, "cannot be said in a formula")
        found: Read = method(node)
        return found

    def _refuse(self, node: ast.AST, reason: str) -> NoReturn:
        message = f"`{ast.unparse(node)}` {reason}"
        raise FormulaError(message)

    def _want(self, node: ast.expr, kind: Kind) -> Callable[[Scope], Column]:
        found, compute = self.read(node)
        if found is not kind:
            self._refuse(node, f"is {found}, where {kind} is needed")
        return compute

    def _constant(self, node: ast.Constant) -> Read:
        value = node.value
        if isinstance(value, bool):
            return Kind.TRUTH, lambda scope: constant(value, scope.size)
        if isinstance(value, int | float):
            return Kind.NUMBER, lambda scope: constant(float(value), scope.size)
        if not isinstance(value, str):
            self._refuse(node, "cannot be said in a formula")
        return Kind.TEXT, lambda scope: constant(value, scope.size)

    def _name(self, node: ast.Name) -> Read:
        name = node.id
        if name == "unknown":
            return Kind.NUMBER, lambda scope: unknown(scope.size)
        if name in self.parameters:
            return Kind.NUMBER, lambda scope: constant(_number(name, scope.parameter(name)), scope.size)
        if name not in self.names:
            self._refuse(node, "is not a fact, a step, a parameter or a benefit")
        self.used.add(name)
        return self.names[name], lambda scope: scope.column(name)

    def _boolop(self, node: ast.BoolOp) -> Read:
        parts = [self._want(value, Kind.TRUTH) for value in node.values]
        every = isinstance(node.op, ast.And)

        def compute(scope: Scope) -> Column:
            result = parts[0](scope)
            for part in parts[1:]:
                result = result & part(scope) if every else result | part(scope)
            return result

        return Kind.TRUTH, compute

    def _unaryop(self, node: ast.UnaryOp) -> Read:
        if isinstance(node.op, ast.Not):
            inner = self._want(node.operand, Kind.TRUTH)
            return Kind.TRUTH, lambda scope: ~inner(scope)
        if not isinstance(node.op, ast.USub):
            self._refuse(node, "cannot be said in a formula")
        number = self._want(node.operand, Kind.NUMBER)

        def negative(scope: Scope) -> Column:
            column = number(scope)
            return Column(-column.data, column.known)

        return Kind.NUMBER, negative

    def _binop(self, node: ast.BinOp) -> Read:
        left, right = self._want(node.left, Kind.NUMBER), self._want(node.right, Kind.NUMBER)
        if isinstance(node.op, ast.Mult):
            return Kind.NUMBER, lambda scope: left(scope).times(right(scope))
        operation = ARITHMETIC.get(type(node.op))
        if operation is None:
            self._refuse(node, "uses a sign that formulas do not know: + - * / are known")
        return Kind.NUMBER, lambda scope: left(scope).combined(right(scope), operation)

    def _compare(self, node: ast.Compare) -> Read:
        if isinstance(node.ops[0], ast.In) and len(node.ops) == 1:
            return self._within(node)
        values = [node.left, *node.comparators]
        parts: list[Callable[[Scope], Column]] = []
        for left, sign, right in zip(values, node.ops, values[1:], strict=False):
            operation = COMPARISONS.get(type(sign))
            (one, first), (other, second) = self.read(left), self.read(right)
            if operation is None or one is not other:
                self._refuse(node, f"compares {one} with {other}" if operation else "cannot be said in a formula")
            if one is not Kind.NUMBER and not isinstance(sign, ast.Eq | ast.NotEq):
                self._refuse(node, "can only be compared by == or !=")
            parts.append(_comparison(first, second, operation))

        def compute(scope: Scope) -> Column:
            result = parts[0](scope)
            for part in parts[1:]:
                result &= part(scope)
            return result

        return Kind.TRUTH, compute

    def _within(self, node: ast.Compare) -> Read:
        word, choices = self._want(node.left, Kind.TEXT), node.comparators[0]
        if not isinstance(choices, ast.List | ast.Tuple) or not all(
            isinstance(item, ast.Constant) and isinstance(item.value, str) for item in choices.elts
        ):
            self._refuse(choices, "must be a list of words")
        allowed = [str(item.value) for item in choices.elts if isinstance(item, ast.Constant)]

        def compute(scope: Scope) -> Column:
            column = word(scope)
            return Column(np.isin(column.data.astype(str), allowed), column.known)

        return Kind.TRUTH, compute

    def _call(self, node: ast.Call) -> Read:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if node.keywords:
            self._refuse(node, "takes its values by place")
        method = getattr(self, f"_call_{name}", None)
        if method is not None:
            found: Read = method(node)
            return found
        how, _sign, group = name.partition("_of_")
        if how not in WAYS or group not in GROUPS:
            self._refuse(node, "calls a function that formulas do not have")
        inner = self._want(self._arguments(node, 1)[0], WAYS[how])
        kind = Kind.TRUTH if how == "any" else Kind.NUMBER
        return kind, lambda scope: scope.over(group, inner(scope), how)

    def _arguments(self, node: ast.Call, count: int) -> list[ast.expr]:
        if len(node.args) != count:
            self._refuse(node, f"needs {count} values, not {len(node.args)}")
        return node.args

    def _call_where(self, node: ast.Call) -> Read:
        condition, yes, no = self._arguments(node, 3)
        truth, left, right = (
            self._want(condition, Kind.TRUTH),
            self._want(yes, Kind.NUMBER),
            self._want(no, Kind.NUMBER),
        )
        return Kind.NUMBER, lambda scope: chosen(truth(scope), left(scope), right(scope))

    def _extreme(self, node: ast.Call, operation: Callable[[Array, Array], Array]) -> Read:
        parts = [self._want(value, Kind.NUMBER) for value in node.args]
        if len(parts) < PAIR:
            self._refuse(node, "needs at least 2 values")

        def compute(scope: Scope) -> Column:
            result = parts[0](scope)
            for part in parts[1:]:
                result = result.combined(part(scope), operation)
            return result

        return Kind.NUMBER, compute

    def _call_min(self, node: ast.Call) -> Read:
        return self._extreme(node, np.minimum)

    def _call_max(self, node: ast.Call) -> Read:
        return self._extreme(node, np.maximum)

    def _call_round(self, node: ast.Call) -> Read:
        value, step = self._arguments(node, 2)
        number, grid = self._want(value, Kind.NUMBER), self._want(step, Kind.NUMBER)
        return Kind.NUMBER, lambda scope: number(scope).combined(grid(scope), _rounded)

    def _table(self, node: ast.Call) -> tuple[Callable[[Scope], Column], str]:
        key, table = self._arguments(node, 2)
        if not isinstance(table, ast.Name) or table.id not in self.parameters:
            self._refuse(table, "must be a parameter that is a table")
        return self._want(key, Kind.NUMBER), table.id

    def _call_pick(self, node: ast.Call) -> Read:
        key, name = self._table(node)

        def compute(scope: Scope) -> Column:
            column, table = key(scope), _table_of(name, scope.parameter(name))
            found = np.array([table.get(int(value), np.nan) for value in column.data])
            return Column(np.nan_to_num(found), column.known & ~np.isnan(found))

        return Kind.NUMBER, compute

    def _call_step(self, node: ast.Call) -> Read:
        key, name = self._table(node)

        def compute(scope: Scope) -> Column:
            column, table = key(scope), _table_of(name, scope.parameter(name))
            starts = np.array(sorted(table))
            place = np.searchsorted(starts, column.data, side="right") - 1
            amounts = np.array([table[int(start)] for start in starts] or [0.0])
            return Column(amounts[np.maximum(place, 0)], column.known & (place >= 0))

        return Kind.NUMBER, compute

    def _call_wage_tax(self, node: ast.Call) -> Read:
        return self._wage(node, "tax")

    def _call_net_wage(self, node: ast.Call) -> Read:
        return self._wage(node, "net")

    def _wage(self, node: ast.Call, what: str) -> Read:
        gross, tax_class = (self._want(value, Kind.NUMBER) for value in self._arguments(node, 2))
        return Kind.NUMBER, lambda scope: scope.wage(what, gross(scope), tax_class(scope))

    def _call_receives(self, node: ast.Call) -> Read:
        (benefit,) = self._arguments(node, 1)
        if not isinstance(benefit, ast.Constant) or not isinstance(benefit.value, str):
            self._refuse(node, "needs the name of a benefit in quotes")
        name = benefit.value
        self.received.add(name)
        return Kind.TRUTH, lambda scope: scope.receives(name)


def _comparison(
    left: Callable[[Scope], Column], right: Callable[[Scope], Column], operation: Callable[[Any, Any], Any]
) -> Callable[[Scope], Column]:
    def compute(scope: Scope) -> Column:
        one, other = left(scope), right(scope)
        return Column(np.asarray(operation(one.data, other.data), dtype=bool), one.known & other.known)

    return compute


def _rounded(value: Array, step: Array) -> Array:
    """Half goes up, as in the law's tables."""
    rounded: Array = np.floor(value / step + 0.5) * step
    return rounded


def _number(name: str, value: Parameter) -> float:
    if isinstance(value, Mapping):
        message = f"{name} is a table: use pick or step"
        raise FormulaError(message)
    return float(value)


def _table_of(name: str, value: Parameter) -> Mapping[int, float]:
    if not isinstance(value, Mapping):
        message = f"{name} is one number, not a table"
        raise FormulaError(message)
    return value
