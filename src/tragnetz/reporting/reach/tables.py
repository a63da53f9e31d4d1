"""Numbers of reach as they may be shown: small ones are hidden, and what they could be computed from. Pure.

Exact numbers come from tables over project, year and one thing more, whatever of them was chosen, so that two choices
tell no more than one of them. Under any other filter numbers are rounded (`statistics.grain`).
"""

import uuid
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from tragnetz.reporting.reach.cells import Cell, Counted, Unit, Wanted, total
from tragnetz.reporting.statistics import FILTERED, TOTAL, Grain, Table, suppressed

UNITS: tuple[Unit, ...] = ("persons", "households", "families", "children")


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its figures, in the order of UNITS; one of None is hidden."""

    name: str
    figures: tuple[int | None, ...]

    @property
    def persons(self) -> int | None:
        """The first of the figures."""
        return self.figures[0]


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at of the cells of all projects with one target, and how finely it is shown.

    `spans`: in which row of a table by years a year stands; made by `view_of`.
    """

    cells: Sequence[Cell]
    wanted: Wanted
    grain: Grain
    spans: Mapping[int, str]

    @property
    def taken(self) -> list[Cell]:
        """The cells that are looked at."""
        return [cell for cell in self.cells if self.wanted.takes(cell)]

    def one(self, unit: Counted) -> int | None:
        """Return how many there are of a unit."""
        if self.grain.is_coarse:
            return self.grain.one(getattr(total(self.taken), unit))
        return self._table(unit).of(*self._spot)

    def whole(self, unit: Counted) -> int | None:
        """Return how many there are of a unit in all years and with all traits."""
        return self._table(unit).of(self._spot[0], TOTAL)

    def by_year(self, unit: Counted) -> dict[str, int | None]:
        """Return how many there are of a unit in each calendar year that is looked at."""
        spans = list(dict.fromkeys(self.spans[cell.month.year] for cell in sorted(self.taken, key=_month)))
        if self.grain.is_coarse:
            return self._coarse(unit, lambda cell: self.spans[cell.month.year], spans)
        table = self._table(unit)
        return {span: table.of(self._spot[0], span) for span in spans}

    def split[KeyT: Hashable](
        self, unit: Counted, key: Callable[[Cell], KeyT], keys: Iterable[KeyT]
    ) -> dict[KeyT, int | None]:
        """Return how many there are of a unit for each of some keys."""
        keys = list(keys)
        if self.grain.is_coarse:
            return self._coarse(unit, key, keys)
        words = {one: str(number) for number, one in enumerate(dict.fromkeys([*keys, *map(key, self.cells)]))}
        table, sums = self._table(unit, list(words.values()), lambda cell: words[key(cell)]), self._table(unit)
        # What another table shows as a sum cannot be hidden for this one: then nothing of this one is shown.
        spots = list(product((*self._projects, TOTAL), (*self._years, TOTAL)))
        is_open = any(table.of(*spot, TOTAL) is None and sums.of(*spot) is not None for spot in spots)
        return {one: None if is_open else table.of(*self._spot, words[one]) for one in keys}

    def _coarse[KeyT: Hashable](
        self, unit: Counted, key: Callable[[Cell], KeyT], keys: Iterable[KeyT]
    ) -> dict[KeyT, int | None]:
        found: Counter[KeyT] = Counter()
        for cell in self.taken:
            found[key(cell)] += getattr(cell.counts, unit)
        return self.grain.many({one: found[one] for one in keys})

    @property
    def _spot(self) -> tuple[str, str]:
        year = self.wanted.year
        return str(self.wanted.programme or TOTAL), TOTAL if year is None else self.spans.get(year, str(year))

    @property
    def _projects(self) -> list[str]:
        return sorted(({self._spot[0]} | {str(cell.programme) for cell in self.cells}) - {TOTAL})

    @property
    def _years(self) -> list[str]:
        return sorted(({self._spot[1]} | set(self.spans.values())) - {TOTAL})

    def _table(self, unit: Counted, words: Sequence[str] = (), word: Callable[[Cell], str] | None = None) -> Table:
        """Return a unit over projects and years, and over words if there are any."""
        counts: Counter[tuple[str, ...]] = Counter()
        for cell in self.cells:
            more = (word(cell),) if word else ()
            counts[str(cell.programme), self.spans[cell.month.year], *more] += getattr(cell.counts, unit)
        values: list[Sequence[str]] = [self._projects, self._years, *([words] if word else ())]
        if not all(values):
            values = [names or [""] for names in values]
        return suppressed(counts, least=self.grain.least, values=values)


def view_of(cells: Sequence[Cell], wanted: Wanted, grain: Grain) -> View:
    """Return what is looked at. A year that cannot be told from its neighbour is shown as under a filter."""
    spans = spans_of(cells, grain.least)
    is_alone = wanted.year is None or spans.get(wanted.year, str(wanted.year)) == str(wanted.year)
    return View(cells, wanted, grain if is_alone else FILTERED, spans)


def spans_of(cells: Iterable[Cell], least: int) -> dict[int, str]:
    """Return the row in which each year stands: with its neighbours where too few entered a project in it.

    The months and the course of a whole project are shown as they are (docs/figures.md), so the sums by year are known.
    """
    years: dict[int, Counter[tuple[uuid.UUID, str]]] = {}
    for cell in cells:
        found = years.setdefault(cell.month.year, Counter())
        for unit in ("persons", "households"):
            found[cell.programme, unit] += getattr(cell.counts, unit)
    groups: list[list[int]] = []
    so_far: Counter[tuple[uuid.UUID, str]] = Counter()
    begun: list[int] = []
    for year in sorted(years):
        begun.append(year)
        so_far += years[year]
        if not any(0 < number < least for number in so_far.values()):
            groups.append(begun)
            so_far, begun = Counter(), []
    if begun and groups:
        groups[-1] += begun
    elif begun:
        groups.append(begun)
    return {year: f"{group[0]}–{group[-1]}" if len(group) > 1 else str(year) for group in groups for year in group}


def rows_of[KeyT: Hashable](view: View, key: Callable[[Cell], KeyT], names: Mapping[KeyT, str]) -> list[Row]:
    """Return the groups with anybody in them in the order of their names, with their figures; unnamed ones last."""
    order = list(names)
    keys = sorted(set(map(key, view.taken)), key=lambda one: order.index(one) if one in names else len(order))
    return _rows([view.split(unit, key, keys) for unit in UNITS], {one: names.get(one, "") for one in keys})


def years_of(view: View) -> list[Row]:
    """Return the years that are looked at, with their figures."""
    columns = [view.by_year(unit) for unit in UNITS]
    return _rows(columns, {span: span for span in columns[0]})


def _rows[KeyT: Hashable](columns: Sequence[Mapping[KeyT, int | None]], names: Mapping[KeyT, str]) -> list[Row]:
    return [Row(name, tuple(column[one] for column in columns)) for one, name in names.items()]


def _month(cell: Cell) -> date:
    return cell.month
