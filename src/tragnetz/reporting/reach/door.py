"""Who knocked at the one front door, and who was helped without taking part in a project: of the whole network.

Short counselling up to the limit of a project (Bagatelle) is no participation; it is help all the same.
"""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet, Sum

from tragnetz.appointments.enums import Urgency
from tragnetz.casework.enums import ContactKind, Interpreting, Level, Outcome
from tragnetz.casework.models import Case, CaseContact, Enquiry
from tragnetz.core.months import months_later
from tragnetz.network.models import Network
from tragnetz.reporting.reach.cells import Wanted


@dataclass(frozen=True, slots=True)
class Door:
    """Enquiries: how many, how many of them only wanted to know something, how urgent, how, in what language, where."""

    enquiries: int = 0
    information: int = 0
    urgent: int = 0
    channels: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    localities: Mapping[uuid.UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShortHelp:
    """Households with talks that take part in no project: within the limit, and above it (look at them again)."""

    within: int
    above: int


@dataclass(frozen=True, slots=True)
class Talks:
    """Talks of all cases, and those with somebody who interpreted."""

    talks: int
    interpreted: int


def door_of(network: Network, wanted: Wanted) -> Door:
    """Return who asked for help in the months that are wanted; in one query."""
    first, end = _instants(network, wanted)
    rows = _narrowed(Enquiry.objects.filter(created_at__gte=first, created_at__lt=end), wanted, "")
    found: dict[str, Counter[object]] = {name: Counter() for name in ("channel", "language", "locality")}
    enquiries = information = urgent = 0
    for row in rows.order_by().values("channel", "language", "locality", "urgency", "outcome").annotate(n=Count("pk")):
        number = row["n"]
        enquiries += number
        information += number if row["outcome"] == Outcome.INFORMATION else 0
        urgent += number if row["urgency"] == Urgency.TODAY else 0
        for name, counter in found.items():
            counter[row[name]] += number
    return Door(
        enquiries,
        information,
        urgent,
        *({key: n for key, n in one.items() if key is not None} for one in found.values()),
    )  # type: ignore[arg-type]


def short_help_of(wanted: Wanted, *, limit: int) -> ShortHelp:
    """Return how many households were helped that take part in nothing, by minutes of talks up to today."""
    cases = Case.objects.filter(
        level=Level.SHORT,
        merged_into=None,
        participations=None,
        opened_on__gte=wanted.first,
        opened_on__lt=_end(wanted),
    )
    talks = CaseContact.objects.filter(case__in=_narrowed(cases, wanted, "enquiry__").order_by())
    minutes = talks.exclude(kind=ContactKind.ALONE).order_by().values("case").annotate(total=Sum("minutes"))
    found = minutes.aggregate(
        within=Count("case", filter=Q(total__lte=limit)), above=Count("case", filter=Q(total__gt=limit))
    )
    return ShortHelp(**found)


def talks_of(wanted: Wanted) -> Talks:
    """Return how many talks there were in the months that are wanted, and how many with interpreting."""
    rows = CaseContact.objects.filter(held_on__gte=wanted.first, held_on__lt=_end(wanted))
    rows = rows.exclude(kind=ContactKind.ALONE).order_by()
    if wanted.narrowed:
        rows = rows.filter(case__in=_narrowed(Case.objects.order_by(), wanted, "enquiry__"))
    return Talks(
        **rows.aggregate(talks=Count("pk"), interpreted=Count("pk", filter=~Q(interpreting=Interpreting.NONE)))
    )


def _end(wanted: Wanted) -> date:
    return months_later(wanted.last, 1)


def _instants(network: Network, wanted: Wanted) -> tuple[datetime, datetime]:
    return tuple(datetime.combine(day, time(), network.zone) for day in (wanted.first, _end(wanted)))  # type: ignore[return-value]


def _narrowed[RowsT: QuerySet](rows: RowsT, wanted: Wanted, enquiry: str) -> RowsT:  # type: ignore[type-arg]
    """Narrow enquiries, or cases by their enquiry, to what is wanted."""
    if wanted.organisation:
        rows = rows.filter(organisation=wanted.organisation)
    if wanted.topic:
        rows = rows.filter(topic=wanted.topic)
    return rows.filter(**{f"{enquiry}district": wanted.district}) if wanted.district else rows
