"""Which cells of a table have to be hidden, so that nobody can compute one that is too small to be shown.

1. Cells of 1 to `least` - 1 people are hidden. A zero is nobody: it is shown, unless a small cell needs it as partner.
2. For each of them other tables are looked for that fit all that is shown, and in which this cell is larger or smaller,
   over a range of `least` people. The cells in which they differ are hidden, too.

What follows: whatever can be computed of what is shown is the same in the truth and in those other tables. So for any
group of people whose number can be computed, by sums, differences of filters or systems of equations: it has nobody in
it, or at least `least`. For if it holds a small cell of x, this cell could as well be x + up, so the group is at least
x + up; it could be x - down, so x is at least down; and up + down is at least `least`. If it holds no small cell, it is
made of cells that are zero or large enough. And no bound pins a small cell to fewer than `least` + 1 numbers.

Coarse sums come first and cost most, so that what is lost is rather a fine cell than a total.
"""

import numpy as np

from tragnetz.reporting.statistics.moves import Array, Cubes, Flags, Index, cubes_through, groupings, is_sum, with_sums

_STEP = 1000  # a sum over one dimension more weighs so many cells of the finer table


class _Search:
    """The state of the search: what is hidden so far, and how far each cell is known to be able to move."""

    def __init__(self, base: Array, least: int, depth: int) -> None:
        self.base, self.sums = base, with_sums(base)
        self.least = least
        levels = np.array([base.ndim - sum(is_sum(at, base.shape)) for at in np.ndindex(self.sums.shape)])
        self.level = levels.reshape(self.sums.shape)
        self.hidden: Flags = ((self.sums > 0) & (self.sums < least)) | (self.level > depth)
        self.up, self.down = np.zeros_like(self.sums), np.zeros_like(self.sums)
        size = np.ceil(np.log2(2 + self.sums)).astype(np.int64)
        self.weights: Array = size * _STEP ** (base.ndim - self.level).astype(np.int64)

    def small(self) -> list[Index]:
        """Return the cells that need protection, sums first."""
        found = np.argwhere((self.sums > 0) & (self.sums < self.least))
        cells = [tuple(int(at) for at in one) for one in found]
        return sorted(cells, key=lambda cell: (int(self.level[cell]), -int(self.sums[cell]), cell))

    def protect(self, cell: Index) -> None:
        """Hide as little as possible, so that the cell can move far enough: with most groups the fewest sums change."""
        shape = self.base.shape
        axes = [axis for axis, summed in enumerate(is_sum(cell, shape)) if not summed]
        every = [cubes_through(cell, shape, groups) for groups in groupings(axes)]
        for size in range(len(axes), 0, -1):
            cubes = [one for one in every if one is not None and len(one.groups) == size]
            if self._by_one_cube(cubes) or self._by_several(cubes):
                return
        self.hidden[self.level > 0] = True  # nothing but the sum of all: each cell may be anything up to it

    def _by_one_cube(self, every: list[Cubes]) -> bool:
        """Take the cheapest cube that is wide enough alone."""
        rooms = [cubes.room(self.base) for cubes in every]
        found = _cheapest(every, [up + down for up, down in rooms], self.least, self._weights())
        if found is None:
            return False
        at, column = found
        up, down = rooms[at]
        for times in (int(up[column]), -int(down[column])):
            other = self.base.copy()
            every[at].add(other, column, times)
            self._keep(other)
        return True

    def _by_several(self, every: list[Cubes]) -> bool:
        """Add cubes until the cell has moved far enough, then take cubes away; the cheapest first."""
        tables, left = [], self.least
        for sign in (1, -1):
            other, left = self._walk(every, sign, left)
            tables.append(other)
        if left:
            return False
        for one in tables:
            self._keep(one)
        return True

    def _walk(self, every: list[Cubes], sign: int, left: int) -> tuple[Array, int]:
        """Return a table with the cell moved one way by at most `left`, and what is left of it."""
        other = self.base.copy()
        while left:
            rooms = [cubes.room(other)[0 if sign > 0 else 1] for cubes in every]
            found = _cheapest(every, rooms, 1, np.where(with_sums(other) != self.sums, 0, self._weights()))
            if found is None:
                break
            at, column = found
            times = min(left, int(rooms[at][column]))
            every[at].add(other, column, sign * times)
            left -= times
        return other, left

    def _weights(self) -> Array:
        return np.where(self.hidden, 0, self.weights)

    def _keep(self, other: Array) -> None:
        """Hide all in which another table differs from the truth."""
        change = with_sums(other) - self.sums
        self.hidden |= change != 0
        np.maximum(self.up, change, out=self.up)
        np.maximum(self.down, -change, out=self.down)

    def is_safe(self, cell: Index) -> bool:
        """Whether a cell can move far enough by what is hidden already."""
        return int(self.up[cell] + self.down[cell]) >= self.least


def _cheapest(every: list[Cubes], rooms: list[Array], least: int, weights: Array) -> tuple[int, int] | None:
    """Return the cheapest cube with at least so much room, of them the widest: whose it is, and its column."""
    best: tuple[tuple[int, int], int, int] | None = None
    for at, (cubes, room) in enumerate(zip(every, rooms, strict=True)):
        good = np.flatnonzero(room >= least)
        if len(good):
            price = cubes.price(weights)[good]
            column = int(np.lexsort((-room[good], price))[0])
            rank = (int(price[column]), -int(room[good[column]]))
            if best is None or rank < best[0]:
                best = rank, at, int(good[column])
    return best[1:] if best else None


def hidden_cells(base: Array, least: int, depth: int) -> Flags:
    """Return which cells of a table with its sums are hidden. Fewer than `least` people in all: all of it."""
    search = _Search(base, least, depth)
    if 0 < base.sum() < least:
        return np.ones_like(search.hidden)
    for cell in search.small():
        if not search.is_safe(cell):
            search.protect(cell)
    return search.hidden
