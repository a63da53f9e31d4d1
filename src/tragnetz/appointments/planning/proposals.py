"""Which other time a person is offered whose talk cannot take place: with the same counsellor if there is one.

Only counsellors of the same organisation are asked: what a person told it is nobody else's business.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from tragnetz.appointments.enums import Audience
from tragnetz.appointments.models import Booking
from tragnetz.appointments.planning.queries import deputies
from tragnetz.appointments.planning.rules import DAY, Away
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
    Each chosen time counts as taken for the next one: with it its rest and its way are gone, and the day of a
    counsellor who takes no more.
    """
    stand_in = deputies() | {row.membership_id: row.deputy_id for row in away if row.deputy_id is not None}
    people = {row.pk: row for row in Membership.objects.filter(ended_on=None)}
    known: dict[tuple[str, str, bool, uuid.UUID], _Known] = {}
    found: list[Offer] = []
    given: list[Slot] = []
    for row in bookings:
        key = (row.kind, row.purpose, row.interpreter, row.membership.organisation_id)
        if key not in known:
            known[key] = _Known(_slots(network, row, people, now, given), len(given))
        known[key].forget(network, row, given, now)
        choices = _best(row, known[key].slots, stand_in.get(row.membership_id), people)
        given += choices[:1]
        found.append(Offer(row, choices, choices[0] if choices else None))
    return found


@dataclass(slots=True)
class _Known:
    """Times that are free, once the first `seen` of those that were given to others are gone."""

    slots: list[Slot]
    seen: int

    def forget(self, network: Network, row: Booking, given: Sequence[Slot], now: datetime) -> None:
        """Look anew at the days on which counsellors were given to somebody since."""
        for member, day in {(one.membership_id, _day(network, one)) for one in given[self.seen :]}:
            begins, ends = (int(datetime.combine(one, time(), network.zone).timestamp()) for one in (day, day + DAY))
            others = [one for one in self.slots if one.membership_id != member or not begins <= one.start < ends]
            self.slots = others + _free(network, row, [member], (day, day), now, given)
        self.seen = len(given)


def _day(network: Network, slot: Slot) -> date:
    return slot.starts_at.astimezone(network.zone).date()


def proposal_lasts_until(network: Network, start: int, now: datetime) -> datetime:
    """Return until when a person may answer: some hours, but not longer than the offered time can be prepared."""
    until = now + timedelta(hours=policy_of(network).offer_hours)
    return max(min(until, datetime.fromtimestamp(start, UTC) - LEAST_TO_ANSWER), now + timedelta(minutes=30))


def _slots(
    network: Network, row: Booking, people: Mapping[uuid.UUID, Membership], now: datetime, given: Sequence[Slot]
) -> list[Slot]:
    same = [key for key, one in people.items() if one.organisation_id == row.membership.organisation_id]
    first = now.astimezone(network.zone).date()
    return _free(network, row, same, (first, first + timedelta(days=policy_of(network).horizon_days)), now, given)


def _free(
    network: Network, row: Booking, members: Collection[uuid.UUID], days: tuple[date, date], now: datetime,
    given: Sequence[Slot],
) -> list[Slot]:  # fmt: skip
    slots = free(
        network=network, first=days[0], last=days[1], not_before=now + LEAST_TO_ANSWER * 2, kinds=[row.kind],
        memberships=members, interpreter=row.interpreter, purpose=row.purpose, audience=Audience.INTERNAL,
        besides=given,
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
