"""How long people wait, and how many do not come: figures over the whole network, never about one person.

A wait runs from the enquiry to the first talk that took place, in days of the calendar. Who has had none is counted as
waiting until now, or until they dropped out (called off, did not come, left the waiting list).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate, TruncMonth
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState, CallbackState, CallResult, CancelledBy, WaitingState
from tragnetz.appointments.load import in_time
from tragnetz.appointments.models import Booking, CallAttempt, Callback
from tragnetz.casework.models import Enquiry
from tragnetz.casework.survival import HALF, Seen, kaplan_meier, time_until
from tragnetz.core.texts import choose
from tragnetz.directory.queries import topics
from tragnetz.network.languages import language_choices
from tragnetz.network.models import Network

STAFF_LEAST, PUBLIC_LEAST = 5, 20  # fewer people are not shown: a figure must not lead back to somebody
PUBLIC_DAYS = timedelta(days=90)
HOUR = timedelta(hours=1)
TENTH = 0.1

# What figures can be split by, with the words for it; the address of the page names them so.
SPLITS = ("bezirk", "thema", "sprache", "organisation", "monat")
_ENQUIRY: Mapping[str, Combinable] = {
    "bezirk": F("district__name"),
    "thema": F("topic"),
    "sprache": F("language"),
    "organisation": F("organisation__short_name"),
}
_CALLBACK = {**_ENQUIRY, "sprache": F("contact__language")}
_BOOKING = {**_ENQUIRY, "organisation": F("membership__organisation__short_name")}


@dataclass(frozen=True, slots=True)
class Wait:
    """A group of people: how many, how many had it, after what time a half and nine tenths had. Hidden: too few."""

    name: str
    people: int
    served: int
    half: int | None
    most: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Attendance:
    """A group of appointments: how many took place, were missed, were called off by the person within a day."""

    name: str
    attended: int
    missed: int
    late: int
    hidden: bool = False

    @property
    def people(self) -> int:
        """All that were agreed and not called off in time."""
        return self.attended + self.missed + self.late

    @property
    def missed_share(self) -> float:
        """Missed among those for which somebody was there, from 0 to 1."""
        return self.missed / max(self.attended + self.missed, 1)

    @property
    def late_share(self) -> float:
        """Called off within a day among all, from 0 to 1."""
        return self.late / max(self.people, 1)


def talk_waits(network: Network, since: datetime, now: datetime, split: str = "") -> list[Wait]:
    """Return how many days people waited who asked since a time: all of them first, then by group."""
    later = Booking.objects.filter(
        contact=OuterRef("contact"), state=BookingState.ATTENDED, starts_at__gte=OuterRef("created_at")
    ).order_by("starts_at")
    unsaid = Q(booking__state__in=[BookingState.BOOKED, BookingState.MISSED], booking__starts_at__lte=now)
    # The appointment agreed upon at once answers for nearly all; only the others look for a later one.
    talked = Coalesce(
        Case(When(booking__state=BookingState.ATTENDED, then=F("booking__starts_at"))),
        Subquery(later.values("starts_at")[:1]),
    )
    left = Case(
        When(unsaid, then=F("booking__starts_at")),
        # Whom we called off waits on.
        When(
            Q(booking__state=BookingState.CANCELLED) & ~Q(booking__cancelled_by=CancelledBy.NETWORK),
            then=F("booking__changed_at"),
        ),
        When(booking=None, waiting__state=WaitingState.ENDED, then=F("waiting__ended_at")),
        output_field=DateTimeField(),
    )
    asked = Enquiry.objects.filter(Q(booking__isnull=False) | Q(waiting__isnull=False))
    rows = (
        asked.filter(created_at__gte=since, created_at__lte=now)
        .order_by()
        .annotate(talked=talked)
        .annotate(
            group=_group(_ENQUIRY, split, "created_at", network),
            happened=ExpressionWrapper(Q(talked__isnull=False), output_field=BooleanField()),
            waited=TruncDate(Coalesce("talked", left, _instant(now)), tzinfo=network.zone)
            - TruncDate("created_at", tzinfo=network.zone),
        )
        .values_list("group", "waited", "happened")
        .annotate(people=Count("pk"))
    )
    return _waits(rows, split, timedelta(days=1))


def call_waits(network: Network, since: datetime, now: datetime, split: str = "") -> list[Wait]:
    """Return how many hours people waited for a promised call: all of them first, then by group."""
    first = CallAttempt.objects.filter(callback=OuterRef("pk"), result=CallResult.REACHED).order_by("at")
    called = Coalesce(Subquery(first.values("at")[:1]), Case(When(state=CallbackState.DONE, then=F("settled_at"))))
    rows = (
        Callback.objects.filter(created_at__gte=since, created_at__lte=now)
        .exclude(state=CallbackState.SPARED)  # who found a time without the call did not wait for it
        .order_by()
        .annotate(called=called)
        .annotate(
            group=_group(_CALLBACK, split, "created_at", network),
            happened=ExpressionWrapper(Q(called__isnull=False), output_field=BooleanField()),
            waited=ExpressionWrapper(
                Coalesce("called", "settled_at", _instant(now)) - F("created_at"), output_field=DurationField()
            ),
        )
        .values_list("group", "waited", "happened")
        .annotate(people=Count("pk"))
    )
    return _waits(rows, split, HOUR)


def attendances(network: Network, since: datetime, now: datetime, split: str = "") -> list[Attendance]:
    """Return how many came to what was agreed, by the day of the appointment: all of them first, then by group."""
    late = Q(state=BookingState.CANCELLED, cancelled_by=CancelledBy.PERSON) & ~in_time()
    # A later appointment has no enquiry of its own; the person's first one tells where they live.
    asked = Enquiry.objects.filter(contact=OuterRef("contact")).order_by("created_at")
    paths = {**_BOOKING, "bezirk": Subquery(asked.values("district__name")[:1])}
    rows = (
        Booking.objects.filter(starts_at__gte=since, starts_at__lte=now, session=None)
        .order_by()
        .annotate(group=_group(paths, split, "starts_at", network))
        .values_list("group")
        .annotate(
            attended=Count("pk", filter=Q(state=BookingState.ATTENDED)),
            missed=Count("pk", filter=Q(state=BookingState.MISSED)),
            late=Count("pk", filter=late),
        )
    )
    words = _words(split)
    found = [Attendance(words.get(group) or _name(group), *counts) for group, *counts in rows]
    found = _in_order([row for row in found if row.people], split)
    whole = Attendance("", *(sum(getattr(row, name) for row in found) for name in ("attended", "missed", "late")))
    kept = shown_groups([row.people for row in found], STAFF_LEAST)
    return [whole if whole.people >= STAFF_LEAST else Attendance("", 0, 0, 0, hidden=True)] + [
        row if is_shown else Attendance(row.name, 0, 0, 0, hidden=True)
        for row, is_shown in zip(found, kept, strict=True)
        if split
    ]


def public_wait(network: Network, now: datetime) -> Wait | None:
    """Return what the public is told of the last 90 days; nothing while too few have asked, or had their talk."""
    whole = talk_waits(network, now - PUBLIC_DAYS, now)[0]
    return whole if whole.people >= PUBLIC_LEAST and whole.half is not None else None


def shown_groups(counts: Iterable[int], least: int) -> list[bool]:
    """Return which of some groups may be shown beside their sum.

    Small ones may not. If what is hidden is one group, or still small together, the sum would give it away: then the
    smallest of the others is hidden with it.
    """
    sizes = list(counts)
    shown = [size >= least for size in sizes]
    hidden = [size for size, is_shown in zip(sizes, shown, strict=True) if not is_shown]
    others = sorted((size, number) for number, size in enumerate(sizes) if shown[number])
    while hidden and (len(hidden) == 1 or sum(hidden) < least) and others:
        size, number = others.pop(0)
        shown[number] = False
        hidden.append(size)
    return shown


def _waits(rows: Iterable[tuple[Any, timedelta, bool, int]], split: str, unit: timedelta) -> list[Wait]:
    groups: dict[str, list[Seen]] = defaultdict(list)
    words = _words(split)
    for group, waited, happened, people in rows:
        time = max(waited // unit, 0)
        groups[words.get(group) or _name(group)].append(
            Seen(time, people if happened else 0, 0 if happened else people)
        )
    named = _in_order([_wait(name, seen) for name, seen in groups.items()], split)
    kept = shown_groups([row.people for row in named], STAFF_LEAST)
    whole = _wait("", [row for seen in groups.values() for row in seen])
    return [whole if whole.people >= STAFF_LEAST else Wait("", 0, 0, None, None, hidden=True)] + [
        row if is_shown else Wait(row.name, 0, 0, None, None, hidden=True)
        for row, is_shown in zip(named, kept, strict=True)
        if split
    ]


def _wait(name: str, seen: list[Seen]) -> Wait:
    points = kaplan_meier(seen)
    served = sum(row.happened for row in seen)
    people = served + sum(row.waiting for row in seen)
    return Wait(name, people, served, time_until(points, HALF), time_until(points, TENTH))


def _in_order[RowT: (Wait, Attendance)](rows: list[RowT], split: str) -> list[RowT]:
    """Return months as they come, all else with the largest group first."""
    return sorted(rows, key=lambda row: (0 if split == "monat" else -row.people, row.name))


def _group(paths: Mapping[str, Combinable], split: str, at: str, network: Network) -> Combinable:
    if split == "monat":
        return TruncMonth(at, tzinfo=network.zone)
    return paths[split] if split else Value("", output_field=CharField())


def _instant(now: datetime) -> Value:
    return Value(now, output_field=DateTimeField())


def _words(split: str) -> Mapping[Any, str]:
    """Return names for the codes of a split; the others are grouped by their names."""
    if split == "thema":
        return {row.key: choose(row.name, get_language() or "de").text for row in topics()}
    return dict(language_choices()) if split == "sprache" else {}


def _name(group: Any) -> str:  # noqa: ANN401 -- a text, a month or nothing, as the database groups it
    return f"{group:%Y-%m}" if isinstance(group, datetime) else group or _("nicht bekannt")
