"""Tables of counts with all their sums, as they may be shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from tragnetz.reporting.statistics.moves import with_sums
from tragnetz.reporting.statistics.protection import hidden_cells

INSIDE: Final = 3  # cells of one or two people are hidden on pages for staff
OUTSIDE: Final = 5  # in everything that leaves the house
TOTAL: Final = "*"  # in the place of a value: all of them together
HIDDEN: Final = "–"  # how a hidden cell is written

type Key = tuple[str, ...]
type Counts = Mapping[str, int] | Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts over one or more dimensions and all their sums; None where a number is hidden.

    `values`: the values of each dimension in their order, without the sum. A cell that the counts do not name is 0.
    """

    values: tuple[tuple[str, ...], ...]
    least: int
    cells: Mapping[Key, int | None]

    def of(self, *key: str) -> int | None:
        """Return the number of a cell, None if it is hidden. `TOTAL` in a place sums over it; none at all: of all."""
        return self.cells[key or (TOTAL,) * len(self.values)]

    def written(self, *key: str) -> str:
        """Return the number of a cell as it is written."""
        number = self.of(*key)
        return HIDDEN if number is None else str(number)

    def rows(self) -> Iterator[tuple[Key, int | None]]:
        """Yield all cells in order; sums come after what they sum."""
        for key in product(*((*names, TOTAL) for names in self.values)):
            yield key, self.cells[key]

    @property
    def hidden(self) -> int:
        """How many cells are hidden."""
        return sum(number is None for number in self.cells.values())


def suppressed(
    counts: Counts, *, least: int = INSIDE, values: Sequence[Sequence[str]] | None = None, depth: int = 3
) -> Table:
    """Return a table of people counted once each, with all its sums, that tells nothing of fewer than `least` people.

    `counts` are keyed by one value for each dimension. `values` gives the values and their order, and thereby rows
    that are zero; without it they are those of the counts as they come. Sums over up to `depth` dimensions at a time
    are shown, finer ones are hidden.

    Safe is one table alone. Whoever shows several tables of the same people, or one of them for several filters, has
    to take them out of one call: each filter is then a value of a dimension. Everybody must be in exactly one cell.
    """
    keyed: dict[Key, int] = {(key,) if isinstance(key, str) else key: number for key, number in counts.items()}
    places = _places(keyed, values)
    base = np.zeros([len(place) for place in places], dtype=np.int64)
    for key, number in keyed.items():
        base[tuple(place[name] for place, name in zip(places, key, strict=True))] += number
    sums = with_sums(base)
    hidden = hidden_cells(base, least, depth)
    names = [(*place, TOTAL) for place in places]
    cells = {
        tuple(name[at] for name, at in zip(names, index, strict=True)): None if hidden[index] else int(sums[index])
        for index in np.ndindex(sums.shape)
    }
    return Table(tuple(tuple(place) for place in places), least, cells)


def _places(counts: Mapping[Key, int], values: Sequence[Sequence[str]] | None) -> list[dict[str, int]]:
    """Return where each value of each dimension stands."""
    if values is None:
        width = len(next(iter(counts), ("",)))
        values = [list(dict.fromkeys(key[at] for key in counts)) for at in range(width)]
    return [{name: at for at, name in enumerate(names)} for names in values]
