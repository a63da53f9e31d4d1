"""Numbers of reach as they may be shown: in fives (`reporting.statistics`), whatever of them was chosen. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tragnetz.reporting.reach.cells import Cell, Counted, Counts, Unit, Wanted, sums, total
from tragnetz.reporting.statistics import FIVES

UNITS: tuple[Unit, ...] = ("persons", "households", "families", "children")
COUNTED: tuple[Counted, ...] = (*UNITS, "incomplete", "elsewhere")


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its figures, in the order of UNITS; one of None is too small to be shown."""

    name: str
    figures: tuple[int | None, ...]

    @property
    def persons(self) -> int | None:
        """The first of the figures."""
        return self.figures[0]


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at of the cells of all projects with one target. Made by `view_of`.

    `taken`: the cells that are looked at. A large network has thousands of cells, and a page many tables: what was
    summed up once is kept in `sums`, by what it was split.
    """

    cells: Sequence[Cell]
    wanted: Wanted
    taken: Sequence[Cell]
    sums: dict[Callable[[Cell], Hashable], Mapping[Hashable, Counts]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def one(self, unit: Counted) -> int | None:
        """Return how many there are of a unit."""
        return FIVES.one(getattr(total(self.taken), unit))

    def by_year(self, unit: Counted) -> dict[int, int | None]:
        """Return how many there are of a unit in each calendar year that is looked at."""
        return self.split(unit, _year, range(self.wanted.first.year, self.wanted.last.year + 1))

    def split[KeyT: Hashable](
        self, unit: Counted, key: Callable[[Cell], KeyT], keys: Iterable[KeyT]
    ) -> dict[KeyT, int | None]:
        """Return how many there are of a unit for each of some keys."""
        if key not in self.sums:
            self.sums[key] = sums(self.taken, key)
        found = self.sums[key]
        return FIVES.many({one: getattr(found[one], unit) if one in found else 0 for one in keys})


def view_of(cells: Sequence[Cell], wanted: Wanted) -> View:
    """Return what is looked at."""
    return View(cells, wanted, [cell for cell in cells if wanted.takes(cell)])


def rows_of[KeyT: Hashable](view: View, key: Callable[[Cell], KeyT], names: Mapping[KeyT, str]) -> list[Row]:
    """Return the groups in the order of their names, with their figures; then what has no name, if it is not too few.

    All of them stand there, whether they have anybody or not.
    """
    others = [one for one in dict.fromkeys(map(key, view.taken)) if one not in names]
    columns = [view.split(unit, key, [*names, *others]) for unit in UNITS]
    seen = [one for one in others if any(column[one] is not None for column in columns)]
    return _rows(columns, {**names, **dict.fromkeys(seen, "")})


def years_of(view: View) -> list[Row]:
    """Return the years that are looked at, with their figures."""
    columns = [view.by_year(unit) for unit in UNITS]
    return _rows(columns, {year: str(year) for year in columns[0]})


def _rows[KeyT: Hashable](columns: Sequence[Mapping[KeyT, int | None]], names: Mapping[KeyT, str]) -> list[Row]:
    return [Row(name, tuple(column[one] for column in columns)) for one, name in names.items()]


def _year(cell: Cell) -> int:
    return cell.month.year
