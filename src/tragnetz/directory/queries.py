"""Reads of the directory: lists, what may fit a household, who is responsible."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from django.db.models import Q, QuerySet

from tragnetz.core.texts import choose
from tragnetz.directory.candidates import Candidate, candidates, judged
from tragnetz.directory.kept import Kept, Shelf, kept_now
from tragnetz.directory.models import NEVER_SHOWN, Paper, Service, ServiceStatus, Situation, Topic
from tragnetz.directory.places import with_places
from tragnetz.directory.responsibility import Responsible, all_offices, responsible_office
from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.rules import Truth, Verdict

MOST_MATCHES = 25
_TOPICS: Shelf[str, list[Topic]] = Shelf(1)
_SORTS = (Truth.YES, Truth.UNKNOWN, Truth.NO)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service and who is responsible for it."""

    service: Service
    office: Responsible | None


@dataclass(frozen=True, slots=True)
class Match:
    """A service for a household: whether it may fit, why, and who is responsible."""

    service: Service
    verdict: Verdict
    office: Responsible | None


def topics() -> list[Topic]:
    """Return all topics in order."""
    return list(Topic.objects.all())


def kept_topics(kept: Kept) -> list[Topic]:
    """Return all topics in order, read once until the directory changes."""
    return kept.get(_TOPICS, "", topics)


def paper_names(keys: Iterable[str], language: str = "de") -> list[str]:
    """Return the names of papers in the order of their keys; one that is no more in the list is called by its key."""
    keys = list(keys)
    found = dict(Paper.objects.filter(key__in=keys).values_list("key", "name"))
    return [choose(found[key], language).text if key in found else key for key in keys]


def situations() -> list[Situation]:
    """Return all situations in order."""
    return list(Situation.objects.all())


def situation(key: str) -> Situation | None:
    """Return one situation."""
    return Situation.objects.prefetch_related("topics").filter(key=key).first()


def services(on: date, *, topic: str = "", kind: str = "") -> QuerySet[Service]:
    """Return the services that are offered on a day, by name."""
    rows = Service.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        Q(valid_from=None) | Q(valid_from__lte=on),
        status__in=(ServiceStatus.ACTIVE, ServiceStatus.PAUSED),
    )
    if topic:
        rows = rows.filter(topics__key=topic)
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("authority", "organisation").defer(*NEVER_SHOWN)
    return rows.order_by("search_name", "pk")


def service(key: str) -> Service | None:
    """Return one service with all that its page shows, also when its term has ended."""
    rows = Service.objects.select_related("authority", "organisation")
    return rows.prefetch_related("topics", "papers", "districts", with_places()).filter(key=key).first()


def services_in_order(keys: Iterable[str], on: date) -> list[Service]:
    """Return services in the order of their keys; those that are not offered any more are left out."""
    keys = list(keys)
    found = {row.key: row for row in services(on).filter(key__in=keys)}
    return [found[key] for key in keys if key in found]


def offered(keys: Iterable[str], facts: Facts, on: date) -> dict[str, Offered]:
    """Return services by key with papers and the responsible office; in few queries, however many."""
    offices = all_offices()
    rows = services(on).filter(key__in=list(keys)).prefetch_related("papers", with_places())
    return {row.key: Offered(row, responsible_office(row, facts, offices)) for row in rows}


def match_services(
    facts: Facts, on: date, *, topic_keys: set[str], first: list[str], most: int = MOST_MATCHES, likely: bool = False
) -> list[Match]:
    """Return what may fit a household: likely before unclear before rather not, the situation's own services first.

    `first` are service keys in the order in which the situations name them. At most `most` of each sort, without those
    that do rather not fit if only the `likely` ones are wanted; only these are read as a whole, so the number of
    queries is the same however many services there are.
    """
    kept = kept_now()
    rows: Iterable[Candidate] = candidates(services(on), on, topic_keys, first, kept)
    place = {key: index for index, key in enumerate(dict.fromkeys(first))}
    if facts.get("violence") is not True:
        # Shown when somebody looks for it, never in a list that others may read along.
        rows = (row for row in rows if not row.is_sensitive or row.key in place)
    sorts: dict[Truth, list[tuple[Candidate, Verdict]]] = {truth: [] for truth in _SORTS}
    for row, verdict in judged(rows, facts):
        sorts[verdict.truth].append((row, verdict))
    best = [
        one
        for truth, found in sorts.items()
        if truth is not Truth.NO or not likely
        for one in nsmallest(most, found, key=lambda one: _rank(one[0], one[1], place))
    ]  # fmt: skip
    whole = services(on).filter(pk__in=[row.service for row, _verdict in best])
    shown = {row.pk: row for row in whole.order_by().prefetch_related("papers", with_places())}
    offices = all_offices(kept)
    return [
        Match(service, verdict, responsible_office(service, facts, offices))
        for row, verdict in best
        if (service := shown.get(row.service)) is not None
    ]


def match_situations(rows: Iterable[Situation], facts: Facts, on: date) -> list[Match]:
    """Return what may fit a household in its situations: of their topics, what they name first."""
    rows = list(rows)
    topic_keys = {topic.key for row in rows for topic in row.topics.all()}
    return match_services(facts, on, topic_keys=topic_keys, first=[key for row in rows for key in row.services])


def _rank(row: Candidate, verdict: Verdict, place: dict[str, int]) -> tuple[int, int, int]:
    """Sort by what the situation names first, then what more is known to fit, then what asks less."""
    return place.get(row.key, len(place)), -len(verdict.met), len(verdict.missing)


def services_to_keep(*, organisation: str = "") -> QuerySet[Service]:
    """Return all services for their editors, also those that ended, by name; of one organisation by its key."""
    rows = Service.objects.select_related("authority", "organisation").defer(*NEVER_SHOWN)
    if organisation:
        rows = rows.filter(organisation__key=organisation)
    return rows.order_by("search_name", "pk")
