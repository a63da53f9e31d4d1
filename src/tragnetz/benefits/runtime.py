"""What compiled law calls: a few NumPy functions that give to the last bit what gettsim's own give.

Groups are numbered from 0 without gaps; a person's row is its number; -1 points to nobody.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Array = NDArray[Any]


class LawError(ValueError):
    """The law cannot answer for these values; the text says which."""


class Values:
    """Parameters that belong together, by attribute or by key."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)


class Table:
    """A table of numbers by whole-number keys, one or more of them.

    gettsim's own table reads beside its ends silently or with a bare IndexError; this one names the key.
    """

    def __init__(self, name: str, values: Array, bases: Array) -> None:
        self.name = name
        self.shape = np.asarray(values.shape)
        self.values = values.ravel()
        self.bases = bases
        self.steps = np.concatenate([np.cumprod(self.shape[::-1])[::-1][1:], [1]])

    def look_up(self, *keys: Array | float) -> Any:  # noqa: ANN401 -- an array for arrays, a number for numbers
        """Return the values for keys. Raises LawError for a key outside of the table."""
        index = np.asarray(keys[0]) - self.bases[0]
        self._check(index, 0)
        position = index * self.steps[0] if len(keys) > 1 else index
        for axis, key in enumerate(keys[1:], start=1):
            index = np.asarray(key) - self.bases[axis]
            self._check(index, axis)
            position = position + index * self.steps[axis]
        return self.values[position]

    def _check(self, index: Array, axis: int) -> None:
        outside = (index < 0) | (index >= self.shape[axis])
        if outside.any():
            wrong = int(np.atleast_1d(index)[np.atleast_1d(outside)][0] + self.bases[axis])
            least, most = self.bases[axis], self.bases[axis] + self.shape[axis] - 1
            message = f"{self.name}: the law knows {least} to {most}, not {wrong}."
            raise LawError(message)


class Piece:
    """One interval of a curve."""

    def __init__(self, intercept: Any, coefficients: Array) -> None:  # noqa: ANN401 -- a NumPy scalar of the curve's kind
        self.intercept = intercept
        self.coefficients = coefficients

    @property
    def slope(self) -> Any:  # noqa: ANN401 -- as above
        """The linear part."""
        return self.coefficients[0]

    @property
    def quadratic(self) -> Any:  # noqa: ANN401 -- as above
        """The quadratic part."""
        return self.coefficients[1]


class Curve:
    """A function that is a polynomial between thresholds; outside of them it is not a number."""

    def __init__(self, thresholds: Array, intercepts: Array, coefficients: Array) -> None:
        self.thresholds = thresholds
        self.intercepts = intercepts
        self.coefficients = coefficients
        self.last = coefficients.shape[0] - 1
        self.powers = np.arange(1, coefficients.shape[1] + 1, 1)
        lower = thresholds[: self.last + 1]
        self.from_below = lower == -np.inf
        self.lower = np.where(self.from_below, 0, lower)

    def __getitem__(self, index: int) -> Piece:
        return Piece(self.intercepts[index], self.coefficients[index])


def piecewise(x: Any, parameters: Curve, xnp: object = None) -> Any:  # noqa: ANN401, ARG001 -- gettsim's interface
    """Return the curve's values."""
    curve = parameters
    scalar = getattr(x, "ndim", 0) == 0
    at = np.asarray([x]) if scalar else x
    found = np.searchsorted(curve.thresholds, at, side="right") - 1
    piece = np.clip(found, 0, curve.last)
    step = np.where(curve.from_below[piece], 0, at - curve.lower[piece])
    if len(curve.powers) == 1:
        result = curve.intercepts[piece] + step * curve.coefficients[piece, 0]
    else:
        result = curve.intercepts[piece] + (step.reshape(-1, 1) ** curve.powers * curve.coefficients[piece]).sum(axis=1)
    outside = found != piece
    if outside.any():
        result = np.where(outside, np.nan, result)
    return result[0] if scalar else result


