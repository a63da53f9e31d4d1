"""Which cases and which time figures tell of: what stands in the address of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any

from django.db.models import CharField, Exists, Expression, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from tragnetz.casework.models import Case
from tragnetz.core.months import months_later
from tragnetz.reporting.models import Participation

BEGINNING = date(1900, 1, 1)  # before any case
QUARTERS = (1, 2, 3, 4)
SPLITS = ("bezirk", "thema", "organisation")  # each case is in just one group of each
NAMES = ("bezirk", "thema", "organisation", "projekt")
BETWEEN = "|"  # no key has one
_PATHS = {"bezirk": "enquiry__district__key", "thema": "topic", "organisation": "organisation__key"}  # as in SPLITS


@dataclass(frozen=True, slots=True)
class Filters:
    """Keys of a Stadtbezirk, a topic, an organisation, a project; a year or a quarter of it. Nothing: all."""

    district: str = ""
    topic: str = ""
    organisation: str = ""
    programme: str = ""
    year: int | None = None
    quarter: int | None = None
    split: str = ""

    @property
    def key(self) -> str:
        """What is counted at once for these filters: a project and a time, with all groups of cases apart."""
        return BETWEEN.join("" if part is None else str(part) for part in (self.programme, self.year, self.quarter))

    def takes(self, group: str) -> bool:
        """Whether cases of a group (as in `cases_of`) are among those that are named."""
        wanted = (self.district, self.topic, self.organisation)
        return all(not one or one == own for one, own in zip(wanted, group.split(BETWEEN), strict=True))

    def group_of(self, group: str) -> str:
        """Return in which group of the split cases of a group stand."""
        return group.split(BETWEEN)[SPLITS.index(self.split)] if self.split else ""

    @property
    def chosen(self) -> list[str]:
        """Which of the groups of cases are narrowed."""
        given = (self.district, self.topic, self.organisation, self.programme)
        return [name for name, value in zip(NAMES, given, strict=True) if value]


def of_key(key: str) -> Filters:
    """Return the project and the time of a key."""
    programme, year, quarter = key.split(BETWEEN)
    return Filters(programme=programme, year=int(year) if year else None, quarter=int(quarter) if quarter else None)


def read(given: Mapping[str, str], known: Mapping[str, Mapping[str, str]], years: range, split: str) -> Filters:
    """Return the filters that an address names; what nobody knows is left out. `known`: the keys of each kind."""
    one = {name: given.get(name, "") if given.get(name, "") in known[name] else "" for name in NAMES}
    year = int(given["jahr"]) if given.get("jahr", "").isdecimal() and int(given["jahr"]) in years else None
    quarter = given.get("quartal", "")
    return Filters(
        one["bezirk"], one["thema"], one["organisation"], one["projekt"], year,
        int(quarter) if year and quarter in {"1", "2", "3", "4"} else None,
        given["nach"] if given.get("nach") in SPLITS else split,
    )  # fmt: skip


def period(filters: Filters, today: date) -> tuple[date, date]:
    """Return the first and the last day that figures tell of: up to today at most."""
    if filters.year is None:
        return BEGINNING, today
    first = date(filters.year, 1, 1)
    months = 12
    if filters.quarter:
        first, months = months_later(first, 3 * (filters.quarter - 1)), 3
    return first, min(months_later(first, months) - timedelta(days=1), today)


def cases_of(filters: Filters) -> QuerySet[Any, Any]:
    """Return the cases of the project that filters name: `id`, `grp`, `opened_on`, `closed_on`.

    `grp` is Stadtbezirk, topic and organisation of a case. A case that was merged into another one is told of there;
    one that may only be kept (Art. 18 DSGVO) nowhere.
    """
    rows = Case.objects.filter(merged_into=None, restricted_on=None).order_by()
    if filters.programme:
        taking = Participation.objects.filter(case=OuterRef("pk"), programme__key=filters.programme)
        rows = rows.filter(Q(programme__key=filters.programme) | Exists(taking))
    return rows.annotate(grp=grouped(_PATHS.values())).values("id", "grp", "opened_on", "closed_on")


def participations_of(filters: Filters) -> QuerySet[Participation]:
    """Return the participations of the project that filters name, with their `grp`; they outlive their case."""
    rows = Participation.objects.filter(is_countable=True).order_by()
    rows = rows.filter(programme__key=filters.programme) if filters.programme else rows
    return rows.annotate(grp=grouped(("district__key", "topic", "organisation__key")))


def grouped(paths: Iterable[str]) -> Expression:
    """Return the values of some columns as one text; what is not known is empty."""
    parts: list[Expression] = [Coalesce(F(path), Value(""), output_field=CharField()) for path in paths]
    return reduce(lambda one, other: Concat(one, Value(BETWEEN), other, output_field=CharField()), parts)
