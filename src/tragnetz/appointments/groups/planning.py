"""Plan a group: what it is, when it meets. Its leader's time is claimed with each date."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragnetz.appointments.claims import claim, queue_up
from tragnetz.appointments.enums import (
    BookingState,
    CancelledBy,
    GroupState,
    Kind,
    Via,
)
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.groups import messages
from tragnetz.appointments.groups.access import must_change
from tragnetz.appointments.groups.errors import LeaderTakenError
from tragnetz.appointments.groups.queries import busy_of, closed_days, is_off, registered_of, waiting_in_order
from tragnetz.appointments.groups.registering import fill_places
from tragnetz.appointments.groups.rules import GROUP_MOVES, LONGEST, Span, free_seats, next_possible
from tragnetz.appointments.models import Booking, Group, Session
from tragnetz.audit.commands import record
from tragnetz.core.ids import clean_code, new_code
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.directory.keys import LONGEST as LONGEST_KEY
from tragnetz.directory.keys import slug
from tragnetz.network.actors import Actor
from tragnetz.vault.sealing import lookup_hash

_RESERVED = {"kalender", "da"}  # addresses of the portal
_COPY = re.compile(r" \(\d+\)$")
_AHEAD = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class GroupDetails:
    """What is said about a group; texts by language, `materials` as at the model."""

    title: dict[str, str]
    places: int
    description: dict[str, str] = field(default_factory=dict)
    topic: str = ""
    language: str = "de"
    is_public: bool = True
    registration_until: datetime | None = None
    certificate_percent: int | None = None
    materials: list[dict[str, Any]] = field(default_factory=list)
    programme_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where and with whom dates take place."""

    leader_id: uuid.UUID
    site_id: uuid.UUID | None = None
    room: str = ""


@transaction.atomic
def make_group(*, actor: Actor, details: GroupDetails, now: datetime) -> Group:
    """Prepare a group of the actor's organisation: a draft, seen by its staff alone."""
    if actor.organisation_id is None:
        raise NotPossibleError(_("Eine Gruppe braucht eine Organisation, die sie anbietet."))
    group = Group(
        network=actor.network, organisation_id=actor.organisation_id, key=_key_for(details.title["de"]),
        created_at=now, **asdict(details),
    )  # fmt: skip
    must_change(actor, group)
    group.save()
    record(actor, "group:make", group)
    return group


def _key_for(title: str) -> str:
    wanted = slug(_COPY.sub("", title)) or "gruppe"
    key, number = wanted, 2
    while key in _RESERVED or Group.objects.filter(key=key).exists():
        key, number = f"{wanted[: LONGEST_KEY - 6]}-{number}", number + 1
    return key


def change_group(*, actor: Actor, group: Group, details: GroupDetails, now: datetime) -> Group:
    """Change what is said about a group. More places let people move up; fewer than are taken are refused."""
    must_change(actor, group)

    def change() -> Group:
        wait_for(f"group:{group.pk}")
        row = Group.objects.get(pk=group.pk)
        told_before = (row.title, row.description)
        for name, value in asdict(details).items():
            setattr(row, name, value)
        _reseat(row)
        row.save()
        fill_places(actor=actor, group=row, now=now)
        if (row.title, row.description) != told_before:  # calendars learn of it by the next number
            Booking.objects.filter(session__group=row).update(sequence=F("sequence") + 1, changed_at=now)
        record(actor, "group:change", row, places=row.places)
        return row

    return in_transaction(change)


def _reseat(group: Group) -> None:
    """Give those with a seat beyond the places one that is free. Raises NotPossibleError when there are too few."""
    rows = list(registered_of(group))
    if len(rows) > group.places:
        raise NotPossibleError(
            ngettext(
                "Es ist schon %(number)s Platz vergeben. Weniger Plätze gehen nicht.",
                "Es sind schon %(number)s Plätze vergeben. Weniger Plätze gehen nicht.",
                len(rows),
            )
            % {"number": len(rows)}
        )
    free = free_seats([row.seat for row in rows if row.seat], group.places)
    for row in rows:
        if row.seat is not None and row.seat > group.places:
            row.seat = free.pop(0)
            row.save(update_fields=["seat"])


