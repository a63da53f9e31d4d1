"""Reads of groups: their dates, free places, who comes, who was there."""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from tragnetz.appointments.enums import BookingState, GroupState, Presence, RegistrationState
from tragnetz.appointments.groups.rules import Door, Span, door, has_earned, minutes_of, share
from tragnetz.appointments.models import Absence, Attendance, Booking, Closure, Group, Registration, Session
from tragnetz.clients.access import unrestricted
from tragnetz.core.ids import clean_code
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership, Network
from tragnetz.vault.sealing import lookup_hash

MOST_PUBLIC = 500


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with its dates in order, and how full it is."""

    group: Group
    sessions: tuple[Session, ...]
    registered: int
    waiting: int
    door: Door
    now: datetime

    @property
    def free(self) -> int:
        """How many places nobody has. Who waits moves up at once, so a free place is nobody's."""
        return max(self.group.places - self.registered, 0)

    @property
    def held(self) -> tuple[Session, ...]:
        """The dates that were not called off."""
        return tuple(session for session in self.sessions if not is_off(session))

    @property
    def coming(self) -> tuple[Session, ...]:
        """The dates that are still to come or on now."""
        return tuple(session for session in self.held if session.ends_at > self.now)

    @property
    def is_over(self) -> bool:
        """Whether no date is left."""
        return not self.coming


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who is registered, with what the dates so far say of them."""

    registration: Registration
    came: tuple[Session, ...]
    percent: int
    earned: bool

    @property
    def minutes(self) -> int:
        """How long they were there."""
        return minutes_of(Span(session.starts_at, session.ends_at) for session in self.came)


def is_off(session: Session) -> bool:
    """Whether a date was called off: then its leader's time is free again."""
    return session.booking.state == BookingState.CANCELLED


def group_rows() -> QuerySet[Group]:
    """Return groups with all that a page shows of them, in two queries."""
    return Group.objects.select_related("organisation", "network", "programme")


def sessions_of(groups: Iterable[Group]) -> dict[uuid.UUID, list[Session]]:
    """Return the dates of groups in order."""
    rows = Session.objects.select_related("leader__user", "site__network", "booking").filter(group__in=list(groups))
    found: dict[uuid.UUID, list[Session]] = {}
    for row in rows.order_by("starts_at"):
        found.setdefault(row.group_id, []).append(row)
    return found


def views_of(groups: Collection[Group], now: datetime) -> list[GroupView]:
    """Return groups with dates and occupancy: two queries, whatever their number."""
    by_group = sessions_of(groups)
    counts: Counter[tuple[uuid.UUID, str]] = Counter()
    rows = Registration.objects.filter(group__in=[group.pk for group in groups]).order_by()
    for group_id, state, number in rows.values_list("group_id", "state").annotate(number=Count("pk")):
        counts[group_id, state] = number
    return [
        _view(
            group,
            by_group.get(group.pk, []),
            counts[group.pk, RegistrationState.REGISTERED],
            counts[group.pk, RegistrationState.WAITING],
            now,
        )
        for group in groups
    ]


def view_of(group: Group, now: datetime) -> GroupView:
    """Return one group with dates and occupancy."""
    return views_of([group], now)[0]


def _view(group: Group, sessions: list[Session], registered: int, waiting: int, now: datetime) -> GroupView:
    last = max((session.starts_at for session in sessions if not is_off(session)), default=None)
    state = door(group.state, until=group.registration_until, last_start=last, now=now)
    return GroupView(group, tuple(sessions), registered, waiting, state, now)


def public_group(key: str) -> Group | None:
    """Return a group of the public calendar, also one that was called off: people may have it in their diary."""
    return group_rows().filter(key=key, is_public=True).exclude(state=GroupState.DRAFT).first()


def public_views(now: datetime, *, with_cancelled: bool = False, since: datetime | None = None) -> list[GroupView]:
    """Return the groups of the public calendar that have dates ending after `since` (now)."""
    states = [GroupState.OPEN, GroupState.CANCELLED] if with_cancelled else [GroupState.OPEN]
    known = Session.objects.filter(ends_at__gt=since or now).values("group")
    rows = group_rows().filter(is_public=True, state__in=states, pk__in=known)
    return views_of(list(rows[:MOST_PUBLIC]), now)


def groups_with_places(now: datetime, *, topic: str, language: str, limit: int = 3) -> list[GroupView]:
    """Return open groups on a topic in a language in which a place is free, the soonest first; also those not public.

    Full groups are left out: who looks for something sooner is not helped by one more list to wait on.
    """
    coming = Session.objects.filter(ends_at__gt=now).values("group")
    rows = group_rows().filter(state=GroupState.OPEN, topic=topic, language=language, pk__in=coming)
    found = [view for view in views_of(list(rows[:MOST_PUBLIC]), now) if view.door == Door.OPEN and view.free]
    return sorted((view for view in found if view.coming), key=lambda view: view.coming[0].starts_at)[:limit]


