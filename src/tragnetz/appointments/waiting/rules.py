"""Decisions on the waiting list: pure. Who comes first, which time suits whom, when and until when it is offered."""

import uuid
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tragnetz.appointments.calls.rules import RANK
from tragnetz.appointments.enums import Purpose, Urgency

MOST_MISSED = 3  # after so many offers without an answer a person of ours asks first
LEAST_TO_ANSWER = timedelta(hours=1)  # a time that leaves less is not offered
QUIET_FROM, QUIET_UNTIL = time(20), time(8)
TOPIC_POINTS, DISTRICT_POINTS = 3, 2  # how many days of waiting a counsellor is worth who knows it


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody needs of a time; empty means no wish. `weekdays`: 0 is Monday; `earliest`, `latest`: local."""

    kind: str = ""
    purpose: str = Purpose.FIRST
    topic: str = ""
    language: str = "de"
    interpreter: bool = False
    gender: str = ""
    district_id: uuid.UUID | None = None
    membership_id: uuid.UUID | None = None
    weekdays: tuple[int, ...] = ()
    earliest: time | None = None
    latest: time | None = None


class Standing(NamedTuple):
    """What decides about a place: urgency, since when somebody waits, when they were last offered in vain."""

    urgency: str
    since: datetime
    missed_at: datetime | None = None


class Counsellor(NamedTuple):
    """What wishes ask of a counsellor."""

    membership_id: uuid.UUID
    languages: frozenset[str]
    topics: frozenset[str]
    gender: str
    districts: frozenset[uuid.UUID]


def place_key(standing: Standing) -> tuple[int, datetime]:
    """Return what a queue is sorted by: urgency, then since when.

    Who let an offer pass stands behind all who waited when it was made, once; nobody is behind for ever.
    """
    since = standing.since if standing.missed_at is None else max(standing.since, standing.missed_at)
    return RANK[Urgency(standing.urgency)], since


def suits_person(wishes: Wishes, counsellor: Counsellor, spoken: AbstractSet[str]) -> bool:
    """Whether a counsellor is one that somebody wishes. A language that nobody speaks (`spoken`) hinders nothing.

    Topic and district do not exclude anybody: all counsellors help with everything, so they only decide who is best.
    """
    if wishes.membership_id is not None and wishes.membership_id != counsellor.membership_id:
        return False
    if wishes.gender and wishes.gender != counsellor.gender:
        return False
    needed = wishes.language not in {"", "de"} and not wishes.interpreter and wishes.language in spoken
    return not needed or wishes.language in counsellor.languages


def suits_time(wishes: Wishes, begins: datetime, ends: datetime, kind: str) -> bool:
    """Whether a time (local) is one in which somebody can."""
    if wishes.kind and wishes.kind != kind:
        return False
    if wishes.weekdays and begins.weekday() not in wishes.weekdays:
        return False
    if wishes.earliest is not None and begins.time() < wishes.earliest:
        return False
    return wishes.latest is None or (ends.date() == begins.date() and ends.time() <= wishes.latest)


def points(wishes: Wishes, counsellor: Counsellor) -> int:
    """Return how well a counsellor fits, in days of waiting that it is worth."""
    knows = TOPIC_POINTS if wishes.topic and wishes.topic in counsellor.topics else 0
    return knows + (DISTRICT_POINTS if wishes.district_id in counsellor.districts else 0)


def out_of_quiet(at: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant, or the next morning if somebody would be woken by a message then."""
    local = at.astimezone(zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, zone).astimezone(UTC)


def offer_lasts_until(
    reached_at: datetime, starts_at: datetime, offered: timedelta, notice: timedelta
) -> datetime | None:
    """Return until when somebody may say yes: counted from when they hear of it; nothing if that leaves too little."""
    until = min(reached_at + offered, starts_at - notice)
    return until if until - reached_at >= LEAST_TO_ANSWER else None


def all_languages(counsellors: Iterable[Counsellor]) -> frozenset[str]:
    """Return the languages that any of them speaks."""
    return frozenset(language for one in counsellors for language in one.languages)
