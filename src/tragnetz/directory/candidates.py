"""What the services of a topic ask of a household, read once until the directory changes.

A city may have ten thousand services and show twenty-five: which ones, their rules alone say. Many ask the same, so a
rule is read and judged once, however many services have it.
"""

import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from tragnetz.directory.kept import Kept, Shelf
from tragnetz.directory.models import Service
from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.rules import Condition, Group, Rule, Verdict, evaluate, parse_rule


class Candidate(NamedTuple):
    """A service with what it asks; `asks` is the same for all that ask the same. Candidates come in order of names."""

    service: uuid.UUID
    key: str
    is_sensitive: bool
    asks: int
    rule: Rule | None
    weeks: int


type _Wanted = tuple[date, frozenset[str], frozenset[str]]

_CANDIDATES: Shelf[_Wanted, list[Candidate]] = Shelf(100)


def candidates(
    offered: QuerySet[Service], on: date, topic_keys: Iterable[str], keys: Iterable[str], kept: Kept
) -> list[Candidate]:
    """Return the services of some topics or with some keys, all without either, of what is `offered` on a day."""
    wanted = (on, frozenset(topic_keys), frozenset(keys))
    return kept.get(_CANDIDATES, wanted, lambda: list(_read(offered, wanted)))


def _read(offered: QuerySet[Service], wanted: _Wanted) -> Iterator[Candidate]:
    _on, topics, keys = wanted
    rows = offered
    if topics or keys:
        of_topics = Service.objects.order_by().filter(topics__key__in=topics).values("pk")
        rows = rows.filter(Q(pk__in=of_topics) | Q(key__in=keys))
    rules: dict[tuple[str, int], tuple[int, Rule | None]] = {}
    for pk, key, is_sensitive, asked, waiting in rows.values_list(
        "pk", "key", "sensitive", "prerequisites", "waiting"
    ).iterator():
        weeks = int(waiting.get("weeks") or 0)
        same = (json.dumps(asked, sort_keys=True) if asked else "", weeks)
        if same not in rules:
            rules[same] = (len(rules), parse_rule(asked) if asked else None)
        yield Candidate(pk, key, is_sensitive, *rules[same], weeks)


def judged(rows: Iterable[Candidate], facts: Facts) -> Iterator[tuple[Candidate, Verdict]]:
    """Yield candidates, each with whether a household fulfils what it asks."""
    known: dict[int, Verdict] = {}
    for row in rows:
        if row.asks not in known:
            known[row.asks] = evaluate(with_wait(row.rule, row.weeks, facts), facts)
        yield row, known[row.asks]


def with_wait(rule: Rule | None, weeks: int, facts: Facts) -> Rule | None:
    """Return a rule with the wait of so many weeks (0: none) beside it.

    The wait is asked only of those who told how long they can wait: it is no secret prerequisite for the others.
    """
    if not weeks or "can_wait_weeks" not in facts:
        return rule
    wait = Condition("can_wait_weeks", "at_least", weeks)
    return wait if rule is None else Group("all", (rule, wait))
