"""Decisions on loads and ages: pure."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tragnetz.casework.caseload.enums import AgeBand

SILENT_DAYS = (14, 30, 60, 90)
MOST_CASES = 200
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Load:
    """The open cases of a counsellor, and how many they can carry if that was agreed."""

    last_name: str
    first_name: str
    cases: int
    capacity: int | None

    @property
    def percent(self) -> int | None:
        """Open cases as a share of the capacity in per cent; above 100 it is too much."""
        return None if self.capacity is None else round(self.cases * WHOLE / self.capacity)


def by_name(loads: Iterable[Load]) -> list[Load]:
    """Return loads in the order of names, and in no other: figures never rank people."""
    return sorted(loads, key=lambda load: (_plain(load.last_name), _plain(load.first_name)))


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def age_band(birth_year: int | None, year: int) -> AgeBand | None:
    """Return the band of an age by the year of birth; nothing if that is not known, or in the future."""
    if birth_year is None or birth_year > year:
        return None
    return max(band for band in AgeBand if band <= year - birth_year)
