"""Columns of values that may be unknown: arithmetic and Kleene's logic, one value a person."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tragnetz.benefits.runtime import Array


@dataclass(frozen=True, slots=True)
class Column:
    """Values, and which of them are known. A value that is not known is a placeholder and never read as one."""

    data: Array
    known: Array

    @property
    def sure(self) -> Array:
        """Where a truth is known to hold."""
        yes: Array = self.data & self.known
        return yes

    def __invert__(self) -> "Column":
        return Column(~self.data, self.known)

    def __and__(self, other: "Column") -> "Column":
        no = (self.known & ~self.data) | (other.known & ~other.data)
        return Column(self.data & other.data & ~no, no | (self.known & other.known))

    def __or__(self, other: "Column") -> "Column":
        return ~(~self & ~other)

    def times(self, other: "Column") -> "Column":
        """Return the product; zero times anything is zero, also times what is not known."""
        zero = (self.known & (self.data == 0)) | (other.known & (other.data == 0))
        return Column(np.where(zero, 0.0, self.data * other.data), zero | (self.known & other.known))

    def combined(self, other: "Column", operation: Callable[[Array, Array], Array]) -> "Column":
        """Return an operation that needs both values."""
        with np.errstate(all="ignore"):
            return Column(operation(self.data, other.data), self.known & other.known)


def constant(value: object, size: int) -> Column:
    """Return the same known value for everybody."""
    kind = object if isinstance(value, str) else None
    return Column(np.full(size, value, dtype=kind), np.ones(size, dtype=bool))


def unknown(size: int) -> Column:
    """Return a number that nobody knows."""
    return Column(np.zeros(size), np.zeros(size, dtype=bool))


def chosen(condition: Column, yes: Column, no: Column) -> Column:
    """Return one or the other; where the condition is not known, what both agree on."""
    same = yes.known & no.known & (yes.data == no.data)
    known = np.where(condition.known, np.where(condition.data, yes.known, no.known), same)
    return Column(np.where(condition.data, yes.data, no.data), known)