@transaction.atomic
def open_group(*, actor: Actor, group: Group, now: datetime) -> Group:
    """Let people in. A group without a date to come stays a draft."""
    must_change(actor, group)
    row = _locked(group)
    if row.state == GroupState.OPEN:
        return row
    _must_move(row, GroupState.OPEN)
    if not Session.objects.filter(group=row, starts_at__gt=now).exclude(booking__state=BookingState.CANCELLED).exists():
        raise NotPossibleError(_("Bitte legen Sie zuerst einen Termin an, der noch kommt."))
    row.state = GroupState.OPEN
    row.save(update_fields=["state"])
    record(actor, "group:open", row)
    return row


@transaction.atomic
def call_off(*, actor: Actor, group: Group, now: datetime) -> Group:
    """Call a whole group off: its dates to come are free again, everybody is told once, nothing else goes out."""
    must_change(actor, group)
    row = _locked(group)
    if row.state == GroupState.CANCELLED:
        return row
    _must_move(row, GroupState.CANCELLED)
    row.state = GroupState.CANCELLED
    row.save(update_fields=["state"])
    coming = [session for session in _sessions(row) if session.starts_at > now and not is_off(session)]
    for registration in [*registered_of(row), *waiting_in_order(row)]:
        messages.forget(actor=actor, registration=registration)
        if coming:
            messages.tell(
                actor=actor, registration=registration, session=coming[0], template="group_cancelled", now=now
            )
    for session in coming:
        _free_leader(session, now)
    record(actor, "group:call_off", row, dates=len(coming))
    return row


@transaction.atomic
def copy_group(*, actor: Actor, group: Group, now: datetime) -> Group:
    """Prepare the same group anew: without dates and people."""
    must_change(actor, group)
    details = GroupDetails(
        title=group.title, places=group.places, description=group.description, topic=group.topic,
        language=group.language, is_public=group.is_public, certificate_percent=group.certificate_percent,
        materials=group.materials, programme_id=group.programme_id,
    )  # fmt: skip
    return make_group(actor=actor, details=details, now=now)


def add_dates(*, actor: Actor, group: Group, spans: Sequence[Span], meeting: Meeting, now: datetime) -> list[Session]:
    """Add dates, all or none. Who is registered comes to them too. Raises LeaderTakenError with other times."""
    must_change(actor, group)

    def add() -> list[Session]:
        row = _locked(group)
        if row.state == GroupState.CANCELLED:
            raise NotPossibleError(_("Diese Gruppe ist abgesagt. Kopieren Sie sie, dann können Sie neu planen."))
        sessions = [_session(actor, row, span, meeting, now) for span in spans]
        Session.objects.bulk_create(sessions)
        _keep_leader(actor, row, sessions, now)
        for registration in registered_of(row):
            for session in sessions:
                messages.remind(actor=actor, registration=registration, session=session, now=now)
        record(actor, "group:dates", row, dates=len(sessions))
        return sessions

    return in_transaction(add)


def _session(actor: Actor, group: Group, span: Span, meeting: Meeting, now: datetime) -> Session:
    _must_be_sensible(span, now)
    return Session(
        network=actor.network, group=group, leader_id=meeting.leader_id, site_id=meeting.site_id, room=meeting.room,
        starts_at=span.starts_at, ends_at=span.ends_at,
    )  # fmt: skip


def _must_be_sensible(span: Span, now: datetime) -> None:
    if span.starts_at <= now:
        raise NotPossibleError(_("Dieser Termin liegt in der Vergangenheit."))
    if not timedelta() < span.ends_at - span.starts_at <= LONGEST:
        raise NotPossibleError(_("Der Termin muss nach dem Beginn enden, am selben Tag."))


def move_date(*, actor: Actor, session: Session, span: Span, meeting: Meeting, now: datetime) -> Session:
    """Give a date another time, place or leader; who comes is told of a new time. Raises LeaderTakenError."""
    must_change(actor, session.group)

    def move() -> Session:
        group = _locked(session.group)
        row = _session_now(session, now)
        _must_be_sensible(span, now)
        moved = (row.starts_at, row.ends_at) != span
        row.starts_at, row.ends_at = span
        row.leader_id, row.site_id, row.room = meeting.leader_id, meeting.site_id, meeting.room
        row.save()
        queue_up({row.booking.membership_id, row.leader_id})
        _keep_leader(actor, group, [row], now)
        for registration in registered_of(group) if moved else ():
            messages.forget(actor=actor, registration=registration, session=row)
            messages.tell(
                actor=actor, registration=registration, session=row, template="moved", now=now,
                mark=f"{row.pk}:{row.booking.sequence}",
            )  # fmt: skip
            messages.remind(actor=actor, registration=registration, session=row, now=now)
        record(actor, "group:move_date", row, moved=moved)
        return row

    return in_transaction(move)


