"""Reads of the waiting list: the queue in its order, somebody's place, who is behind a code."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet

from tragnetz.appointments.enums import BookingState, CancelledBy, WaitingState
from tragnetz.appointments.models import Booking, WaitingEntry
from tragnetz.appointments.waiting.rules import Counsellor, Standing, Wishes, place_key
from tragnetz.clients.recipients import recipient_of
from tragnetz.core.ids import clean_code
from tragnetz.messaging.enums import Channel
from tragnetz.messaging.rules import way_to
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership
from tragnetz.vault.sealing import lookup_hash

SOON = frozenset({Channel.SMS, Channel.EMAIL, Channel.CALL})
LIVE = (WaitingState.WAITING, WaitingState.OFFERED)


class Place(NamedTuple):
    """An entry in the queue of its organisation, and its number there, from 1."""

    entry: WaitingEntry
    number: int


def queue(rows: QuerySet[WaitingEntry]) -> list[Place]:
    """Return those of an organisation's entries that still wait, in the order in which they are offered times."""
    live = rows.filter(state__in=LIVE).annotate(
        missed_at=Max("offers__created_at", filter=Q(offers__cancelled_by=CancelledBy.EXPIRED))
    )
    entries = list(live.select_related("contact", "district", "membership__user", "network"))
    return [Place(entry, number) for number, entry in enumerate(sorted(entries, key=_key), start=1)]


def _key(entry: WaitingEntry) -> tuple[int, datetime, uuid.UUID]:
    missed_at: datetime | None = getattr(entry, "missed_at", None)
    return *place_key(Standing(entry.urgency, entry.created_at, missed_at)), entry.pk


def place_of(entry: WaitingEntry) -> int | None:
    """Return somebody's place in the queue of their organisation; nothing if they wait no more."""
    places = queue(WaitingEntry.objects.filter(organisation=entry.organisation_id))
    return next((one.number for one in places if one.entry.pk == entry.pk), None)


def entry_by_code(code: str) -> WaitingEntry | None:
    """Return the entry that a code opens."""
    clean = clean_code(code)
    if not clean:
        return None
    rows = WaitingEntry.objects.select_related("contact", "district", "membership__user", "network")
    return rows.filter(code_hash=lookup_hash(clean)).first()


def can_be_offered(entry: WaitingEntry) -> bool:
    """Whether somebody can be told of a time soon enough to answer: by SMS, e-mail or a call, not by letter."""
    return entry.contact is not None and way_to(recipient_of(entry.contact), SOON) is not None


def live_offer(entry: WaitingEntry, now: datetime) -> Booking | None:
    """Return the time that is held for somebody right now."""
    rows = entry.offers.filter(state=BookingState.HELD, held_until__gt=now)
    return rows.select_related("membership__user", "site").first()


def live_offers(entries: Iterable[WaitingEntry], now: datetime) -> dict[uuid.UUID, Booking]:
    """Return the times that are held right now, by entry."""
    rows = Booking.objects.filter(waiting__in=list(entries), state=BookingState.HELD, held_until__gt=now)
    return {row.waiting_id: row for row in rows.select_related("membership__user", "site") if row.waiting_id}


def counsellors_of(organisation_id: uuid.UUID) -> dict[uuid.UUID, Counsellor]:
    """Return the counsellors of an organisation, with what wishes ask of them."""
    rows = Membership.objects.filter(
        organisation=organisation_id, ended_on=None, roles__contains=[Role.COUNSELLOR]
    ).prefetch_related("districts")
    return {
        row.pk: Counsellor(
            row.pk, frozenset(row.languages), frozenset(row.topics), row.gender,
            frozenset(district.pk for district in row.districts.all()),
        )
        for row in rows
    }  # fmt: skip


def wishes_of(entry: WaitingEntry) -> Wishes:
    """Return what somebody on the list wishes."""
    return Wishes(
        kind=entry.kind,
        purpose=entry.purpose,
        topic=entry.topic,
        language=entry.language,
        interpreter=entry.interpreter,
        gender=entry.gender,
        district_id=entry.district_id,
        membership_id=entry.membership_id,
        weekdays=tuple(entry.weekdays),
        earliest=entry.earliest,
        latest=entry.latest,
    )
