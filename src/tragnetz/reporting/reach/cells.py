"""Sums over cells: pure."""

import uuid
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

type Unit = Literal["persons", "households", "families", "children"]
type Counted = Unit | Literal["incomplete", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many. A family is a household with a child under 18 at its first entry; `incomplete` are persons.

    `elsewhere`: households that take part here, too, and count in another project with the same target.
    """

    persons: int = 0
    households: int = 0
    families: int = 0
    children: int = 0
    incomplete: int = 0
    elsewhere: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Return the sum of each."""
        return Counts(
            self.persons + other.persons, self.households + other.households, self.families + other.families,
            self.children + other.children, self.incomplete + other.incomplete, self.elsewhere + other.elsewhere,
        )  # fmt: skip

    @property
    def people(self) -> int:
        """All who entered, complete or not: by them one sees whether a figure could lead back to somebody."""
        return self.persons + self.incomplete


class Place(NamedTuple):
    """Where a figure belongs: a month (its first day), an organisation, a district, a topic."""

    month: date
    organisation: uuid.UUID
    district: uuid.UUID | None
    topic: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Who entered there, and how many of the incomplete entries lack which question, in its words.

    A household belongs to the project of its first complete entry, so that projects with one target add up.
    """

    month: date
    programme: uuid.UUID
    organisation: uuid.UUID
    district: uuid.UUID | None
    topic: str
    counts: Counts
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cells are looked at; nothing chosen is all. Both months belong to it.

    `programme`: one of several projects with the same target. `year`: the months are those of a calendar year.
    """

    first: date
    last: date
    organisation: uuid.UUID | None = None
    district: uuid.UUID | None = None
    topic: str = ""
    programme: uuid.UUID | None = None
    year: int | None = None

    @property
    def narrowed(self) -> bool:
        """Whether only some of the people are looked at."""
        return bool(self.organisation or self.district or self.topic)

    def takes(self, cell: Cell) -> bool:
        """Whether a cell is among them."""
        return self.programme in (None, cell.programme) and self.takes_place(cell)

    def takes_place(self, cell: Cell | Place) -> bool:
        """Whether a place is among them, whatever the project."""
        return (
            self.first <= cell.month <= self.last
            and self.organisation in (None, cell.organisation)
            and self.district in (None, cell.district)
            and self.topic in ("", cell.topic)
        )


def total(cells: Iterable[Cell]) -> Counts:
    """Return the sum of all cells."""
    return sum((cell.counts for cell in cells), Counts())


def missing(cells: Iterable[Cell]) -> dict[str, int]:
    """Return how many incomplete entries lack each question."""
    found: Counter[str] = Counter()
    for cell in cells:
        found.update(cell.missing)
    return dict(found)


def sums[KeyT: Hashable](cells: Iterable[Cell], key: Callable[[Cell], KeyT]) -> dict[KeyT, Counts]:
    """Return the sums of groups of cells."""
    found: dict[KeyT, Counts] = {}
    for cell in cells:
        group = key(cell)
        found[group] = found.get(group, Counts()) + cell.counts
    return found
