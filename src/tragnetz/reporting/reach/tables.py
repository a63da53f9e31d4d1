"""Numbers of reach as they may be shown: small ones are hidden, and what they could be computed from. Pure.

Exact numbers come from tables over project, year and one thing more, whatever of them was chosen, so that two choices
tell no more than one of them. Under any other filter numbers are rounded (`statistics.grain`).
"""

import uuid
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from operator import add
from types import MappingProxyType
from typing import Any

from tragnetz.reporting.reach.cells import Cell, Counted, Counts, Unit, Wanted, total
from tragnetz.reporting.statistics import FILTERED, TOTAL, Grain, Table, suppressed

UNITS: tuple[Unit, ...] = ("persons", "households", "families", "children")
COUNTED: tuple[Counted, ...] = (*UNITS, "incomplete", "elsewhere")
type _Sums = dict[tuple[uuid.UUID, int, Hashable], tuple[int, ...]]


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

    Made by `view_of`. `spans`: in which row of a table by years a year stands. `taken`: the cells that are looked at,
    `yearly`: all of them, the months of a year together; `sums`: what was summed up once, by what it was split. A large
    network has thousands of cells, and a page many tables.
    """

    cells: Sequence[Cell]
    wanted: Wanted
    grain: Grain
    spans: Mapping[int, str]
    taken: Sequence[Cell]
    yearly: Sequence[Cell]
    sums: dict[Callable[[Cell], Hashable] | None, "_Sums"] = field(default_factory=dict, compare=False, repr=False)

    def one(self, unit: Counted) -> int | None:
        """Return how many there are of a unit."""
        if self.grain.is_coarse:
            return self.grain.one(getattr(total(self.taken), unit))
        return self._table(unit).of(*self._spot)

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
        summed = self._summed(key)
        words = {one: str(number) for number, one in enumerate(dict.fromkeys([*keys, *(spot[2] for spot in summed)]))}
        table, sums = self._table(unit, key, words), self._table(unit)
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

    def _summed(self, key: Callable[[Cell], Hashable] | None) -> "_Sums":
        """Return the sums of all units by project, year and a key, in the order of COUNTED."""
        if key not in self.sums:
            found: _Sums = {}
            for cell in self.yearly:
                one = cell.counts
                numbers = (one.persons, one.households, one.families, one.children, one.incomplete, one.elsewhere)
                spot = (cell.programme, cell.month.year, key(cell) if key else None)
                before = found.get(spot)
                found[spot] = numbers if before is None else tuple(map(add, before, numbers))
            self.sums[key] = found
        return self.sums[key]

    @property
    def _spot(self) -> tuple[str, str]:
        year = self.wanted.year
        return str(self.wanted.programme or TOTAL), TOTAL if year is None else self.spans.get(year, str(year))

    @property
    def _projects(self) -> list[str]:
        return sorted(({self._spot[0]} | {str(spot[0]) for spot in self._summed(None)}) - {TOTAL})

    @property
    def _years(self) -> list[str]:
        return sorted(({self._spot[1]} | set(self.spans.values())) - {TOTAL})

    def _table(
        self,
        unit: Counted,
        key: Callable[[Cell], Hashable] | None = None,
        words: Mapping[Any, str] = MappingProxyType({}),
    ) -> Table:
        """Return a unit over projects and years, and over a key with its words if there is one."""
        place, counts = COUNTED.index(unit), Counter[tuple[str, ...]]()
        for (project, year, value), numbers in self._summed(key).items():
            more = (words[value],) if key else ()
            counts[str(project), self.spans[year], *more] += numbers[place]
        values = [names or [""] for names in (self._projects, self._years, *([list(words.values())] if key else ()))]
        return suppressed(counts, least=self.grain.least, values=values)


def view_of(cells: Sequence[Cell], wanted: Wanted, grain: Grain) -> View:
    """Return what is looked at. A year that cannot be told from its neighbour is shown as under a filter."""
    yearly = _by_year(cells)
    spans = spans_of(yearly, grain.least)
    is_alone = wanted.year is None or spans.get(wanted.year, str(wanted.year)) == str(wanted.year)
    taken = [cell for cell in cells if wanted.takes(cell)]
    return View(cells, wanted, grain if is_alone else FILTERED, spans, taken, yearly)


def _by_year(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells with the months of a year together; which answers are missing is left out."""
    found: dict[tuple[int, uuid.UUID, uuid.UUID, uuid.UUID | None, str], list[int]] = {}
    for cell in cells:
        one = cell.counts
        spot = (cell.month.year, cell.programme, cell.organisation, cell.district, cell.topic)
        sums = found.get(spot)
        if sums is None:
            found[spot] = [one.persons, one.households, one.families, one.children, one.incomplete, one.elsewhere]
        else:
            sums[0] += one.persons
            sums[1] += one.households
            sums[2] += one.families
            sums[3] += one.children
            sums[4] += one.incomplete
            sums[5] += one.elsewhere
    return [
        Cell(date(year, 1, 1), programme, organisation, district, topic, Counts(*sums), {})
        for (year, programme, organisation, district, topic), sums in found.items()
    ]


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
