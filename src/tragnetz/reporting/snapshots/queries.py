"""Read fixed figures row by row: what a number counts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import F, Q, QuerySet

from tragnetz.reporting.lines.line import Line
from tragnetz.reporting.models import Snapshot, SnapshotRow
from tragnetz.reporting.snapshots.frames import counting_in

# Counted are households, each at its first complete entry; talks are those of a household, whoever of it takes part.
_OF_HOUSEHOLDS: Final = frozenset({"households", "families", "children"})
_OF_TALKS: Final = frozenset({"contacts", "minutes"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts, in the words of `report.Cell`; None: all of them."""

    measure: str
    code: str | None = ""
    gender: str | None = None
    year: int | None = None

    def amount(self, row: SnapshotRow) -> int:
        """Return how much a row adds to the number."""
        of_row = {"children": row.children, "contacts": row.contacts, "minutes": row.minutes}
        return of_row.get(self.measure, 1)


def rows_behind(snapshot: Snapshot, counted: Counted) -> QuerySet[SnapshotRow]:
    """Return the participations that a number counts, by pseudonym; of households and talks one row each."""
    rows = SnapshotRow.objects.filter(snapshot=snapshot)
    if counted.measure in _OF_TALKS:
        return _one_each(rows.filter(contacts__gt=0)).order_by("pseudonym")
    if counted.measure == "ever":
        rows = rows.filter(is_countable=True)
        rows = rows if counted.code == "persons" else _one_each(rows)
        return (rows.filter(children__gt=0) if counted.code == "families" else rows).order_by("pseudonym")
    if counted.measure in _OF_HOUSEHOLDS:
        rows = _one_each(rows.filter(is_countable=True))
        rows = rows if counted.measure == "households" else rows.filter(children__gt=0)
    found, day = _found(counting_in(snapshot).line, counted)
    rows = rows.filter(found, **{f"{day}__gte": snapshot.first})
    if counted.gender is not None:
        rows = rows.filter(gender=counted.gender)
    if counted.year is not None:
        rows = rows.filter(**{f"{day}__year": counted.year})
    return rows.order_by("pseudonym")


def _one_each(rows: QuerySet[SnapshotRow]) -> QuerySet[SnapshotRow]:
    first = rows.order_by("family", "entered_on", "-children", "pseudonym").distinct("family")
    return SnapshotRow.objects.filter(pk__in=first.values("pk"))


def _found(line: Line, counted: Counted) -> tuple[Q, str]:
    """Return which rows a measure takes, and by which day: of the entry, or of the exit."""
    kind = {one.code: one.kind for one in line.indicators}.get(counted.code or "", "output")
    told = Q(later_on__isnull=False) if kind == "longer" else Q(exit_on__isnull=False)
    limit = F("left_on") + timedelta(days=line.results_within_days)
    entry, exit_ = "entered_on", "left_on"
    holds = Q(is_countable=True, codes__contains=[counted.code])
    return {
        "persons": (Q(is_countable=True), entry),
        "incomplete": (Q(is_countable=False), entry),
        "code": (holds, entry) if kind == "output" else (holds & told, exit_),
        "base": (Q(bases__contains=[counted.code]), exit_),
        "told": (Q(bases__contains=[counted.code]) & told, exit_),
        "left": (Q() if counted.code is None else Q(leaving=counted.code), exit_),
        "late": (Q(exit_on__gt=limit), exit_),
        "untold": (Q(exit_on=None, left_on__lt=F("snapshot__last") - timedelta(days=line.results_within_days)), exit_),
    }.get(counted.measure, (Q(), entry))
