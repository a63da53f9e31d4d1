"""Gaps in a fixed number of queries; counts alone, of the whole network."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from tragnetz.casework.models import Enquiry
from tragnetz.core.texts import choose
from tragnetz.directory.gaps import gaps as searches
from tragnetz.directory.models import SearchGap, Service
from tragnetz.directory.queries import services
from tragnetz.referrals.enums import Outcome, Refusal, State
from tragnetz.referrals.models import Referral

# Why help was not to be had. The other reasons lie with the person, or are none.
LACKS = (Refusal.NO_CAPACITY, Refusal.NOT_RESPONSIBLE, Refusal.NOT_ELIGIBLE, Refusal.WRONG_TOPIC)
UNANSWERED = "unanswered"
LONG_WEEKS = 4  # ours: who needs help waits no longer without asking elsewhere
SOON = timedelta(days=90)
MOST = 50  # entries of a list


@dataclass(frozen=True, slots=True)
class Refusals:
    """Refusals by reason, topic, district and offer; `unanswered` among the reasons: the partner never answered."""

    reasons: Mapping[str, int]
    topics: Mapping[str, int]
    districts: Mapping[uuid.UUID, int]
    offers: Mapping[uuid.UUID, int]
    number: int


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer of which something is short, with its key."""

    key: str
    name: str
    number: int = 0
    on: date | None = None


def refusals_of(since: datetime, topic: str = "", district: uuid.UUID | None = None) -> Refusals:
    """Return the refusals since a time, of a topic or from a district if one is given; in one query."""
    ended = Referral.objects.filter(ended_at__gte=since).order_by()
    if topic:
        ended = ended.filter(topic=topic)
    if district:
        ended = ended.filter(case__enquiry__district=district)
    refused = ended.filter(state=State.REJECTED, refusal__in=LACKS)
    silent = ended.filter(state=State.FAILED, outcome=Outcome.NO_ANSWER)
    rows = (
        (refused | silent).values("refusal", "topic", "case__enquiry__district", "to_service").annotate(n=Count("pk"))
    )
    reasons, topics = Counter[str](), Counter[str]()
    districts, offers = Counter[uuid.UUID](), Counter[uuid.UUID]()
    number = 0
    for row in rows:
        number += row["n"]
        reasons[row["refusal"] or UNANSWERED] += row["n"]
        topics[row["topic"]] += row["n"]
        if row["case__enquiry__district"]:
            districts[row["case__enquiry__district"]] += row["n"]
        if row["to_service"]:
            offers[row["to_service"]] += row["n"]
    return Refusals(reasons, topics, districts, offers, number)


def asks_of(
    since: datetime, topic: str = "", district: uuid.UUID | None = None
) -> tuple[Mapping[str, int], Mapping[uuid.UUID, int]]:
    """Return enquiries since a time by topic and by district, of those that are given; in one query."""
    asked = Enquiry.objects.filter(created_at__gte=since).order_by()
    if topic:
        asked = asked.filter(topic=topic)
    if district:
        asked = asked.filter(district=district)
    rows = asked.values("topic", "district").annotate(n=Count("pk"))
    topics, districts = Counter[str](), Counter[uuid.UUID]()
    for row in rows:
        topics[row["topic"]] += row["n"]
        if row["district"]:
            districts[row["district"]] += row["n"]
    return topics, districts


def offers_by_topic(on: date) -> Mapping[str, int]:
    """Return how many offers and benefits run in each topic."""
    rows = services(on).order_by().values_list("topics__key").annotate(n=Count("pk", distinct=True))
    return {key: number for key, number in rows if key}


def fruitless() -> list[SearchGap]:
    """Return what was looked for in vain, the most wanted first."""
    return searches()[:MOST]


def offers_named(refused: Mapping[uuid.UUID, int]) -> list[Offer]:
    """Return offers with their refusals, the most first."""
    names = Service.objects.filter(pk__in=list(refused)).values_list("pk", "key", "name")
    found = [Offer(key, _german(name), refused[pk]) for pk, key, name in names]
    return sorted(found, key=lambda one: (-one.number, one.name))


def slow_offers(on: date, topic: str = "") -> list[Offer]:
    """Return running offers (of a topic) for which one waits long, the longest first."""
    rows = _of_topic(on, topic).filter(waiting__weeks__gte=LONG_WEEKS).order_by("-waiting__weeks", "search_name")
    return [
        Offer(row.key, _german(row.name), int(row.waiting["weeks"]), date.fromisoformat(row.waiting["on"]))
        for row in rows[:MOST]
    ]


def ending_offers(on: date, topic: str = "") -> list[Offer]:
    """Return offers (of a topic) that end within a quarter, the next first."""
    rows = (
        _of_topic(on, topic)
        .filter(valid_until__gte=on, valid_until__lte=on + SOON)
        .order_by("valid_until", "search_name")
    )
    return [Offer(row.key, _german(row.name), on=row.valid_until) for row in rows[:MOST]]


def _of_topic(on: date, topic: str) -> QuerySet[Service]:
    rows = services(on)
    return rows.filter(pk__in=rows.filter(topics__key=topic).order_by().values("pk")) if topic else rows


def _german(name: Mapping[str, Any]) -> str:
    return choose(name, "de").text
