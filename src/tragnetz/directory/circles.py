"""Help that waits for itself, among the rows: services and offices as givers, as they are and as they would be."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from tragnetz.core.texts import choose
from tragnetz.directory.models import Paper, Service
from tragnetz.eligibility.circles import Asking, Deadlock, Issued, authority_of, deadlocks, givers_of
from tragnetz.eligibility.facts import FACTS
from tragnetz.eligibility.routes import Posts


def gives_anything(service: Service) -> bool:
    """Whether somebody could wait for a service: it is a benefit of rules, or gives a paper out."""
    return bool(service.gives) or service.key in FACTS["benefits"].values or service.issues.exists()


def issued(papers: Iterable[Paper]) -> list[Issued]:
    """Return papers with the keys of who gives them out."""
    return [
        Issued(row.key, row.authority.key if row.authority else "", row.service.key if row.service else "")
        for row in papers
    ]


def circles(posts: Posts, papers: Iterable[Issued], drafts: Iterable[Asking] = ()) -> list[Deadlock]:
    """Return what waits for itself; `drafts` are services as they would be."""
    papers = list(papers)
    return deadlocks(givers_of(_asking(papers, {one.key: one for one in drafts}), papers, posts))


def service_names(found: Iterable[Deadlock], language: str) -> dict[str, str]:
    """Return the names of the services in circles by their keys."""
    keys = {giver for one in found for giver, _thing in one.waiting if not authority_of(giver)}
    rows = Service.objects.filter(key__in=keys).values_list("key", "name")
    return {key: choose(name, language).text for key, name in rows}


def _asking(papers: Iterable[Issued], drafts: Mapping[str, Asking]) -> list[Asking]:
    """Return the services that may wait for something, or be waited for: those with a rule or papers, and the drafts.

    What is asked for and nobody here gives locks nobody out, so papers without an issuer are not read.
    """
    given = {one.paper for one in papers if one.authority or one.service}
    issuing = {one.service for one in papers if one.service}
    asked: dict[str, list[str]] = {}
    pairs = Service.papers.through.objects.filter(paper__key__in=given).order_by("pk")
    for service, paper in pairs.values_list("service__key", "paper__key"):
        asked.setdefault(service, []).append(paper)
    rows = Service.objects.filter(
        ~Q(prerequisites={}) | ~Q(gives=[]) | Q(key__in={*FACTS["benefits"].values, *drafts, *asked, *issuing})
    )
    return [
        drafts.get(key) or Asking(key, rule, gives, asked.get(key, ()))
        for key, rule, gives in rows.order_by("key").values_list("key", "prerequisites", "gives")
    ]
