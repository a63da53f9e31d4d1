"""Which papers the help on a take-along sheet asks for: each once, with who gives it out to this household."""

from collections.abc import Iterable
from typing import Any

from tragnetz.directory.issuers import Issuer, issuers_of
from tragnetz.directory.models import Paper
from tragnetz.directory.papers import in_order
from tragnetz.directory.sentences import Explained
from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.rules import Truth

type Group = tuple[Truth, Any, list[Explained]]


def papers_of(groups: Iterable[Group], facts: Facts) -> list[tuple[Paper, Issuer | None]]:
    """Return the papers of all services of a sheet in their order; nothing for what the directory does not know."""
    rows = {
        paper.key: paper for _truth, _title, items in groups for item in items for paper in in_order(item.match.service)
    }
    issuers = issuers_of(rows, facts)
    return [(paper, issuers.get(key)) for key, paper in rows.items()]
