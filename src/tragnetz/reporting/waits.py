"""How long people wait, and how many do not come: figures over the whole network, never about one person.

A wait runs from the enquiry to the first talk that took place, in days of the calendar. Who has had none is counted as
waiting until now, or until they dropped out (called off, did not come, left the waiting list).

Numbers of people and appointments are in fives that add up (`statistics`, decision 0033). Each group has its row,
whether it has anybody or not, and a time or a share stands there by what is told of its number, not by what it is: so
that what is missing tells nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

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
from tragnetz.network.enums import Role
from tragnetz.network.languages import language_choices
from tragnetz.network.models import District, Membership, Network
from tragnetz.reporting.statistics import FIVES, TOTAL

TIMES_FROM: Final = 10  # people told, so six at least: of fewer no time is shown, it could be one person's
SHARES_FROM: Final = 50  # appointments told: of fewer a share of numbers in fives says nothing
PUBLIC_LEAST: Final = 20  # people told; the public reads nothing of fewer
PUBLIC_DAYS = timedelta(days=90)
HOUR = timedelta(hours=1)
TENTH = 0.1
_KINDS: Final = ("attended", "missed", "late")

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
    """A group of people: how many (in fives), after what time a half and nine tenths had what they waited for.

    `half` and `most` are None while so many still wait, and of few people.
    """

    name: str
    people: int
    half: int | None
    most: int | None

    @property
    def is_few(self) -> bool:
        """Whether no time is shown, because they are too few."""
        return self.people < TIMES_FROM


@dataclass(frozen=True, slots=True)
class Attendance:
    """Appointments of a group, in fives: took place, were missed, were called off by the person within a day."""

    name: str
    attended: int
    missed: int
    late: int

    @property
    def people(self) -> int:
        """All that were agreed and not called off in time."""
        return self.attended + self.missed + self.late

    @property
    def is_few(self) -> bool:
        """Whether no share is shown, because they are too few."""
        return self.people < SHARES_FROM

    @property
    def missed_share(self) -> float:
        """Missed among those for which somebody was there, from 0 to 1: of what is told, so up to `4 / people` off."""
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
    return _waits(rows, split, _groups(network, split, since, now), timedelta(days=1))


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
    return _waits(rows, split, _groups(network, split, since, now), HOUR)


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
    groups = _groups(network, split, since, now)
    counts: Counter[tuple[str, ...]] = Counter()
    for group, *numbers in rows:
        for kind, number in zip(_KINDS, numbers, strict=True):
            counts[groups.name(group), kind] += number
    told = FIVES.table(counts, (groups.names, _KINDS))
    whole = Attendance("", *(told.of(TOTAL, kind) or 0 for kind in _KINDS))
    found = [Attendance(name, *(told.of(name, kind) or 0 for kind in _KINDS)) for name in groups.names if name]
    return [whole, *_in_order(found, split)]


def public_wait(network: Network, now: datetime) -> Wait | None:
    """Return what the public is told of the last 90 days; nothing while too few have asked, or had their talk."""
    whole = talk_waits(network, now - PUBLIC_DAYS, now)[0]
    return whole if whole.people >= PUBLIC_LEAST and whole.half is not None else None


@dataclass(frozen=True, slots=True)
class _Groups:
    """What figures are split into: the names of all groups in one order, and by code those that have one."""

    names: Sequence[str]
    words: Mapping[Any, str]

    def name(self, group: Any) -> str:  # noqa: ANN401 -- a text, a month or nothing, as the database groups it
        """Return the name of a group; of one that is no longer known, that it is not known."""
        name = f"{group:%Y-%m}" if isinstance(group, datetime) else self.words.get(group, group)
        return name if name in self.names else self.names[-1]


def _groups(network: Network, split: str, since: datetime, now: datetime) -> _Groups:
    words: dict[str, str] = {}
    match split:
        case "bezirk":
            names = list(District.objects.values_list("name", flat=True))
        case "thema":
            words = {row.key: choose(row.name, get_language() or "de").text for row in topics()}
            names = list(words.values())
        case "sprache":
            words = dict(language_choices())
            names = list(words.values())
        case "organisation":
            counsel = Membership.objects.filter(roles__contains=[Role.COUNSELLOR]).order_by("organisation__short_name")
            names = list(counsel.values_list("organisation__short_name", flat=True).distinct())
        case "monat":
            return _Groups(_months(since.astimezone(network.zone).date(), now.astimezone(network.zone).date()), {})
        case _:
            return _Groups([""], {})
    return _Groups([*dict.fromkeys(names), _("nicht bekannt")], words)


def _months(first: date, last: date) -> list[str]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (divmod(first.month - 1 + number, 12) for number in range(count))
    return [f"{first.year + years:04}-{month + 1:02}" for years, month in months]


def _waits(
    rows: Iterable[tuple[Any, timedelta, bool, int]], split: str, groups: _Groups, unit: timedelta
) -> list[Wait]:
    """Return how long people waited: all of them first, then by group."""
    seen: dict[str, list[Seen]] = defaultdict(list)
    for group, waited, happened, people in rows:
        time = max(waited // unit, 0)
        seen[groups.name(group)].append(Seen(time, people if happened else 0, 0 if happened else people))
    told = FIVES.many({name: sum(row.happened + row.waiting for row in seen[name]) for name in groups.names})
    whole = _wait("", sum(number or 0 for number in told.values()), [row for some in seen.values() for row in some])
    found = [_wait(name, number or 0, seen[name]) for name, number in told.items() if name]
    return [whole, *_in_order(found, split)]


def _wait(name: str, told: int, seen: list[Seen]) -> Wait:
    if told < TIMES_FROM:
        return Wait(name, told, None, None)
    points = kaplan_meier(seen)
    return Wait(name, told, time_until(points, HALF), time_until(points, TENTH))


def _in_order[RowT: (Wait, Attendance)](rows: list[RowT], split: str) -> list[RowT]:
    """Return months as they come, all else with the largest group first."""
    return sorted(rows, key=lambda row: (0 if split == "monat" else -row.people, row.name))


def _group(paths: Mapping[str, Combinable], split: str, at: str, network: Network) -> Combinable:
    if split == "monat":
        return TruncMonth(at, tzinfo=network.zone)
    return paths[split] if split else Value("", output_field=CharField())


def _instant(now: datetime) -> Value:
    return Value(now, output_field=DateTimeField())
