"""Moves: other tables that fit everything that is shown. Whoever sees the sums alone cannot tell them from the truth.

A table over dimensions a, b, c is an array of counts, one axis each. `with_sums` gives each axis one place more, for
the sum over it; a cell of that array may be shown or hidden. A move turns some groups of axes between two values each
and stays at one value on the other axes: it adds to every second corner of this cube and takes from those between. A
sum over all axes of a group does not change, so that only other cells have to be hidden. With each axis a group of its
own this is the hypercube method (Quaderverfahren: Repsilber 1994, statistical office of North Rhine-Westphalia;
Giessing and Repsilber 2002); with two groups it is two people who swap what they are; with one, somebody who was
somebody else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

type Array = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Index = tuple[int, ...]
type Group = tuple[int, ...]  # axes that turn together


@dataclass(frozen=True, slots=True)
class Cubes:
    """All cubes through one cell with the same groups: one column each. `corners`: index, and +1 or -1."""

    corners: tuple[tuple[tuple[Array, ...], int], ...]
    groups: tuple[Group, ...]

    def room(self, table: Array) -> tuple[Array, Array]:
        """Return how far each cube can be added to a table, and taken from it, until a corner is zero."""
        up, down = (_least([table[at] for at, one in self.corners if one == sign]) for sign in (-1, 1))
        return up, down

    def price(self, weights: Array) -> Array:
        """Return what each cube costs: the weights of the cells that it changes, sums among them."""
        axes = range(weights.ndim)
        total = np.zeros(len(self.corners[0][0][0]), dtype=np.int64)
        for summed in product((False, True), repeat=weights.ndim):
            if any(all(summed[axis] for axis in group) for group in self.groups):
                continue
            for at, _sign in self.corners:
                total += weights[tuple(np.full_like(at[i], weights.shape[i] - 1) if summed[i] else at[i] for i in axes)]
        return total

    def add(self, table: Array, column: int, times: int) -> None:
        """Add one cube to a table."""
        for at, sign in self.corners:
            table[tuple(int(axis[column]) for axis in at)] += sign * times


def _least(columns: list[Array]) -> Array:
    found: Array = np.min(columns, axis=0)
    return found


def with_sums(base: Array) -> Array:
    """Return a table with one place more on each axis, for the sum over it."""
    for axis in range(base.ndim):
        base = np.concatenate([base, base.sum(axis=axis, keepdims=True)], axis=axis)
    return base


def is_sum(index: Index, shape: tuple[int, ...]) -> list[bool]:
    """Return on which axes a cell of a table with sums is a sum."""
    return [at == size for at, size in zip(index, shape, strict=True)]


def groupings(axes: Sequence[int]) -> Iterator[tuple[Group, ...]]:
    """Yield all ways to put some of the axes into groups, none among them."""
    if not axes:
        yield ()
        return
    first, *others = axes
    for groups in groupings(others):
        yield groups
        yield ((first,), *groups)
        for at, group in enumerate(groups):
            yield (*groups[:at], (first, *group), *groups[at + 1 :])


def cubes_through(index: Index, shape: tuple[int, ...], groups: tuple[Group, ...]) -> Cubes | None:
    """Return all cubes with some groups that go through a cell; None if there are none.

    `shape` is that of the table without sums. Where the cell is a sum, a cube stays at each value in turn.
    """
    turning = {axis for group in groups for axis in group}
    choices = []
    for axis, size in enumerate(shape):
        if axis in turning:
            choices.append([value for value in range(size) if value != index[axis]])
        else:
            choices.append(list(range(size)) if index[axis] == size else [index[axis]])
    if not groups or not all(choices):
        return None
    grid = [axis.ravel() for axis in np.meshgrid(*[np.array(one, dtype=np.int64) for one in choices], indexing="ij")]
    corners = []
    for turned in product((False, True), repeat=len(groups)):
        at = list(grid)
        for axis in [axis for group, turn in zip(groups, turned, strict=True) if not turn for axis in group]:
            at[axis] = np.full_like(grid[axis], index[axis])
        corners.append((tuple(at), -1 if sum(turned) % 2 else 1))
    return Cubes(tuple(corners), groups)
