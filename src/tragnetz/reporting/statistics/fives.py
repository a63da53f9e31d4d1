"""Counts of people as anybody may see them: in full fives that add up, and no cell is ever chosen to be hidden.

The cells of a table stand in one fixed order. What is shown is where the running sum stands: the full fives in it up to
each cell. A cell is shown as the fives that its own people complete, a sum as the sum of its cells.

Who knows this program therefore knows of each running sum in which five it lies, and nothing else: any rising sums in
the same fives are shown alike. So a cell shown as none can be 0 to 4, whatever stands beside it, and one shown as five
can be 1 to 9; nothing was chosen because of a number that is small. Who compares the pages of many days may know less
wide a range: where a five moves from a cell to the one before it, somebody is in both (docs/decisions/0033).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

FIVE: Final = 5  # nothing below it is shown
TOTAL: Final = "*"  # in the place of a value: all of them together
FEW: Final = "–"  # how a cell of none to four is written; of one shown as five, see above

type Key = tuple[str, ...]
type Counts = Mapping[str, int] | Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts over one or more dimensions and all their sums; None where nothing is shown.

    `values`: the values of each dimension in their order, without the sum. A cell that the counts do not name is 0.
    """

    values: tuple[tuple[str, ...], ...]
    cells: Mapping[Key, int | None]

    def of(self, *key: str) -> int | None:
        """Return the number of a cell. `TOTAL` in a place sums over it; none at all: of all."""
        return self.cells[key or (TOTAL,) * len(self.values)]

    def written(self, *key: str) -> str:
        """Return the number of a cell as it is written."""
        number = self.of(*key)
        return FEW if number is None else str(number)

    def rows(self) -> Iterator[tuple[Key, int | None]]:
        """Yield all cells that are told in order; sums come after what they sum."""
        for key in product(*((*names, TOTAL) for names in self.values)):
            if key in self.cells:
                yield key, self.cells[key]


def in_fives(numbers: Iterable[int], step: int = FIVE) -> list[int]:
    """Return numbers of people in full steps: of each, how many steps the running sum completes with it.

    Their sum is the sum of all, rounded down. Each is less than one step off.
    """
    found, running = [], 0
    for number in numbers:
        before, running = running, running + number
        found.append(running - running % step - (before - before % step))
    return found


def told(counts: Counts, *, values: Sequence[Sequence[str]] | None = None, step: int = FIVE) -> Table:
    """Return a table of people counted once each, with all its sums, as anybody may see it.

    `counts` are keyed by one value for each dimension. `values` gives the values and their order, and thereby rows
    that are zero; without it they are those of the counts, sorted. `step` of one: exactly, for who sees the
    records anyway. The dimension with most values runs fastest, so that sums over few cells are hardly off: a sum is
    off by less than a step for each block of neighbours that it takes.
    """
    keyed: dict[Key, int] = {}
    for key, number in counts.items():
        spot = (key,) if isinstance(key, str) else key
        keyed[spot] = keyed.get(spot, 0) + number
    names = _names(keyed, values)
    order = sorted(range(len(names)), key=lambda place: len(names[place]))
    spots = [_put_back(spot, order) for spot in product(*(names[place] for place in order))]
    if not set(keyed) <= set(spots):
        message = "a count has a value that the table does not know"
        raise KeyError(message)
    rounded = in_fives((keyed.get(spot, 0) for spot in spots), step)
    sums = dict.fromkeys(product(*((*one, TOTAL) for one in names)), 0)
    for spot, number in zip(spots, rounded, strict=True):
        if number:
            for cell in product(*((value, TOTAL) for value in spot)):
                sums[cell] += number
    return Table(names, {cell: number if number or step == 1 else None for cell, number in sums.items()})


def _put_back(spot: Sequence[str], order: Sequence[int]) -> Key:
    return tuple(value for _place, value in sorted(zip(order, spot, strict=True)))


def _names(counts: Mapping[Key, int], values: Sequence[Sequence[str]] | None) -> tuple[tuple[str, ...], ...]:
    if values is not None:
        return tuple(tuple(one) for one in values)
    width = len(next(iter(counts), ("",)))
    return tuple(tuple(sorted({key[at] for key in counts})) for at in range(width))
