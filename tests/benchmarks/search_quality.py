"""How good the search is: the fixed queries of tests/directory/search_queries.yaml, beside PostgreSQL's full text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import connection

from tragnetz.directory.search import search
from tragnetz.network.scope import current_network_id

QUERIES = Path(__file__).resolve().parent.parent / "directory" / "search_queries.yaml"
FIRST = 5
DEEP = 20  # a right answer further down counts as not found

type Search = Callable[[str, date], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and the keys of services that answer it."""

    q: str
    language: str
    kind: str
    expected: tuple[str, ...]
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """recall@5: part of queries with a right answer among the first five. mrr: mean of one over the place of the first."""

    queries: int
    recall: float
    mrr: float

    def __str__(self) -> str:
        return f"recall@{FIRST} {self.recall:6.1%}   MRR {self.mrr:.3f}   ({self.queries} queries)"


def queries() -> list[Query]:
    """Return the fixed queries."""
    rows: list[dict[str, Any]] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return [Query(**{**row, "expected": tuple(row["expected"])}) for row in rows]


def ours(typed: str, on: date) -> list[str]:
    """Return the keys of services that our search finds, best first."""
    return [service.key for service in search(typed, on, limit=DEEP)]


def plain(typed: str, on: date) -> list[str]:
    """Return the keys that PostgreSQL's own full text finds: German, as the web types, best rank first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH rows AS (
                 SELECT key, to_tsvector('german', concat_ws(' ', name ->> 'de', summary ->> 'de', description ->> 'de'))
                   AS words FROM directory_service WHERE network_id = %s)
               SELECT key FROM rows, websearch_to_tsquery('german', %s) AS asked
               WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, key LIMIT %s""",
            [current_network_id(), typed, DEEP],
        )
        return [key for (key,) in cursor.fetchall()]


def plain_any(typed: str, on: date) -> list[str]:
    """Return what the same finds when one of the words is enough: a stronger rival than all words at once."""
    return plain(" or ".join(typed.replace('"', " ").replace("-", " ").split()), on)


def place_of(query: Query, search: Search, on: date) -> int:
    """Return the place of the first right answer, from 1; 0 for none."""
    found = search(query.q, on)
    return next((place for place, key in enumerate(found, 1) if key in query.expected), 0)


def score(places: Sequence[int]) -> Score:
    """Return the figures of some queries by the places of their first right answers."""
    return Score(
        len(places),
        sum(1 for place in places if 0 < place <= FIRST) / len(places),
        sum(1 / place for place in places if place) / len(places),
    )


def parts(rows: Sequence[Query]) -> Iterator[tuple[str, list[int]]]:
    """Return the numbers of queries by part: all, tuned and held out, languages, kinds."""
    numbers = range(len(rows))
    yield "all", list(numbers)
    yield "seen while tuning", [number for number in numbers if not rows[number].held_out]
    yield "held out", [number for number in numbers if rows[number].held_out]
    for name in ("language", "kind"):
        for value in dict.fromkeys(getattr(row, name) for row in rows):
            yield f"{name} {value}", [number for number in numbers if getattr(rows[number], name) == value]


def measure(on: date, *, asked: Sequence[Query] | None = None) -> dict[str, dict[str, Score]]:
    """Return the scores by part and by search, all in the same run."""
    rows = list(asked if asked is not None else queries())
    rivals: dict[str, Search] = {"ours": ours, "plain": plain, "plain_any": plain_any}
    places = {name: [place_of(row, search, on) for row in rows] for name, search in rivals.items()}
    return {
        part: {name: score([found[number] for number in numbers]) for name, found in places.items()}
        for part, numbers in parts(rows)
    }


def show_quality(on: date) -> None:
    """Print the figures."""
    for part, scores in measure(on).items():
        print(f"search quality, {part:<36} {scores['ours']}")
        print(f"  beside it: full text, all words {'':<18} {scores['plain']}")
        print(f"  beside it: full text, any word  {'':<18} {scores['plain_any']}")
