"""How many services have a term of a search: counted once, kept until the directory changes.

People ask with the same words again and again, and counting common ones is most of the work of a search.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tragnetz.directory.everyday import is_filler
from tragnetz.directory.kept import Kept, Shelf
from tragnetz.network.scope import current_network_id

COUNTED = 100  # services that have a term at most: what more have is common, and counting costs


@dataclass(frozen=True, slots=True)
class Asked:
    """A term: a text search query of ours, with what was typed as its `params`; `word` if it is a plain one."""

    sql: str
    params: tuple[str, ...]
    word: str = ""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many services have a term (COUNTED at most); `is_filler` is what a language takes for a stop word.

    Fillers are the most common words of all, and nobody looks for them: they are not counted.
    """

    count: int
    is_filler: bool


_COUNTS: Shelf[Asked, Frequency] = Shelf(20_000)


def frequencies(terms: Sequence[Asked], kept: Kept) -> list[Frequency]:
    """Return how many services of the network have each term; one query for those not counted yet."""
    network = current_network_id()
    found = kept.many(_COUNTS, terms, lambda missing: dict(zip(missing, _count(network, missing), strict=True)))
    return [found[term] for term in terms]


def _count(network: uuid.UUID, terms: Sequence[Asked]) -> list[Frequency]:
    stop = "(numnode(plainto_tsquery('german', %s)) = 0 OR numnode(plainto_tsquery('english', %s)) = 0)"
    parts: list[str] = []
    params: list[Any] = []
    for number, term in enumerate(terms):
        stops = "false" if not term.word else "true" if is_filler(term.word) else stop
        parts.append(
            f"SELECT {number}, is_filler, CASE WHEN is_filler THEN 0 ELSE (SELECT count(*) FROM (SELECT 1"  # noqa: S608 -- no text of others
            f" FROM directory_service WHERE network_id = %s AND search_vector @@ {term.sql} LIMIT %s) AS few) END"
            f" FROM (SELECT {stops} AS is_filler) AS asked"
        )
        params += [network, *term.params, COUNTED, *([term.word] * 2 if stops == stop else [])]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows = {number: Frequency(count, is_filler) for number, is_filler, count in cursor.fetchall()}
    return [rows[number] for number in range(len(terms))]
