"""Put somebody on the list, change or end it; offer what was freed."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tragnetz.appointments.calls.queries import runs_of, staffed
from tragnetz.appointments.claims import end_holds
from tragnetz.appointments.commands import QUICK, hold, release_hold
from tragnetz.appointments.enums import Audience, BookingState, CancelledBy, Kind, Via, WaitingState
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.links import link_of, place_link
from tragnetz.appointments.models import Booking, WaitingEntry
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import Slot, wanted_from
from tragnetz.appointments.waiting.queries import LIVE, SOON, counsellors_of, live_offer, queue, wishes_of
from tragnetz.appointments.waiting.rules import (
    MOST_MISSED,
    Counsellor,
    Wishes,
    all_languages,
    offer_lasts_until,
    out_of_quiet,
    points,
    suits_person,
    suits_time,
)
from tragnetz.audit.commands import record
from tragnetz.clients.models import Contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.core.ids import clean_code
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.messaging import commands as outbox
from tragnetz.messaging.enums import Channel
from tragnetz.messaging.rules import way_to
from tragnetz.network.actors import Actor, system
from tragnetz.network.models import Network
from tragnetz.network.queries import told_phone
from tragnetz.vault.sealing import code_for, lookup_hash

MOST_OFFERS = 50  # in one go; the worker comes again in seconds


class Waiting(NamedTuple):
    """A place on the list, and the code that shows and ends it."""

    entry: WaitingEntry
    code: str


@transaction.atomic
def put_on_list(
    *,
    actor: Actor,
    organisation_id: uuid.UUID,
    contact: Contact,
    wishes: Wishes,
    urgency: str,
    idempotency_key: str,
    now: datetime,
) -> Waiting:
    """Let somebody wait for a time with an organisation; the same key waits once."""
    code = code_for(idempotency_key)
    wait_for(f"request:{idempotency_key}")
    known = WaitingEntry.objects.filter(idempotency_key=idempotency_key).first()
    if known is not None:
        return Waiting(known, code)
    entry = WaitingEntry(
        network=actor.network, organisation_id=organisation_id, contact=contact, urgency=urgency,
        code_hash=lookup_hash(clean_code(code)), idempotency_key=idempotency_key, created_at=now,
    )  # fmt: skip
    _take_wishes(entry, wishes)
    entry.save()
    record(actor, "waiting:start", entry, urgency=urgency)
    outbox.notify(
        actor=actor, recipient=recipient_of(contact), key=f"waiting:{entry.pk}:kept", template="waiting_kept",
        params={"phone": told_phone(), "link": place_link(contact.language)}, code=code,
        due_at=out_of_quiet(now, actor.network.zone), ways=QUICK,
    )  # fmt: skip
    return Waiting(entry, code)


@transaction.atomic
def change_entry(*, actor: Actor, entry: WaitingEntry, wishes: Wishes, urgency: str) -> WaitingEntry:
    """Change what somebody wishes; since when they wait stays, and missed offers are forgiven: we spoke with them."""
    row = _locked(actor, entry)
    if row.state not in LIVE:
        raise NotPossibleError(_("Diese Person wartet nicht mehr."))
    _take_wishes(row, wishes)
    row.urgency, row.missed = urgency, 0
    row.save()
    record(actor, "waiting:change", row, urgency=urgency)
    return row


@transaction.atomic
def leave_list(*, actor: Actor, entry: WaitingEntry, now: datetime) -> WaitingEntry:
    """End the waiting; a time that is held for the person is free again. Leaving twice changes nothing."""
    row = _locked(actor, entry)
    if row.state not in LIVE:
        return row
    offer = live_offer(row, now)
    row.state, row.ended_at = WaitingState.ENDED, now
    row.save(update_fields=["state", "ended_at"])
    if offer is not None:
        release_hold(actor=actor, booking=offer, now=now)
    outbox.cancel(actor=actor, key_prefix=f"waiting:{row.pk}:")
    record(actor, "waiting:end", row)
    return row


def offer_freed(network: Network, now: datetime, organisation_id: uuid.UUID | None = None) -> int:
    """Offer free times to those who wait, one each, in their order; returns how many were offered.

    Called by the worker for all, and for one organisation right after it freed a time (`freed`). Two processes at once
    work one after the other, and each offer is a transaction of its own: nobody else's booking waits for all of them.
    """
    waiting = WaitingEntry.objects.filter(state__in=LIVE)
    if organisation_id is not None:
        waiting = waiting.filter(organisation=organisation_id)
    if not waiting.exists():
        return 0
    settle_offers(network, now)
    looked_at: set[uuid.UUID] = set()
    offered = 0
    while offered < MOST_OFFERS and in_transaction(lambda: _offer_next(network, waiting.all(), now, looked_at)):
        offered += 1
    return offered


def settle_offers(network: Network, now: datetime) -> int:
    """Take note of what became of offers: agreed, declined, or run out; returns how many ran out."""

    def settle() -> int:
        _lock(network)
        end_holds(now)
        ran_out = 0
        for entry in WaitingEntry.objects.select_for_update(of=("self",)).filter(state=WaitingState.OFFERED):
            offer = entry.offers.order_by("-created_at", "-pk").first()
            if offer is None or offer.state != BookingState.HELD:
                ran_out += _settle(entry, offer, now)
        return ran_out

    return in_transaction(settle)


def _settle(entry: WaitingEntry, offer: Booking | None, now: datetime) -> bool:
    missed = offer is not None and offer.cancelled_by == CancelledBy.EXPIRED
    entry.refresh_from_db(fields=["state"])  # whoever released the time may have said it already
    if offer is not None and offer.state not in {BookingState.CANCELLED, BookingState.HELD}:
        entry.state, entry.ended_at = WaitingState.BOOKED, now
    else:
        entry.state, entry.missed = WaitingState.WAITING, entry.missed + missed
    entry.save(update_fields=["state", "missed", "ended_at"])
    if missed:
        record(system(entry.network), "waiting:missed", entry, missed=entry.missed)
    return missed


def _offer_next(network: Network, waiting: QuerySet[WaitingEntry], now: datetime, looked_at: set[uuid.UUID]) -> bool:
    """Offer one time to whoever comes first; those before whom nothing suits are remembered in `looked_at`."""
    _lock(network)
    by_organisation: dict[uuid.UUID, list[WaitingEntry]] = {}
    for place in queue(waiting):
        by_organisation.setdefault(place.entry.organisation_id, []).append(place.entry)
    for organisation_id, entries in by_organisation.items():
        finder = _Finder(network, organisation_id, now)
        for entry in entries:
            if entry.state != WaitingState.WAITING or entry.missed >= MOST_MISSED or entry.pk in looked_at:
                continue
            if finder.offer(entry):
                return True
            looked_at.add(entry.pk)
    return False


class _Finder:
    """Finds times of one organisation for those who wait; what is free is computed once for equal needs."""

    def __init__(self, network: Network, organisation_id: uuid.UUID, now: datetime) -> None:
        self.network, self.organisation_id, self.now = network, organisation_id, now
        self.policy = policy_of(network)
        self.counsellors = counsellors_of(organisation_id)
        self.spoken = all_languages(self.counsellors.values())
        self.known: dict[tuple[str, bool, str], list[Slot]] = {}

    def offer(self, entry: WaitingEntry) -> bool:
        """Hold the best time for somebody and tell them; whether there was one, and a way to tell."""
        reached_at = self._reached_at(entry)
        if reached_at is None or entry.contact is None:
            return False
        notice = timedelta(hours=self.policy.notice_hours)
        offered = timedelta(hours=self.policy.offer_hours)
        for slot in self._times(entry):
            until = offer_lasts_until(reached_at, slot.starts_at, offered, notice)
            if until is None:
                continue
            try:
                self._hold(entry, entry.contact, slot, until, reached_at)
            except SlotTakenError:
                continue
            return True
        return False

    def _reached_at(self, entry: WaitingEntry) -> datetime | None:
        """Return when somebody hears of an offer; nothing if the way is too slow for one, or there is none."""
        way = way_to(recipient_of(entry.contact), SOON) if entry.contact else None
        if way is None:
            return None
        if way.channel == Channel.SMS:
            return out_of_quiet(self.now, self.network.zone)
        if way.channel == Channel.EMAIL:
            return self.now
        runs = runs_of(staffed(self.network, self.organisation_id, self.now))
        return next((max(begins, self.now) for begins, ends in runs if ends > self.now), None)

    def _times(self, entry: WaitingEntry) -> Iterator[Slot]:
        """Yield the times that suit somebody, best first, without those they were offered before."""
        wishes, zone = wishes_of(entry), self.network.zone
        before = set(entry.offers.values_list("membership_id", "starts_at"))
        people = {key: one for key, one in self.counsellors.items() if suits_person(wishes, one, self.spoken)}
        suiting = [
            slot
            for slot in self._free(wishes)
            if slot.membership_id in people
            and suits_time(wishes, slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone), slot.kind)
            and (slot.membership_id, slot.starts_at) not in before
        ]
        yield from sorted(suiting, key=lambda slot: _days_away(slot, wishes, people))

    def _free(self, wishes: Wishes) -> list[Slot]:
        need = (wishes.kind, wishes.interpreter, wishes.purpose)
        if need not in self.known:
            first = self.now.astimezone(self.network.zone).date()
            self.known[need] = list(
                free(
                    network=self.network, first=first, last=first + timedelta(days=self.policy.horizon_days),
                    not_before=self.now + timedelta(hours=self.policy.notice_hours),
                    kinds=[wishes.kind] if wishes.kind else [Kind.PHONE, Kind.ON_SITE],
                    memberships=list(self.counsellors), interpreter=wishes.interpreter, purpose=wishes.purpose,
                    audience=Audience.DESK,
                )
            )  # fmt: skip
        return self.known[need]

    def _hold(self, entry: WaitingEntry, contact: Contact, slot: Slot, until: datetime, reached_at: datetime) -> None:
        actor = system(self.network)
        held = hold(
            actor=actor, wanted=wanted_from(slot),
            purpose=entry.purpose, interpreter=entry.interpreter, until=until, now=self.now, contact=contact,
            waiting=entry, topic=entry.topic, language=entry.language, via=Via.WAITING,
            idempotency_key=f"waiting:{entry.pk.hex}:{entry.offers.count()}",
        )  # fmt: skip
        entry.state = WaitingState.OFFERED
        entry.save(update_fields=["state"])
        outbox.notify(
            actor=actor, recipient=recipient_of(contact), key=f"booking:{held.booking.pk}:waiting_offer",
            template="waiting_offer", code=held.code, due_at=reached_at, expires_at=until, ways=SOON,
            params={
                "starts_at": slot.starts_at.isoformat(), "until": until.isoformat(), "phone": told_phone(),
                "link": link_of(held.booking, contact.language),
            },
        )  # fmt: skip
        record(actor, "waiting:offer", entry)


def _days_away(slot: Slot, wishes: Wishes, people: dict[uuid.UUID, Counsellor]) -> tuple[float, int, uuid.UUID]:
    return slot.start / 86_400 - points(wishes, people[slot.membership_id]), slot.start, slot.membership_id


def _take_wishes(entry: WaitingEntry, wishes: Wishes) -> None:
    entry.kind, entry.purpose, entry.topic = wishes.kind, wishes.purpose, wishes.topic
    entry.language, entry.interpreter, entry.gender = wishes.language, wishes.interpreter, wishes.gender
    entry.district_id, entry.membership_id = wishes.district_id, wishes.membership_id
    entry.weekdays, entry.earliest, entry.latest = list(wishes.weekdays), wishes.earliest, wishes.latest


def _locked(actor: Actor, entry: WaitingEntry) -> WaitingEntry:
    """Return the row for its organisation's staff, or for whoever has its code (a resident)."""
    if actor.is_staff and entry.organisation_id != actor.organisation_id:
        raise NotPossibleError(_("Diesen Platz auf der Warteliste gibt es nicht."))
    _lock(actor.network)
    return WaitingEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def _lock(network: Network) -> None:
    wait_for(f"waiting:{network.pk}")
