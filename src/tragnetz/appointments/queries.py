"""Reads of appointments: what is free, which times fit best, who comes today."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState, CallbackState, Kind
from tragnetz.appointments.models import Absence, Booking, Callback, Roster
from tragnetz.appointments.rules import Shift, Slot, Wanted, free_slots, merge_busy
from tragnetz.core.ids import clean_code
from tragnetz.network.models import Membership, Network, Site
from tragnetz.network.rules import public_holidays
from tragnetz.vault.sealing import lookup_hash

LOOK_AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class SlotWish:
    """What somebody needs of an appointment; empty means no wish."""

    kind: str = ""
    topic: str = ""
    language: str = "de"
    interpreter: bool = False
    gender: str = ""
    district: str = ""
    membership_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A free time with the counsellor's name and why it fits."""

    slot: Slot
    name: str
    organisation: str
    place: str
    reasons: tuple[str, ...]


def _shifts(first: date, last: date, memberships: Collection[uuid.UUID] | None) -> list[Shift]:
    rows = Roster.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=first), valid_from__lte=last, membership__ended_on=None
    )
    if memberships is not None:
        rows = rows.filter(membership__in=memberships)
    chosen = rows.values_list(
        "membership_id", "membership__organisation_id", "site_id", "weekday", "starts", "ends", "kinds", "valid_from",
        "valid_until",
    )  # fmt: skip
    return [
        Shift(member, organisation, site, weekday, starts, ends, tuple(kinds), since, until)
        for member, organisation, site, weekday, starts, ends, kinds, since, until in chosen
    ]


def _busy_rows(
    start: datetime, end: datetime, memberships: Collection[uuid.UUID] | None, without: uuid.UUID | None
) -> Iterator[tuple[uuid.UUID, int, int]]:
    bookings = Booking.objects.filter(starts_at__lt=end, ends_at__gt=start).exclude(state=BookingState.CANCELLED)
    if without is not None:
        bookings = bookings.exclude(pk=without)
    absences = Absence.objects.filter(starts_at__lt=end, ends_at__gt=start)
    for rows in (bookings.order_by(), absences):
        chosen = rows if memberships is None else rows.filter(membership__in=memberships)
        for member, begins, ends in chosen.values_list("membership_id", "starts_at", "ends_at"):
            yield member, int(begins.timestamp()), int(ends.timestamp())


def free(
    *,
    network: Network,
    first: date,
    last: date,
    not_before: datetime,
    kinds: Iterable[str] = (),
    memberships: Collection[uuid.UUID] | None = None,
    interpreter: bool = False,
    without: uuid.UUID | None = None,
) -> Iterator[Slot]:
    """Yield free slots from the first to the last day; three queries, whatever the number of counsellors.

    `without` is a booking that is about to be moved: its own time counts as free.
    """
    zone = network.zone
    start = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    holidays = frozenset(
        day
        for year in range(first.year, last.year + 1)
        for day in public_holidays(network.holiday_country, network.holiday_subdivision, year)
    )
    return free_slots(
        _shifts(first, last, memberships),
        merge_busy(_busy_rows(start, end, memberships, without)),
        first=first,
        last=last,
        holidays=holidays,
        zone=zone,
        kinds=frozenset(kinds or Kind.values),
        not_before=int(not_before.timestamp()),
        interpreter=interpreter,
    )


def next_free(*, network: Network, not_before: datetime, wanted: Wanted, limit: int = 3) -> list[Slot]:
    """Return free times after one that is gone: same kind, one per start, soonest first."""
    around = datetime.fromtimestamp(wanted.start, network.zone)
    first = max(around, not_before.astimezone(network.zone)).date()
    slots = free(network=network, first=first, last=first + LOOK_AHEAD, not_before=not_before, kinds=[wanted.kind])
    found: dict[int, Slot] = {}
    for slot in slots:
        # A day comes complete before the next one, so that enough of an earlier day beats all later ones.
        if len(found) >= limit and slot.start > max(found) + 86_400:
            break
        found.setdefault(slot.start, slot)
    nearest = sorted(found.values(), key=lambda slot: (abs(slot.start - wanted.start), slot.start))[:limit]
    return sorted(nearest)


