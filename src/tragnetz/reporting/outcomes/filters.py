"""Which cases and which time figures tell of: what stands in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tragnetz.casework.models import Case
from tragnetz.core.months import months_later
from tragnetz.reporting.models import Participation

BEGINNING = date(1900, 1, 1)  # before any case
QUARTERS = (1, 2, 3, 4)
SPLITS = ("bezirk", "thema", "organisation")  # each case is in just one group of each
NAMES = ("bezirk", "thema", "organisation", "projekt")
_PATHS = {"bezirk": "enquiry__district__key", "thema": "topic", "organisation": "organisation__key"}
_GROUPS = {name: F(path) for name, path in _PATHS.items()}


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
        """The same for the same filters: under it a summary is kept."""
        parts = (self.district, self.topic, self.organisation, self.programme, self.year, self.quarter, self.split)
        return "|".join("" if part is None else str(part) for part in parts)

    @property
    def chosen(self) -> list[str]:
        """Which of the groups of cases are narrowed."""
        given = (self.district, self.topic, self.organisation, self.programme)
        return [name for name, value in zip(NAMES, given, strict=True) if value]


def of_key(key: str) -> Filters:
    """Return the filters of a key."""
    district, topic, organisation, programme, year, quarter, split = key.split("|")
    return Filters(
        district, topic, organisation, programme, int(year) if year else None, int(quarter) if quarter else None, split
    )


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
    """Return the cases that filters name, and no other: `id`, `grp` by the split, `opened_on`, `closed_on`.

    A case that was merged into another one is told of there; one that may only be kept (Art. 18 DSGVO) nowhere.
    """
    rows = Case.objects.filter(merged_into=None, restricted_on=None).order_by()
    if filters.district:
        rows = rows.filter(enquiry__district__key=filters.district)
    if filters.topic:
        rows = rows.filter(topic=filters.topic)
    if filters.organisation:
        rows = rows.filter(organisation__key=filters.organisation)
    if filters.programme:
        taking = Participation.objects.filter(case=OuterRef("pk"), programme__key=filters.programme)
        rows = rows.filter(Q(programme__key=filters.programme) | Exists(taking))
    group = _GROUPS.get(filters.split, Value(""))
    grouped = rows.annotate(grp=Coalesce(group, Value(""), output_field=CharField()))
    return grouped.values("id", "grp", "opened_on", "closed_on")


def participations_of(filters: Filters) -> QuerySet[Participation]:
    """Return the participations that filters name; they outlive their case, so their own columns are asked."""
    rows = Participation.objects.filter(is_countable=True).order_by()
    if filters.district:
        rows = rows.filter(district__key=filters.district)
    if filters.topic:
        rows = rows.filter(topic=filters.topic)
    if filters.organisation:
        rows = rows.filter(organisation__key=filters.organisation)
    return rows.filter(programme__key=filters.programme) if filters.programme else rows
