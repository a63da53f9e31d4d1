"""Help that waits for itself, among the rows: services and offices as givers, as they are and as they would be."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from tragnetz.core.texts import choose
from tragnetz.directory.models import Paper, Service
from tragnetz.eligibility.circles import Deadlock, Giver, authority_of, deadlocks, giver_of, issuer_of
from tragnetz.eligibility.facts import FACTS
from tragnetz.eligibility.routes import Posts


def all_papers() -> list[Paper]:
    """Return all papers with the authorities that give them out."""
    return list(Paper.objects.select_related("authority").order_by("key"))


def issued_by(papers: Iterable[Paper]) -> dict[str, list[str]]:
    """Return the papers that each authority gives out, by their keys."""
    found: dict[str, list[str]] = {}
    for row in papers:
        if row.authority is not None:
            found.setdefault(row.authority.key, []).append(row.key)
    return found


def gives_anything(service: Service) -> bool:
    """Whether somebody could wait for a service: it is a benefit of rules, or gives a paper out."""
    return bool(service.gives) or service.key in FACTS["benefits"].values or service.issues.exists()


def circles(posts: Posts, papers: Iterable[Paper], rules: Mapping[str, Any] | None = None) -> list[Deadlock]:
    """Return what waits for itself; `rules` are prerequisites of services as they would be, by key."""
    return deadlocks(_givers(posts, list(papers), rules or {}))


def service_names(found: Iterable[Deadlock], language: str) -> dict[str, str]:
    """Return the names of the services in circles by their keys."""
    keys = {giver for one in found for giver, _thing in one.waiting if not authority_of(giver)}
    rows = Service.objects.filter(key__in=keys).values_list("key", "name")
    return {key: choose(name, language).text for key, name in rows}


def _givers(posts: Posts, papers: list[Paper], rules: Mapping[str, Any]) -> list[Giver]:
    """Return what may wait for something, or be waited for: services with a rule or papers, and who gives papers out.

    What is asked for and nobody here gives locks nobody out, so papers without an issuer are not read.
    """
    by_service: dict[uuid.UUID, list[str]] = {}
    for row in papers:
        if row.service_id is not None:
            by_service.setdefault(row.service_id, []).append(row.key)
    given = {row.pk: row.key for row in papers if row.authority_id or row.service_id}
    asked: dict[uuid.UUID, list[str]] = {}
    pairs = Service.papers.through.objects.filter(paper_id__in=given).order_by("pk")
    for service, paper in pairs.values_list("service_id", "paper_id"):
        asked.setdefault(service, []).append(given[paper])
    rows = Service.objects.filter(
        ~Q(prerequisites={}) | ~Q(gives=[]) | Q(key__in=[*FACTS["benefits"].values, *rules])
        | Q(pk__in=[*asked, *by_service])
    )  # fmt: skip
    found = [
        giver_of(key, rules.get(key, rule), gives=gives, papers=asked.get(pk, ()), issues=by_service.get(pk, ()))
        for pk, key, rule, gives in rows.order_by("key").values_list("pk", "key", "prerequisites", "gives")
    ]
    return found + [issuer_of(key, issues, posts) for key, issues in issued_by(papers).items()]
