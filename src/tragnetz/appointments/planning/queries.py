"""Reads of plans: who works when, what a change would break, what does not fit together."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from tragnetz.appointments.calls.queries import promised_calls
from tragnetz.appointments.calls.rules import is_soon_enough
from tragnetz.appointments.enums import BookingState, CancelledBy, Via
from tragnetz.appointments.models import Absence, Booking, Callback, Closure, LineDuty, Roster, Travel, Workload
from tragnetz.appointments.planning.access import can_plan
from tragnetz.appointments.planning.changes import AddClosure, Change, EndClosure
from tragnetz.appointments.planning.conflicts import Conflict, Duty, conflicts
from tragnetz.appointments.planning.rules import (
    DAY,
    WEEKS_AHEAD,
    Away,
    Broken,
    Closed,
    Plan,
    Reason,
    Talk,
    broken,
    faults,
    hours_of,
    offered_minutes,
)
from tragnetz.appointments.queries import SHIFT_COLUMNS, shift_of
from tragnetz.core.texts import choose
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network
from tragnetz.network.queries import days_off_between

LOOK_AHEAD = timedelta(weeks=8)  # over which clashes are looked for


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of some counsellors. `talks` are rows; names of people are shown to their own organisation alone."""

    monday: date
    members: list[Membership]
    plan: Plan
    talks: list[Booking]
    holidays: dict[date, str]
    offered: dict[uuid.UUID, int]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does. Minutes are offered in four weeks from its first day, before and after it."""

    broken: list[Broken]
    minutes_before: int
    minutes_after: int

    @property
    def minutes_a_week(self) -> float:
        """How many minutes a week are won (or lost, below zero)."""
        return (self.minutes_after - self.minutes_before) / WEEKS_AHEAD


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A coming talk that does not fit the plan. `proposal` is the last time that was offered for it, if any.

    `call` is the call that the person is promised and that nobody has made yet.
    """

    booking: Booking
    reasons: frozenset[Reason]
    proposal: Booking | None
    call: Callback | None = None

    @property
    def waits(self) -> bool:
        """Whether the person may still answer."""
        return self.proposal is not None and self.proposal.state == BookingState.HELD

    @property
    def unanswered(self) -> bool:
        """Whether the person let the time pass."""
        return self.proposal is not None and self.proposal.cancelled_by == CancelledBy.EXPIRED

    @property
    def is_to_be_called(self) -> bool:
        """Whether a call is promised that comes soon enough for this talk."""
        return self.call is not None and is_soon_enough(
            self.call.promised_until, self.call.urgency, self.booking.starts_at
        )


def counsellors(organisation_id: uuid.UUID) -> list[Membership]:
    """Return the counsellors of an organisation, and whoever else has hours there."""
    rows = Membership.objects.filter(organisation=organisation_id, ended_on=None)
    works = Q(roles__contains=[Role.COUNSELLOR.value]) | Q(pk__in=Roster.objects.values("membership"))
    return list(rows.filter(works).select_related("user", "organisation"))


def plan_of(members: Collection[uuid.UUID], first: date, network: Network) -> Plan:
    """Return the plan of some counsellors from a day on."""
    begins = datetime.combine(first, time(), network.zone)
    rows = Roster.objects.filter(Q(valid_until=None) | Q(valid_until__gte=first), membership__in=members)
    chosen = rows.order_by("weekday", "starts", "pk").values_list(*SHIFT_COLUMNS, "pk")
    hours = [hours_of(shift_of(row), row[-1]) for row in chosen]
    away = Absence.objects.filter(membership__in=members, ends_at__gt=begins).order_by("starts_at", "pk")
    closed = Closure.objects.filter(ends_at__gt=begins).order_by("starts_at", "pk")
    return Plan(
        tuple(hours),
        tuple(
            Away(*row) for row in away.values_list("membership_id", "starts_at", "ends_at", "kind", "deputy_id", "pk")
        ),
        tuple(
            Closed(*row)
            for row in closed.values_list("starts_at", "ends_at", "organisation_id", "site_id", "reason", "pk")
        ),
        _last_days(members),
    )