def registration_by_code(code: str) -> Registration | None:
    """Return the registration that a code opens."""
    clean = clean_code(code)
    if not clean:
        return None
    rows = Registration.objects.select_related("contact", "group__organisation", "group__network")
    return rows.filter(code_hash=lookup_hash(clean)).first()


def place_in_line(registration: Registration) -> int:
    """Return the place on the waiting list, from 1; 0 for who does not wait."""
    if registration.state != RegistrationState.WAITING:
        return 0
    before = Q(created_at__lt=registration.created_at) | Q(created_at=registration.created_at, pk__lt=registration.pk)
    waiting = Registration.objects.filter(group=registration.group_id, state=RegistrationState.WAITING)
    return waiting.filter(before).count() + 1


def waiting_in_order(group: Group) -> QuerySet[Registration]:
    """Return who waits, first come first."""
    rows = Registration.objects.select_related("contact").filter(group=group, state=RegistrationState.WAITING)
    return rows.order_by("created_at", "pk")


def registered_of(group: Group) -> QuerySet[Registration]:
    """Return who has a place, by seat."""
    rows = Registration.objects.select_related("contact", "group")
    return rows.filter(group=group, state=RegistrationState.REGISTERED).order_by("seat")


def participants(actor: Actor, view: GroupView) -> list[Participant]:
    """Return who has a place with the dates at which they were; the share is of all dates not called off.

    Whose data may only be kept is named to the lead alone; the seat stays taken.
    """
    held = {session.pk: session for session in view.held}
    came: dict[uuid.UUID, list[Session]] = {}
    rows = Attendance.objects.filter(session__in=list(held), presence=Presence.CAME)
    for registration_id, session_id in rows.order_by("session__starts_at").values_list("registration", "session"):
        came.setdefault(registration_id, []).append(held[session_id])
    return [
        Participant(
            row,
            tuple(came.get(row.pk, [])),
            share(len(came.get(row.pk, [])), len(held)),
            has_earned(view.group.certificate_percent, came=len(came.get(row.pk, [])), held=len(held)),
        )
        for row in unrestricted(actor, registered_of(view.group))
    ]


def line_of(actor: Actor, group: Group) -> list[tuple[int, Registration]]:
    """Return who waits with their place in the line, but those whose data may only be kept."""
    shown = set(unrestricted(actor, waiting_in_order(group)).values_list("pk", flat=True))
    return [(place, row) for place, row in enumerate(waiting_in_order(group), 1) if row.pk in shown]


def markable(session: Session) -> QuerySet[Registration]:
    """Return whom one may mark as there or not: to mark is to write, so nobody whose data may only be kept."""
    return registered_of(session.group).exclude(contact__restricted_on__isnull=False)


def presences(session: Session) -> dict[uuid.UUID, Attendance]:
    """Return what is known of a date, by registration."""
    return {row.registration_id: row for row in Attendance.objects.filter(session=session)}


def closed_days(network: Network, group: Group, site_id: uuid.UUID | None) -> Callable[[date], bool]:
    """Return a test for days on which a group cannot meet: days off, and closures of house or organisation."""
    rows = Closure.objects.filter(
        Q(organisation=None, site=None) | Q(organisation=group.organisation_id) | Q(site=site_id, site__isnull=False)
    )
    zone, off = network.zone, network.days_off
    closed = [(start.astimezone(zone), end.astimezone(zone)) for start, end in rows.values_list("starts_at", "ends_at")]

    def is_closed(day: date) -> bool:
        begins, ends = datetime.combine(day, time(), zone), datetime.combine(day, time(23, 59), zone)
        return bool(off.name(day)) or any(start <= begins and ends <= end for start, end in closed)

    return is_closed


def busy_of(
    leader_id: uuid.UUID, start: datetime, end: datetime, now: datetime, *, without: Session | None = None
) -> list[Span]:
    """Return when a leader has no time: bookings, and times away. A hold that has run out keeps nobody busy."""
    taken = Booking.objects.filter(membership=leader_id, starts_at__lt=end, ends_at__gt=start)
    taken = taken.exclude(state=BookingState.CANCELLED).exclude(state=BookingState.HELD, held_until__lte=now)
    if without is not None:
        taken = taken.exclude(session=without)
    away = Absence.objects.filter(membership=leader_id, starts_at__lt=end, ends_at__gt=start)
    return [Span(*row) for rows in (taken.order_by(), away) for row in rows.values_list("starts_at", "ends_at")]


def leaders_of(organisation_id: uuid.UUID) -> QuerySet[Membership]:
    """Return who may lead a group of an organisation: those who counsel there."""
    rows = Membership.objects.select_related("user").filter(organisation=organisation_id, ended_on=None)
    return rows.filter(Q(roles__contains=["counsellor"]) | Q(roles__contains=["lead"]))


def month_of(day: date, network: Network) -> tuple[datetime, datetime]:
    """Return when the month of a day begins and ends."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    start, end = (datetime.combine(one, time(), network.zone).astimezone(UTC) for one in (first, after))
    return start, end
