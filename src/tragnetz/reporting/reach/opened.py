"""Who knocked at the door, as it may be shown. Pure.

Exact numbers are of a calendar year or of all years, whatever project is looked at: two projects whose times differ
by a month tell nothing of that month. Under any other filter they are rounded (`statistics.grain`).
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from tragnetz.reporting.reach.cells import Wanted
from tragnetz.reporting.reach.door import Door, Tallies, door_of
from tragnetz.reporting.statistics import TOTAL, Grain, suppressed

# A part, and the whole of which it is one.
_PARTS = (("information", "enquiries"), ("urgent", "enquiries"), ("interpreted", "talks"), ("within", "helped"))
ALL = 0  # no year
_PART, _REST = "part", "rest"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Numbers of the door under some filters: `doors` by year where they are exact, else one of what is wanted."""

    doors: Mapping[int, Door]
    wanted: Wanted
    grain: Grain

    def cards(self) -> dict[str, int | None]:
        """Return single numbers by their names in `Door`; None where one is hidden."""
        if self.grain.is_coarse:
            door = self.doors[ALL]
            names = ("enquiries", "information", "urgent", "talks", "interpreted", "within", "above")
            return {name: self.grain.one(getattr(door, name)) for name in names}
        found: dict[str, int | None] = {}
        for part, whole in _PARTS:
            table = self._table(partial(_halves, part, whole), (_PART, _REST))
            found[part] = table[_PART]
            # A sum that is hidden beside one of its parts is hidden beside the other, too.
            found[whole] = None if whole in found and found[whole] is None else table[TOTAL]
            if whole == "helped":
                found["above"] = table[_REST]
        if found["enquiries"] is None:
            found["information"] = found["urgent"] = None
        del found["helped"]
        return found

    def channels(self) -> dict[str, int | None]:
        """Return how enquiries came."""
        return self._split(lambda door: door.channels)

    def languages(self) -> dict[str, int | None]:
        """Return in which language people asked."""
        return self._split(lambda door: door.languages)

    def localities(self, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, int | None]:
        """Return from which of some Ortsteile people asked."""
        names = {str(key): key for key in keys}
        found = self._split(lambda door: {str(key): number for key, number in door.localities.items()}, list(names))
        return {key: found[name] for name, key in names.items()}

    def _split(
        self, pick: Callable[[Door], Mapping[str, int]], names: Iterable[str] | None = None
    ) -> dict[str, int | None]:
        if self.grain.is_coarse:
            counts = pick(self.doors[ALL])
            return self.grain.many({name: counts.get(name, 0) for name in (counts if names is None else names)})
        table = self._table(pick, names or ())
        return {name: number for name, number in table.items() if name != TOTAL}

    def _table(self, pick: Callable[[Door], Mapping[str, int]], names: Iterable[str] = ()) -> dict[str, int | None]:
        """Return what is picked, and its sum, of the year that is looked at, out of a table of all years."""
        counts: Counter[tuple[str, ...]] = Counter()
        for year, door in self.doors.items():
            for name, number in pick(door).items():
                counts[str(year), name] += number
        years = sorted({year for year, _name in counts} | ({str(self.wanted.year)} if self.wanted.year else set()))
        words = list(dict.fromkeys([*names, *(name for _year, name in counts)]))
        if not years or not words:
            return dict.fromkeys([*words, TOTAL], 0)
        table = suppressed(counts, least=self.grain.least, values=[years, words])
        at = str(self.wanted.year or TOTAL)
        there = {name for year, name in counts if at in (TOTAL, year)} | set(names)
        return {name: table.of(at, name) for name in (*words, TOTAL) if name in there or name == TOTAL}


def entrance_of(tallies: Iterable[Tallies], wanted: Wanted, limit: int, grain: Grain) -> Entrance:
    """Return the numbers of the door; `limit`: up to how many minutes help is short."""
    if grain.is_coarse:
        return Entrance({ALL: door_of(tallies, wanted, limit=limit)}, wanted, grain)
    by_year: dict[int, list[Tallies]] = {}
    for one in tallies:
        by_year.setdefault(one.place.month.year, []).append(one)
    every = Wanted(date.min, date.max)
    return Entrance({year: door_of(rows, every, limit=limit) for year, rows in by_year.items()}, wanted, grain)


def _halves(part: str, whole: str, door: Door) -> dict[str, int]:
    number = getattr(door, part)
    every = door.within + door.above if whole == "helped" else getattr(door, whole)
    return {_PART: number, _REST: every - number}
