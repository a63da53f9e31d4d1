"""Reads of the directory: lists, search, what may fit a household, who is responsible."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import Exists, F, Func, IntegerField, Prefetch, Q, QuerySet
from django.db.models.functions import Greatest
from django.db.models.lookups import Exact

from tragnetz.directory.meaning import nearest
from tragnetz.directory.models import Service, ServiceAtLocation, ServiceStatus, Situation, Topic
from tragnetz.directory.responsibility import Responsible, all_offices, responsible_office
from tragnetz.directory.rules import search_words, typed_words
from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.rules import Truth, Verdict, evaluate, parse_rule

CANDIDATES = 500  # ranked at most: ranking common words over everything is what makes full text slow
FUSION = 20  # reciprocal rank fusion: how much the first places stand out
WORDS_WEIGH = 1.2
NEVER_SHOWN = ("keywords", "search_text", "search_words", "search_vector", "vectors")
MOST_MATCHES = 25
SHORTEST_MISSPELLED = 4
ALIKE = 0.5  # word similarity from which a misspelled word counts as found
_ORDER = {Truth.YES: 0, Truth.UNKNOWN: 1, Truth.NO: 2}


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
    return rows.order_by("search_name")


def with_places() -> Prefetch[str, QuerySet[ServiceAtLocation], str]:
    """Return what reads services' places together with their sites, in one query."""
    return Prefetch("places", ServiceAtLocation.objects.select_related("site__network"))


def service(key: str) -> Service | None:
    """Return one service with all that its page shows, also when its term has ended."""
    rows = Service.objects.select_related("authority", "organisation")
    return rows.prefetch_related("topics", "papers", "districts", with_places()).filter(key=key).first()


def services_in_order(keys: Iterable[str], on: date) -> list[Service]:
    """Return services in the order of their keys; those that are not offered any more are left out."""
    keys = list(keys)
    found = {row.key: row for row in services(on).filter(key__in=keys)}
    return [found[key] for key in keys if key in found]


def search(typed: str, on: date, *, topic: str = "", limit: int = 20) -> list[Service]:
    """Return services for what somebody typed, best first."""
    keys = search_ids(typed, on, topic=topic, limit=limit)
    known = services(on, topic=topic).order_by().in_bulk(keys)
    return [known[key] for key in keys if key in known]


def search_ids(typed: str, on: date, *, topic: str = "", limit: int = 20) -> list[uuid.UUID]:
    """Return the ids of services for what somebody typed, best first: by words and by meaning, their ranks fused.

    A word in a text is surer than a likeness of meaning, so it weighs more where both know something.
    """
    offered = services(on, topic=topic).order_by()
    scores: dict[uuid.UUID, float] = defaultdict(float)
    for weight, keys in ((WORDS_WEIGH, _by_words(typed, offered, limit)), (1.0, nearest(typed, limit))):
        for place, key in enumerate(keys):
            scores[key] += weight / (FUSION + place)
    known = set(offered.filter(pk__in=scores).values_list("pk", flat=True))
    return sorted((key for key in scores if key in known), key=lambda key: -scores[key])[:limit]


def _by_words(typed: str, offered: QuerySet[Service], limit: int) -> list[uuid.UUID]:
    """Return the ids of services by full text in German, then by misspelled words."""
    words = search_words(typed)
    if not words:
        return []
    query = SearchQuery(words[0], config="german")
    for word in words[1:]:
        query |= SearchQuery(word, config="german")
    candidates = offered.filter(search_vector=query).values("pk")[:CANDIDATES]
    ranked = Service.objects.filter(pk__in=candidates).annotate(
        rank=SearchRank(F("search_vector"), query, normalization=1)
    )
    found = list(ranked.order_by("-rank", "search_name").values_list("pk", flat=True)[:limit])
    if len(found) >= limit:
        return found
    misspelled = _unknown_words(typed, offered)
    if misspelled:
        similar = [TrigramWordSimilarity(word, "search_words") for word in misspelled]
        alike = Greatest(*similar) if len(similar) > 1 else similar[0]
        likely = Q()
        for word in misspelled:
            likely |= Q(search_words__trigram_word_similar=word)  # asks the index; the threshold is the session's
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(ALIKE)])
        near = offered.exclude(pk__in=found).filter(likely).annotate(alike=alike)
        found += near.order_by("-alike").values_list("pk", flat=True)[: limit - len(found)]
    return found


def _unknown_words(typed: str, offered: QuerySet[Service]) -> list[str]:
    """Return the typed words that no service has: only these may be misspelled. Short words are alike by chance."""
    words = [word for word in typed_words(typed) if len(word) >= SHORTEST_MISSPELLED]
    if not words:
        return []
    has = {}
    for number, word in enumerate(words):
        query = SearchQuery(word, config="german")
        is_stop_word = Func(query, function="numnode", output_field=IntegerField())
        has[f"word_{number}"] = Q(Exact(is_stop_word, 0)) | Exists(offered.filter(search_vector=query))
    known = Service.objects.annotate(**has).values_list(*has).order_by("pk").first()
    return [word for word, is_known in zip(words, known or (), strict=False) if not is_known]


def offered(keys: Iterable[str], facts: Facts, on: date) -> dict[str, Offered]:
    """Return services by key with papers and the responsible office; in few queries, however many."""
    offices = all_offices()
    rows = services(on).filter(key__in=list(keys)).prefetch_related("papers", with_places())
    return {row.key: Offered(row, responsible_office(row, facts, offices)) for row in rows}


def match_services(facts: Facts, on: date, *, topic_keys: set[str], first: list[str]) -> list[Match]:
    """Return what may fit a household: likely before unclear before rather not, the situation's own services first.

    `first` are service keys in the order in which the situations name them. At most MOST_MATCHES of each sort.
    """
    rows = services(on).prefetch_related("papers", with_places())
    if topic_keys or first:
        rows = rows.filter(Q(topics__key__in=topic_keys) | Q(key__in=first)).distinct()
    if facts.get("violence") is not True:
        # Shown when somebody looks for it, never in a list that others may read along.
        rows = rows.filter(Q(sensitive=False) | Q(key__in=first))
    place = {key: index for index, key in enumerate(dict.fromkeys(first))}
    offices = all_offices()
    matches = []
    for row in rows:
        verdict = evaluate(parse_rule(row.prerequisites) if row.prerequisites else None, facts)
        matches.append(Match(row, verdict, responsible_office(row, facts, offices)))
    matches.sort(key=lambda match: _rank(match, place))
    sorts = [[match for match in matches if match.verdict.truth is truth][:MOST_MATCHES] for truth in _ORDER]
    return [match for sort in sorts for match in sort]


def match_situations(rows: Iterable[Situation], facts: Facts, on: date) -> list[Match]:
    """Return what may fit a household in its situations: of their topics, what they name first."""
    rows = list(rows)
    topic_keys = {topic.key for row in rows for topic in row.topics.all()}
    return match_services(facts, on, topic_keys=topic_keys, first=[key for row in rows for key in row.services])


def _rank(match: Match, place: dict[str, int]) -> tuple[int, int, int, int]:
    """Sort by verdict, then what the situation names first, then what more is known to fit, then what asks less."""
    verdict = match.verdict
    named = place.get(match.service.key, len(place))
    return (_ORDER[verdict.truth], named, -len(verdict.met), len(verdict.missing))