def times_by_day(
    *, network: Network, now: datetime, not_before: datetime, kind: str, interpreter: bool, days: int = 5
) -> dict[date, list[Slot]]:
    """Return the next days that have free times, one slot per start: the one of whoever is least booked."""
    zone = network.zone
    first = now.astimezone(zone).date()
    load = _load(now, now + LOOK_AHEAD)
    found: dict[date, dict[int, Slot]] = {}
    slots = free(
        network=network, first=first, last=first + LOOK_AHEAD, not_before=not_before, kinds=[kind],
        interpreter=interpreter,
    )  # fmt: skip
    for slot in slots:
        day = datetime.fromtimestamp(slot.start, zone).date()
        if day not in found and len(found) == days:
            break
        known = found.setdefault(day, {})
        if slot.start not in known or load[slot.membership_id] < load[known[slot.start].membership_id]:
            known[slot.start] = slot
    return {day: [known[start] for start in sorted(known)] for day, known in found.items()}


def _load(start: datetime, end: datetime) -> Counter[uuid.UUID]:
    live = Booking.objects.filter(starts_at__gte=start, starts_at__lt=end).exclude(state=BookingState.CANCELLED)
    return Counter(live.order_by().values_list("membership_id", flat=True))


def best_slots(
    *, network: Network, now: datetime, not_before: datetime, wish: SlotWish, limit: int = 3
) -> list[Suggestion]:
    """Return the best free times over all counsellors with the reasons: who fits, then who is free soonest."""
    people = {
        row.pk: row
        for row in Membership.objects.filter(ended_on=None)
        .select_related("user", "organisation")
        .prefetch_related("districts")
    }
    if wish.membership_id is not None:
        people = {key: row for key, row in people.items() if key == wish.membership_id}
    if wish.gender:
        people = {key: row for key, row in people.items() if row.gender == wish.gender}
    first = now.astimezone(network.zone).date()
    load = _load(now, now + LOOK_AHEAD)
    fits = {key: _fit(row, wish) for key, row in people.items()}
    best: dict[uuid.UUID, tuple[float, Slot]] = {}
    slots = free(
        network=network, first=first, last=first + LOOK_AHEAD, not_before=not_before,
        kinds=[wish.kind] if wish.kind else [Kind.PHONE, Kind.ON_SITE], memberships=list(people),
        interpreter=wish.interpreter,
    )  # fmt: skip
    for slot in slots:
        # A day of waiting weighs one point: the right person is worth some days, not weeks.
        score = (slot.start - now.timestamp()) / 86_400 - fits[slot.membership_id][0] + load[slot.membership_id] * 0.05
        if slot.membership_id not in best or score < best[slot.membership_id][0]:
            best[slot.membership_id] = (score, slot)
    chosen = [slot for _score, slot in sorted(best.values())[:limit]]
    soonest = min((slot.start for slot in chosen), default=0)
    places = dict(Site.objects.filter(pk__in=[slot.site_id for slot in chosen]).values_list("pk", "name"))
    return [
        _suggestion(
            slot, people[slot.membership_id], fits[slot.membership_id][1], soonest,
            places.get(slot.site_id, "") if slot.site_id else "",
        )
        for slot in chosen
    ]  # fmt: skip


def _fit(row: Membership, wish: SlotWish) -> tuple[float, tuple[str, ...]]:
    points, reasons = 0.0, []
    if wish.language not in {"", "de"} and wish.language in row.languages:
        points += 7
        reasons.append(_("spricht die Sprache"))
    if wish.topic and wish.topic in row.topics:
        points += 3
        reasons.append(_("kennt das Thema gut"))
    if wish.district and wish.district in {district.key for district in row.districts.all()}:
        points += 2
        reasons.append(_("für diesen Stadtbezirk da"))
    if wish.membership_id == row.pk:
        reasons.append(_("wie gewünscht"))
    return points, tuple(reasons)


def _suggestion(slot: Slot, row: Membership, reasons: tuple[str, ...], soonest: int, place: str) -> Suggestion:
    if slot.start == soonest:
        reasons = (_("frühester Termin"), *reasons)
    return Suggestion(slot, row.user.get_full_name(), row.organisation.short_name, place, reasons or (_("frei"),))


def booking_by_code(code: str) -> Booking | None:
    """Return the booking that a code opens."""
    clean = clean_code(code)
    if not clean:
        return None
    rows = Booking.objects.select_related("site__network", "contact", "membership__user", "membership__organisation")
    return rows.filter(code_hash=lookup_hash(clean)).first()


def bookings_between(start: datetime, end: datetime) -> QuerySet[Booking]:
    """Return live bookings that begin in a time, soonest first."""
    rows = Booking.objects.filter(starts_at__gte=start, starts_at__lt=end).exclude(state=BookingState.CANCELLED)
    return rows.select_related("contact", "membership__user", "membership__organisation", "site")


def open_callbacks() -> QuerySet[Callback]:
    """Return the promises not yet kept, most pressing first."""
    return Callback.objects.filter(state=CallbackState.OPEN).select_related("contact", "district", "organisation")