def join(
    foreign_key: Array,
    primary_key: Array,  # noqa: ARG001 -- gettsim's interface
    target: Array,
    value_if_foreign_key_is_missing: float,
    xnp: object,  # noqa: ARG001 -- as above
) -> Array:
    """Return the target of the person that each row points to, else the value for nobody.

    Rows are numbered as persons are, so the primary key is the row.
    """
    found = foreign_key >= 0
    missing = np.asarray(value_if_foreign_key_is_missing).astype(target.dtype)
    return np.where(found, target[np.where(found, foreign_key, 0)], missing)


def group_sum(column: Array, group: Array) -> Array:
    """Return the sum of a column over each group, for each of its members."""
    total = np.bincount(group, weights=column)[group]
    return total if column.dtype.kind == "f" else total.astype(np.int64)


def group_count(group: Array) -> Array:
    """Return the size of each group, for each of its members."""
    return np.bincount(group)[group]


def group_any(column: Array, group: Array) -> Array:
    """Tell whether anybody of the group is marked."""
    found: Array = np.bincount(group, weights=column)[group] > 0
    return found


def group_all(column: Array, group: Array) -> Array:
    """Tell whether all of the group are marked."""
    found: Array = np.bincount(group, weights=~np.asarray(column, bool))[group] == 0
    return found


def group_min(column: Array, group: Array) -> Array:
    """Return the least value of each group."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    return np.minimum.reduceat(column[order], starts)[group]


def group_max(column: Array, group: Array) -> Array:
    """Return the greatest value of each group."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    return np.maximum.reduceat(column[order], starts)[group]


def pointed_sum(column: Array, pointer: Array, person: Array) -> Array:
    """Return for each person the sum over all rows that point to it."""
    pointing = pointer >= 0
    total = np.bincount(pointer[pointing], weights=column[pointing], minlength=len(person))
    return total if column.dtype.kind == "f" else total.astype(np.int64)


def pointed_count(pointer: Array, person: Array) -> Array:
    """Return for each person how many rows point to it."""
    return np.bincount(pointer[pointer >= 0], minlength=len(person))


def pointed_any(column: Array, pointer: Array, person: Array) -> Array:
    """Tell for each person whether a marked row points to it."""
    found: Array = pointed_sum(column.astype(np.int64), pointer, person) > 0
    return found


def numbered(ids: Array) -> Array:
    """Return ids replaced by 0, 1, 2 … in their order."""
    return np.unique(ids, return_inverse=True)[1]


def spread(value: Any, persons: int) -> Array:  # noqa: ANN401 -- a number, or a column already
    """Return one value a person."""
    column: Array = value if getattr(value, "ndim", 0) else np.broadcast_to(value, (persons,))
    return column


def overridden(given: Mapping[str, Array], name: str, computed: Any, persons: int) -> Array:  # noqa: ANN401 -- as in `spread`
    """Return what was given for a person instead of what was computed; not a number means: not given."""
    column = given.get(name)
    if column is None:
        return spread(computed, persons)
    return np.where(np.isnan(column), computed, column)


def prepared(columns: Mapping[str, Array]) -> dict[str, Array]:
    """Return columns as compiled law wants them: persons sorted and numbered, groups numbered, pointers by row."""
    persons = np.asarray(columns["p_id"])
    order = np.argsort(persons, kind="stable")
    known = persons[order]
    found: dict[str, Array] = {}
    for name, raw in columns.items():
        column = np.asarray(raw)[order]
        leaf = name.rsplit("__", 1)[-1]
        if name == "p_id":
            found[name] = np.arange(len(known))
        elif leaf.endswith("_id"):
            found[name] = numbered(column)
        elif leaf.startswith("p_id_"):
            row = np.minimum(np.searchsorted(known, column), len(known) - 1)
            found[name] = np.where(known[row] == column, row, np.where(column < 0, column, -1))
        else:
            found[name] = column
    return found
