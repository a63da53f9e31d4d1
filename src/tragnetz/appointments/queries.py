"""Reads of appointments: what is free, which times fit best, who comes today."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from tragnetz.appointments.enums import Audience, BookingState, Kind, Purpose, Via
from tragnetz.appointments.models import Booking, Roster, Workload
from tragnetz.appointments.policy import policy_of, terms_of
from tragnetz.appointments.rules import (
    WHOLE,
    Elsewhere,
    Shift,
    Slot,
    Taken,
    Terms,
    Wanted,
    free_slots,
    merge_busy,
)
from tragnetz.core.ids import clean_code
from tragnetz.network.models import Membership, Network
from tragnetz.network.queries import days_off_between
from tragnetz.vault.sealing import lookup_hash

LOOK_AHEAD = timedelta(days=28)
# Of a roster, in the order of the fields of `Shift`.
SHIFT_COLUMNS = (
    "membership_id", "membership__organisation_id", "site_id", "weekday", "starts", "ends", "kinds", "valid_from",
    "valid_until", "every", "public_percent", "desk_percent",
)  # fmt: skip
_KINDS = SHIFT_COLUMNS.index("kinds")


def shifts_between(first: date, last: date, memberships: Collection[uuid.UUID] | None = None) -> list[Shift]:
    """Return the roster rows that are in force on some of the days, of some counsellors or of all.

    Nobody works after the last day of their membership, whatever their roster says.
    """
    rows = Roster.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=first), valid_from__lte=last, membership__ended_on=None
    )
    if memberships is not None:
        rows = rows.filter(membership__in=memberships)
    found = [(shift_of(row), row[-1]) for row in rows.values_list(*SHIFT_COLUMNS, "membership__last_day")]
    return [_until(shift, last_day) for shift, last_day in found]


def shift_of(row: Sequence[Any]) -> Shift:
    """Return the columns of a roster (`SHIFT_COLUMNS`, and what may stand after them) as a shift."""
    values = list(row[: len(SHIFT_COLUMNS)])
    values[_KINDS] = tuple(values[_KINDS])
    return Shift(*values)


def _until(shift: Shift, last_day: date | None) -> Shift:
    if last_day is None or (shift.valid_until is not None and shift.valid_until <= last_day):
        return shift
    return replace(shift, valid_until=last_day)


# Free times are asked for with every look at a calendar and every loser of a rush. Written out, these rows cost a
# fifth of what it costs to put the same questions together each time.
_BUSY = """
SELECT membership_id, starts_at, ends_at, kind, site_id, session_id IS NULL FROM appointments_booking
 WHERE network_id = %(network)s AND starts_at < %(end)s AND ends_at > %(start)s AND state <> 'cancelled'
   AND (%(members)s::uuid[] IS NULL OR membership_id = ANY(%(members)s::uuid[])) AND NOT id = ANY(%(without)s::uuid[])
UNION ALL
SELECT membership_id, starts_at, ends_at, NULL, NULL, false FROM appointments_absence
 WHERE network_id = %(network)s AND starts_at < %(end)s AND ends_at > %(start)s
   AND (%(members)s::uuid[] IS NULL OR membership_id = ANY(%(members)s::uuid[]))
"""
_CLOSED = """
SELECT organisation_id, site_id, starts_at, ends_at FROM appointments_closure
 WHERE network_id = %(network)s AND starts_at < %(end)s AND ends_at > %(start)s
