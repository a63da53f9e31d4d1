"""The cells of some projects, in two queries however many take part."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from tragnetz.reporting.models import Participation
from tragnetz.reporting.reach.cells import Cell, Counts

_GROUPS = ("month", "programme", "organisation", "district", "topic")


def cells_of(programmes: Collection[uuid.UUID], *, until: date) -> list[Cell]:
    """Return who entered up to a day. A household is counted once for all these projects: at its first complete entry.

    Who may see them, the caller has asked.
    """
    entries = Participation.objects.filter(programme__in=programmes, entered_on__lte=until)
    persons = _grouped(entries).annotate(
        persons=Count("pk", filter=Q(is_countable=True)), incomplete=Count("pk", filter=Q(is_countable=False))
    )
    first = entries.filter(is_countable=True).order_by("family", "entered_on", "id").distinct("family")
    households = _grouped(Participation.objects.filter(pk__in=first.values("pk"))).annotate(
        households=Count("pk"), families=Count("pk", filter=Q(children__gt=0)), kids=Sum("children")
    )
    found: dict[tuple[Any, ...], Counts] = {
        _key(row): Counts(persons=row["persons"], incomplete=row["incomplete"]) for row in persons
    }
    for row in households:
        found[_key(row)] += Counts(households=row["households"], families=row["families"], children=row["kids"])
    return [Cell(*key, counts) for key, counts in sorted(found.items(), key=lambda one: str(one[0]))]


def _grouped(rows: QuerySet[Participation]) -> QuerySet[Participation, dict[str, Any]]:
    return rows.order_by().annotate(month=TruncMonth("entered_on")).values(*_GROUPS)


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _GROUPS)