@transaction.atomic
def cancel_date(*, actor: Actor, session: Session, now: datetime) -> Session:
    """Call one date off and tell who would have come."""
    must_change(actor, session.group)
    group = _locked(session.group)
    row = _session_now(session, now)
    _free_leader(row, now)
    for registration in registered_of(group):
        messages.forget(actor=actor, registration=registration, session=row)
        messages.tell(
            actor=actor, registration=registration, session=row, template="group_cancelled", now=now, mark=str(row.pk)
        )
    record(actor, "group:cancel_date", row)
    return row


def _locked(group: Group) -> Group:
    wait_for(f"group:{group.pk}")
    return Group.objects.get(pk=group.pk)


def _sessions(group: Group) -> list[Session]:
    return list(Session.objects.select_related("booking").filter(group=group).order_by("starts_at"))


def _session_now(session: Session, now: datetime) -> Session:
    row = Session.objects.select_related("booking", "group").get(pk=session.pk)
    if is_off(row) or row.starts_at <= now:
        raise NotPossibleError(_("Dieser Termin ist vorbei oder abgesagt."))
    return row


def _must_move(group: Group, state: GroupState) -> None:
    if state not in GROUP_MOVES[group.state]:
        raise NotPossibleError(_("Das geht bei dieser Gruppe nicht mehr."))


def _free_leader(session: Session, now: datetime) -> None:
    booking = session.booking
    booking.state, booking.cancelled_by = BookingState.CANCELLED, CancelledBy.NETWORK
    booking.sequence, booking.changed_at = booking.sequence + 1, now
    booking.save(update_fields=["state", "cancelled_by", "sequence", "changed_at"])


def _keep_leader(actor: Actor, group: Group, sessions: Sequence[Session], now: datetime) -> None:
    """Claim the leader's time of each date; a time away counts as taken too."""
    for session in sessions:
        span = Span(session.starts_at, session.ends_at)
        if _overlaps(span, busy_of(session.leader_id, *span, now, without=session)):
            raise _taken(actor, group, session, now)
    rows = [_booking(actor, group, session, now) for session in sessions]
    try:
        claim(actor=actor, bookings=rows, now=now, rostered=False)
    except SlotTakenError as error:  # somebody was quicker in this very moment
        raise _taken(actor, group, sessions[0], now) from error


def _overlaps(span: Span, busy: Sequence[Span]) -> bool:
    return any(one.starts_at < span.ends_at and span.starts_at < one.ends_at for one in busy)


def _booking(actor: Actor, group: Group, session: Session, now: datetime) -> Booking:
    """Return the booking of a date as it must be now: the one it has, or a new one."""
    booking = Booking.objects.filter(session=session).first()
    if booking is None:
        # Nobody gets this code: a date is moved by who plans the group.
        booking = Booking(
            network=actor.network, session=session, kind=Kind.ON_SITE, via=Via.GROUP,
            code_hash=lookup_hash(clean_code(new_code())), idempotency_key=uuid.uuid4().hex, created_at=now,
        )  # fmt: skip
    else:
        booking.sequence += 1
    booking.membership_id, booking.site_id = session.leader_id, session.site_id
    booking.starts_at, booking.ends_at = session.starts_at, session.ends_at
    booking.topic, booking.language = group.topic, group.language
    session.booking = booking
    return booking


def _taken(actor: Actor, group: Group, session: Session, now: datetime) -> LeaderTakenError:
    network = actor.network
    span = Span(session.starts_at, session.ends_at)
    busy = busy_of(session.leader_id, span.starts_at - timedelta(days=1), span.ends_at + _AHEAD, now, without=session)
    possible = next_possible(
        span, busy, zone=network.zone, is_closed=closed_days(network, group, session.site_id), not_before=now
    )
    words = _("Die Leitung hat am %(day)s keine Zeit. Möglich wäre: %(others)s.") % {
        "day": in_words(span, network.zone),
        "others": "; ".join(in_words(one, network.zone) for one in possible) or _("in den nächsten vier Wochen nichts"),
    }
    return LeaderTakenError(words, possible)


def in_words(span: Span, zone: Any) -> str:  # noqa: ANN401 -- a ZoneInfo
    """Return a date as one says it: `Dienstag, 1. Dezember, 10:00–12:00`."""
    starts, ends = (at.astimezone(zone) for at in span)
    return f"{format_date(starts, 'EEEE, d. MMMM', locale='de')}, {starts:%H:%M}–{ends:%H:%M}"