"""


def _taken(
    network: Network,
    shifts: Sequence[Shift],
    span: tuple[datetime, datetime],
    memberships: Collection[uuid.UUID] | None,
    without: Collection[uuid.UUID],
    besides: Collection[Slot],
    terms: Terms,
) -> Taken:
    """Return what is gone between two instants: bookings with the rest after them, absences, closed houses."""
    busy: list[tuple[uuid.UUID, int, int]] = []
    elsewhere: dict[uuid.UUID, list[Elsewhere]] = defaultdict(list)
    talks: Counter[tuple[uuid.UUID, date]] = Counter()
    rests = {kind: length.rest * 60 for kind, length in terms.lengths.items()}
    asked: dict[str, Any] = {
        "network": network.pk, "start": span[0], "end": span[1], "without": list(without),
        "members": None if memberships is None else list(memberships),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BUSY, asked)
        more = [(one.membership_id, one.starts_at, one.ends_at, one.kind, one.site_id, True) for one in besides]
        for member, begins, ends, kind, site, is_talk in [*cursor.fetchall(), *more]:
            start, end = int(begins.timestamp()), int(ends.timestamp())
            busy.append((member, start, end + rests.get(kind, 0)))
            if site is not None and terms.ways:
                elsewhere[member].append(Elsewhere(start, end, site))
            if is_talk:
                talks[member, begins.astimezone(network.zone).date()] += 1
        cursor.execute(_CLOSED, asked)
        busy += _closed(shifts, cursor.fetchall())
    full = frozenset(key for key, number in talks.items() if number >= terms.most_a_day.get(key[0], number + 1))
    return Taken(merge_busy(busy), elsewhere=elsewhere, ways=terms.ways, full=full)


def _closed(
    shifts: Sequence[Shift], closures: Sequence[tuple[uuid.UUID | None, uuid.UUID | None, datetime, datetime]]
) -> Iterator[tuple[uuid.UUID, int, int]]:
    """Yield when counsellors cannot work because their site, their organisation or the whole network is closed."""
    for shift in shifts if closures else ():
        for organisation, site, begins, ends in closures:
            if organisation in {None, shift.organisation_id} and site in {None, shift.site_id}:
                yield shift.membership_id, int(begins.timestamp()), int(ends.timestamp())


def free(
    *,
    network: Network,
    first: date,
    last: date,
    not_before: datetime,
    kinds: Iterable[str] = (),
    memberships: Collection[uuid.UUID] | None = None,
    interpreter: bool = False,
    purpose: str = Purpose.FIRST,
    audience: int = Audience.INTERNAL,
    without: Collection[uuid.UUID] = (),
    besides: Collection[Slot] = (),
) -> Iterator[Slot]:
    """Yield free slots from the first to the last day; four queries, whatever the number of counsellors.

    `without` are bookings that are about to be moved: their own time counts as free. `besides` are times that are about
    to be taken as well: they count as taken.
    """
    zone = network.zone
    start = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    terms = terms_of(network)
    shifts = shifts_between(first, last, memberships)
    return free_slots(
        shifts,
        _taken(network, shifts, (start, end), memberships, without, besides, terms),
        first=first,
        last=last,
        holidays=frozenset(days_off_between(network, first, last)),
        zone=zone,
        kinds=frozenset(kinds or Kind.values),
        not_before=int(not_before.timestamp()),
        terms=terms,
        purpose=purpose,
        interpreter=interpreter,
        audience=audience,
    )


def next_free(
    *,
    network: Network,
    not_before: datetime,
    wanted: Wanted,
    limit: int = 3,
    purpose: str = Purpose.FIRST,
    interpreter: bool = False,
    audience: int = Audience.INTERNAL,
) -> list[Slot]:
    """Return free times around one that is gone: same kind, one per start, in order."""
    around = datetime.fromtimestamp(wanted.start, network.zone)
    first = max(around, not_before.astimezone(network.zone)).date()
    found: dict[int, Slot] = {}
    # Mostly the next days suffice; whoever lost a rush should not make the database read a month.
    for days in (timedelta(days=1), timedelta(days=6), LOOK_AHEAD):
        slots = free(
            network=network, first=first, last=first + days, not_before=not_before, kinds=[wanted.kind],
            purpose=purpose, interpreter=interpreter, audience=audience,
        )  # fmt: skip
        for slot in slots:
            # A day comes complete before the next one, so that enough of an earlier day beats all later ones.
            if len(found) >= limit and slot.start > max(found) + 86_400:
                break
            found.setdefault(slot.start, slot)
        if len(found) >= limit:
            break
    nearest = sorted(found.values(), key=lambda slot: (abs(slot.start - wanted.start), slot.start))[:limit]
    return sorted(nearest)


def times_by_day(
    *,
    network: Network,
    now: datetime,
    not_before: datetime,
    kind: str,
    interpreter: bool,
    purpose: str = Purpose.FIRST,
    audience: int = Audience.PUBLIC,
    language: str = "",
    organisation_id: uuid.UUID | None = None,
    days: int = 5,
) -> dict[date, list[Slot]]:
    """Return the next days that have free times, one slot per start: the one of whoever is least booked.

    Only counsellors who speak the `language` are asked, if there are any; of one organisation alone if it is named.
    """
    zone = network.zone
    first = now.astimezone(zone).date()
    load = loads(now, now + LOOK_AHEAD)
    found: dict[date, dict[int, Slot]] = {}
    slots = free(
        network=network, first=first, last=first + timedelta(days=policy_of(network).horizon_days),
        not_before=not_before, kinds=[kind], interpreter=interpreter, purpose=purpose, audience=audience,
        memberships=_askable(language, organisation_id),
    )  # fmt: skip
    for slot in slots:
        day = datetime.fromtimestamp(slot.start, zone).date()
        if day not in found and len(found) == days:
            break
        known = found.setdefault(day, {})
        if slot.start not in known or load[slot.membership_id] < load[known[slot.start].membership_id]:
            known[slot.start] = slot
    return {day: [known[start] for start in sorted(known)] for day, known in found.items()}


def _askable(language: str, organisation_id: uuid.UUID | None) -> list[uuid.UUID] | None:
    """Return who is asked for a time; None: everybody."""
    speaking = speakers(language)
    if organisation_id is None:
        return speaking or None
    rows = Membership.objects.filter(organisation=organisation_id, ended_on=None)
    own = set(rows.order_by().values_list("pk", flat=True))
    return [key for key in speaking if key in own] or list(own)


def speakers(language: str) -> list[uuid.UUID]:
    """Return the counsellors who speak a language besides German; nobody is singled out for German."""
    if language in {"", "de"}:
        return []
    rows = Membership.objects.filter(ended_on=None, languages__contains=[language], rosters__isnull=False)
    return list(rows.order_by().values_list("pk", flat=True).distinct())


def loads(start: datetime, end: datetime) -> defaultdict[uuid.UUID, float]:
    """Return how many talks each counsellor has between two instants, as if all had a full post."""
    live = Booking.objects.filter(starts_at__gte=start, starts_at__lt=end).exclude(state=BookingState.CANCELLED)
    talks = Counter(live.order_by().values_list("membership_id", flat=True))
    shares = dict(Workload.objects.order_by().values_list("membership_id", "percent"))
    return defaultdict(float, {member: number * WHOLE / shares.get(member, WHOLE) for member, number in talks.items()})


def booking_by_code(code: str) -> Booking | None:
    """Return the booking that a code opens."""
    clean = clean_code(code)
    if not clean:
        return None
    rows = Booking.objects.select_related("site__network", "contact", "membership__user", "membership__organisation")
    return rows.filter(code_hash=lookup_hash(clean)).first()


def organisation_bound(booking: Booking) -> uuid.UUID | None:
    """Return the organisation whose counsellors alone may have a booking: what the person told stays with it.

    Nothing for a time that names nobody. Each organisation is a controller of its own, and to want another hour is no
    release: who wants to go elsewhere books anew there.
    """
    return booking.contact.organisation_id if booking.contact else None


def public_hold(idempotency_key: str) -> Booking | None:
    """Return the time that somebody holds on the public site under the key of their form."""
    rows = Booking.objects.filter(state=BookingState.HELD, via=Via.PUBLIC, contact=None)
    return rows.filter(idempotency_key=idempotency_key).first() if idempotency_key else None


def proposal_for(booking: Booking, now: datetime) -> Booking | None:
    """Return the time that is held for somebody in place of a booking that cannot take place."""
    return booking.proposals.filter(state=BookingState.HELD, held_until__gt=now).order_by("-created_at").first()


def bookings_between(start: datetime, end: datetime) -> QuerySet[Booking]:
    """Return the bookings that begin in a time, soonest first; neither held ones nor those called off."""
    gone = [BookingState.CANCELLED, BookingState.HELD]
    rows = Booking.objects.filter(starts_at__gte=start, starts_at__lt=end).exclude(state__in=gone)
    return rows.select_related("contact", "membership__user", "membership__organisation", "site", "session__group")
