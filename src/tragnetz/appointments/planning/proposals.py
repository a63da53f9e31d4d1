"""Which other time a person is offered whose talk cannot take place: with the same counsellor if there is one.

Only counsellors of the same organisation are asked: what a person told it is nobody else's business.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tragnetz.appointments.enums import Audience
from tragnetz.appointments.models import Booking
from tragnetz.appointments.planning.queries import deputies
from tragnetz.appointments.planning.rules import Away
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import Slot
from tragnetz.network.models import Membership, Network

CHOICES = 3  # of each: same counsellor, deputy, others
PATIENCE = 7 * 24 * 3600  # seconds that the own counsellor is worth waiting for; then the deputy comes first
LEAST_TO_ANSWER = timedelta(hours=2)  # nobody is offered a time that begins before they can answer


@dataclass(frozen=True, slots=True)
class Offer:
    """A booking that cannot take place, and times instead: the best one first, `chosen` for it."""

    booking: Booking
    slots: list[Slot] = field(default_factory=list)
    chosen: Slot | None = None


def offers(network: Network, bookings: Sequence[Booking], now: datetime, *, away: Iterable[Away]) -> list[Offer]:
    """Return an offer for each booking, no time chosen twice; the deputies of `away` come before those of the settings.

    Call where what makes the talks impossible is in force already: a change that is only looked at is tried (`trial`).
    """
    stand_in = deputies() | {row.membership_id: row.deputy_id for row in away if row.deputy_id is not None}
    people = {row.pk: row for row in Membership.objects.filter(ended_on=None)}
    known: dict[tuple[str, str, bool, uuid.UUID], list[Slot]] = {}
    found: list[Offer] = []
    given: list[Slot] = []
    for row in bookings:
        key = (row.kind, row.purpose, row.interpreter, row.membership.organisation_id)
        if key not in known:
            known[key] = _slots(network, row, people, now)
        choices = _best(row, known[key], stand_in.get(row.membership_id), people)
        chosen = next((slot for slot in choices if not any(_meet(slot, other) for other in given)), None)
        if chosen is not None:
            given.append(chosen)
        found.append(Offer(row, choices, chosen))
    return found


def proposal_lasts_until(network: Network, start: int, now: datetime) -> datetime:
    """Return until when a person may answer: some hours, but not longer than the offered time can be prepared."""
    until = now + timedelta(hours=policy_of(network).offer_hours)
    return max(min(until, datetime.fromtimestamp(start, UTC) - LEAST_TO_ANSWER), now + timedelta(minutes=30))


def _slots(network: Network, row: Booking, people: Mapping[uuid.UUID, Membership], now: datetime) -> list[Slot]:
    same = [key for key, one in people.items() if one.organisation_id == row.membership.organisation_id]
    first = now.astimezone(network.zone).date()
    slots = free(
        network=network, first=first, last=first + timedelta(days=policy_of(network).horizon_days),
        not_before=now + LEAST_TO_ANSWER * 2, kinds=[row.kind], memberships=same, interpreter=row.interpreter,
        purpose=row.purpose, audience=Audience.INTERNAL,
    )  # fmt: skip
    return list(slots)


def _best(
    row: Booking, slots: Iterable[Slot], deputy: uuid.UUID | None, people: Mapping[uuid.UUID, Membership]
) -> list[Slot]:
    """Return times near the old one: same counsellor, deputy, then whoever speaks the language and knows the topic."""
    at = int(row.starts_at.timestamp())

    def misfit(slot: Slot) -> tuple[bool, bool, int, int]:
        one = people[slot.membership_id]
        speaks = row.language in {"", "de"} or row.language in one.languages
        return not speaks, bool(row.topic) and row.topic not in one.topics, abs(slot.start - at), slot.start

    ranked = sorted(slots, key=misfit)
    of = {
        "own": [slot for slot in ranked if slot.membership_id == row.membership_id],
        "deputy": [slot for slot in ranked if slot.membership_id == deputy != row.membership_id],
        "other": [slot for slot in ranked if slot.membership_id not in {row.membership_id, deputy}],
    }
    near = [slot for rows in of.values() for slot in [one for one in rows if abs(one.start - at) <= PATIENCE][:CHOICES]]
    late = [slot for rows in of.values() for slot in [one for one in rows if abs(one.start - at) > PATIENCE][:CHOICES]]
    return [*near, *late]


def _meet(one: Slot, other: Slot) -> bool:
    return one.membership_id == other.membership_id and one.start < other.end and other.start < one.end