def _last_days(members: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Return on which day people who leave work for the last time; of those who left, the day before their end."""
    leaving = Membership.objects.filter(Q(ended_on__isnull=False) | Q(last_day__isnull=False), pk__in=members)
    found = {}
    for member, ended, last in leaving.values_list("pk", "ended_on", "last_day"):
        found[member] = min(day for day in (ended and ended - DAY, last) if day is not None)
    return found


def live_bookings(members: Collection[uuid.UUID], start: datetime, now: datetime) -> QuerySet[Booking]:
    """Return what is agreed or still held from an instant on."""
    held = Q(state=BookingState.HELD, held_until__gt=now)
    rows = Booking.objects.filter(held | Q(state=BookingState.BOOKED), membership__in=members, ends_at__gt=start)
    return rows.select_related("contact", "membership__user", "membership__organisation", "site").order_by("starts_at")


def talk_of(row: Booking) -> Talk:
    """Return a booking as what rules look at. What was agreed outside of all hours on purpose stays so."""
    return Talk(
        row.pk, row.membership_id, row.membership.organisation_id, row.starts_at, row.ends_at, row.kind, row.site_id,
        rostered=row.session_id is None and row.via not in {Via.IMPORT, Via.GROUP},
    )  # fmt: skip


def week_of(network: Network, organisation_id: uuid.UUID, monday: date, now: datetime) -> Week:
    """Return a week of an organisation's counsellors: seven queries, however many they are."""
    last = monday + timedelta(days=6)
    members = counsellors(organisation_id)
    keys = [row.pk for row in members]
    plan = plan_of(keys, monday, network)
    begins = datetime.combine(monday, time(), network.zone)
    ends = begins + timedelta(days=7)
    kept = [BookingState.BOOKED, BookingState.ATTENDED, BookingState.MISSED]
    shown = Q(state__in=kept) | Q(state=BookingState.HELD, held_until__gt=now)
    talks = Booking.objects.filter(shown, membership__in=keys, ends_at__gt=begins, starts_at__lt=ends)
    holidays = days_off_between(network, monday, last)
    return Week(
        monday, members, plan, list(talks.select_related("site")), holidays,
        offered_minutes(plan, monday, last, holidays=holidays, zone=network.zone),
    )  # fmt: skip


def members_of(change: Change) -> list[uuid.UUID]:
    """Return the counsellors whose plan a change touches."""
    if isinstance(change, AddClosure | EndClosure):
        return _closed_ones(change.closed.organisation_id, change.closed.site_id)
    return [change.membership_id]


def _closed_ones(organisation_id: uuid.UUID | None, site_id: uuid.UUID | None) -> list[uuid.UUID]:
    rows = Membership.objects.filter(ended_on=None)
    if organisation_id is not None:
        rows = rows.filter(organisation=organisation_id)
    if site_id is not None:
        works, meets = Roster.objects.filter(site=site_id), Booking.objects.filter(site=site_id)
        rows = rows.filter(Q(pk__in=works.values("membership")) | Q(pk__in=meets.values("membership")))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def impact(network: Network, change: Change, now: datetime) -> tuple[Impact, Plan, Plan]:
    """Return what a change breaks, with the plan before and after it. Raises PlanError."""
    day = now.astimezone(network.zone).date()
    members = members_of(change)
    before = plan_of(members, day, network)
    after = change.apply(before)
    rows = live_bookings(members, now, now)
    found = broken(before, after, [talk_of(row) for row in rows], network.zone)
    first = max(change.first_day(network.zone), day)
    last = first + timedelta(weeks=WEEKS_AHEAD, days=-1)
    holidays = days_off_between(network, first, last)
    minutes = [
        sum(offered_minutes(plan, first, last, holidays=holidays, zone=network.zone).values())
        for plan in (before, after)
    ]
    return Impact(found, *minutes), before, after


@contextmanager
def trial() -> Iterator[None]:
    """Take back all that is written inside: so the times that are free after a change come from the booking path."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def open_matters(actor: Actor, now: datetime) -> list[OpenMatter]:
    """Return the coming talks of the organisation that do not fit the plan, with what became of their proposals."""
    if not can_plan(actor) or actor.organisation_id is None:
        return []
    everybody = list(Membership.objects.filter(organisation=actor.organisation_id).values_list("pk", flat=True))
    return _matters(actor.network, live_bookings(everybody, now, now), now)


def open_matter(actor: Actor, booking: Booking, now: datetime) -> OpenMatter | None:
    """Return one coming talk of the organisation as `open_matters` does; nothing if it is none of them."""
    if not can_plan(actor) or actor.organisation_id is None:
        return None
    rows = live_bookings([booking.membership_id], now, now)
    found = _matters(actor.network, rows.filter(pk=booking.pk, membership__organisation=actor.organisation_id), now)
    return found[0] if found else None


def _matters(network: Network, live: QuerySet[Booking], now: datetime) -> list[OpenMatter]:
    rows = list(live.filter(state=BookingState.BOOKED).prefetch_related("proposals"))
    plan = plan_of({row.membership_id for row in rows}, now.astimezone(network.zone).date(), network)
    calls = promised_calls(rows)
    found = []
    for row in rows:
        reasons = faults(plan, talk_of(row), network.zone)
        proposal = _settled(max(row.proposals.all(), key=lambda one: one.pk, default=None), now)
        matter = OpenMatter(row, reasons, proposal, calls.get(row.pk))
        if reasons or matter.waits:
            found.append(matter)
    return found


def absences_in(booking: Booking) -> list[Away]:
    """Return when the counsellor of an appointment is away during it."""
    rows = Absence.objects.filter(
        membership=booking.membership_id, starts_at__lt=booking.ends_at, ends_at__gt=booking.starts_at
    )
    columns = ("membership_id", "starts_at", "ends_at", "kind", "deputy_id", "pk")
    return [Away(*row) for row in rows.order_by("starts_at", "pk").values_list(*columns)]


def _settled(proposal: Booking | None, now: datetime) -> Booking | None:
    """Show a hold that ran out as such, though no claim has ended it yet."""
    if proposal is not None and proposal.held_until is not None and proposal.held_until <= now:
        proposal.state, proposal.cancelled_by = BookingState.CANCELLED, CancelledBy.EXPIRED
    return proposal


def clashes(actor: Actor, now: datetime, *, pressing: Collection[uuid.UUID]) -> list[Conflict]:
    """Return what does not fit together in the next eight weeks of the organisation; `pressing` are ids of bookings."""
    if not can_plan(actor) or actor.organisation_id is None:
        return []
    network = actor.network
    first = now.astimezone(network.zone).date()
    keys = [row.pk for row in counsellors(actor.organisation_id)]
    rows = live_bookings(keys, now, now)
    return conflicts(
        plan_of(keys, first, network), first, (now + LOOK_AHEAD).astimezone(network.zone).date(),
        ways={frozenset({row.site_id, row.other_id}): row.minutes * 60 for row in Travel.objects.all()},
        pressing=[talk_of(row) for row in rows if row.pk in pressing],
        duties=list(_duties(keys)), zone=network.zone,
    )  # fmt: skip


def _duties(members: Iterable[uuid.UUID]) -> Iterator[Duty]:
    for row in LineDuty.objects.filter(membership__in=members).select_related("hotline"):
        yield Duty(
            row.membership_id, row.weekday, row.starts, row.ends, row.valid_from, row.valid_until,
            choose(row.hotline.name, "de").text,
        )  # fmt: skip


def deputies() -> dict[uuid.UUID, uuid.UUID]:
    """Return who stands in for whom."""
    rows = Workload.objects.exclude(deputy=None).values_list("membership_id", "deputy_id")
    return {member: deputy for member, deputy in rows if deputy is not None}
