"""What a network had to do and who did it, from its own bookings and rosters: what the simulation begins with."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.db.models.functions import ExtractIsoWeekDay

from tragnetz.appointments.enums import BookingState, CancelledBy, Via
from tragnetz.appointments.models import Absence, Booking
from tragnetz.appointments.queries import shifts_between
from tragnetz.appointments.rules import Busy, Shift, merge_busy
from tragnetz.appointments.simulation import WEEK, Load
from tragnetz.network.models import Network
from tragnetz.network.queries import days_off_between

SHORT_NOTICE = timedelta(hours=24)  # what is called off later than this before it begins, nobody else can take
HOUR = 3600
DRAWN = 200  # so many lengths stand for all


class History(NamedTuple):
    """A load with the number of counsellors who bore it."""

    load: Load
    counsellors: int


def load_of(network: Network, since: datetime, now: datetime) -> History | None:
    """Return what was asked of a network in a time and what its counsellors offered; nothing without either."""
    zone = network.zone
    weeks = (now - since) / timedelta(days=WEEK)
    made = Booking.objects.filter(created_at__gte=since, created_at__lt=now, session=None).exclude(via=Via.IMPORT)
    by_weekday = made.order_by().annotate(day=ExtractIsoWeekDay("created_at", tzinfo=zone)).values_list("day")
    asked = dict(by_weekday.annotate(number=Count("pk")))
    lengths = Counter(dict(made.order_by().values_list(F("ends_at") - F("starts_at")).annotate(number=Count("pk"))))
    offered, counsellors = _offered(network, since.astimezone(zone).date(), now.astimezone(zone).date())
    if not asked or not counsellors or not any(offered):
        return None
    missed, called_off = _shares(since, now)
    load = Load(
        asked=tuple(asked.get(day + 1, 0) / weeks for day in range(WEEK)),
        offered=tuple(hours / weeks / counsellors for hours in offered),
        lengths=_drawn(lengths),
        missed=missed,
        called_off=called_off,
    )
    return History(load, counsellors)


def in_time() -> Q:
    """Return which bookings a person called off so early that somebody else could have the time."""
    early = Q(changed_at__lte=F("starts_at") - SHORT_NOTICE)
    return Q(state=BookingState.CANCELLED, cancelled_by=CancelledBy.PERSON) & early


def _shares(since: datetime, now: datetime) -> tuple[float, float]:
    """Return which share of the appointments of a time was missed, and called off in time."""
    due = Booking.objects.filter(starts_at__gte=since, starts_at__lt=now, session=None)
    found = due.aggregate(
        attended=Count("pk", filter=Q(state=BookingState.ATTENDED)),
        missed=Count("pk", filter=Q(state=BookingState.MISSED)),
        early=Count("pk", filter=in_time()),
    )
    happened = found["attended"] + found["missed"]
    return found["missed"] / max(happened, 1), found["early"] / max(happened + found["early"], 1)


def _drawn(lengths: Mapping[timedelta, int]) -> tuple[float, ...]:
    """Return lengths in hours, each as often as its share, so that drawing one of them draws from the history."""
    whole = sum(lengths.values())
    return tuple(
        length / timedelta(hours=1)
        for length, number in sorted(lengths.items())
        for _ in range(max(round(number / whole * DRAWN), 1))
    )


def _offered(network: Network, first: date, last: date) -> tuple[list[float], int]:
    """Return the hours that were really offered on each weekday, all counsellors together, and how many they are."""
    zone = network.zone
    holidays = days_off_between(network, first, last)
    shifts: dict[int, list[Shift]] = defaultdict(list)
    for shift in shifts_between(first, last):
        shifts[shift.weekday].append(shift)
    busy = merge_busy(_away(datetime.combine(first, time(), zone), datetime.combine(last, time(), zone)))
    hours = [0.0] * WEEK
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        for shift in shifts[day.weekday()] if day not in holidays else ():
            if shift.holds_on(day):
                span = [int(datetime.combine(day, at, zone).timestamp()) for at in (shift.starts, shift.ends)]
                hours[day.weekday()] += _left(span[0], span[1], busy.get(shift.membership_id, ())) / HOUR
    return hours, len({shift.membership_id for rows in shifts.values() for shift in rows})


def _left(start: int, end: int, busy: Sequence[Busy]) -> int:
    return end - start - sum(max(min(until, end) - max(since, start), 0) for since, until in busy)


def _away(start: datetime, end: datetime) -> Iterator[tuple[uuid.UUID, int, int]]:
    """Yield when counsellors could not talk to anybody: absences, and groups that they lead."""
    groups = Booking.objects.filter(session__isnull=False).exclude(state=BookingState.CANCELLED)
    for rows in (Absence.objects.all(), groups):
        chosen = rows.filter(starts_at__lt=end, ends_at__gt=start).order_by()
        for member, begins, ends in chosen.values_list("membership_id", "starts_at", "ends_at"):
            yield member, int(begins.timestamp()), int(ends.timestamp())
