"""From what was counted to figures: how many, of how many, how sure. Pure; the words stand on the page.

A count of one or two people is hidden, and whatever it could be computed from (`hiding`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tragnetz.reporting.outcomes.hiding import LEAST, shown
from tragnetz.reporting.outcomes.statistics import Estimate, Share, share
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import TOTAL, suppressed


@dataclass(frozen=True, slots=True)
class Split:
    """How many people or things, and how many of them are what: by code. Nothing: hidden."""

    name: str
    n: int | None
    parts: Mapping[str, Share | None]


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many came how far: each stage with its share of the stage before it."""

    stages: tuple[tuple[str, int | None, Share | None], ...]


def keys(tally: Tally, first: str) -> Iterator[tuple[list[str], int]]:
    """Return what was counted under a first word: the other words of each key, and the number."""
    for key, number in tally.items():
        if number and key.startswith(f"{first}|"):
            yield key.split("|")[1:], number


def split(name: str, counts: Mapping[str, int]) -> Split:
    """Return counts by code as shares of their sum."""
    n = sum(counts.values())
    if n == 0:
        return Split(name, 0, {})
    if n < LEAST:
        return Split(name, None, {})
    keeps = shown(counts.values())
    return Split(
        name,
        n,
        {code: share(count, n) if keep else None for (code, count), keep in zip(counts.items(), keeps, strict=True)},
    )


def splits(rows: Mapping[str, Mapping[str, int]]) -> list[Split]:
    """Return all rows together, then each, the largest first, so that no hidden cell follows from the sums.

    Every row has the same codes. Nothing for no rows.
    """
    ordered = dict(sorted(rows.items(), key=lambda row: (-sum(row[1].values()), row[0])))
    if not ordered:
        return []
    codes = list(next(iter(ordered.values())))
    counts: dict[tuple[str, ...], int] = {
        (name, code): number for name, row in ordered.items() for code, number in row.items()
    }
    table = suppressed(counts, least=LEAST, values=[list(ordered), codes])
    found = []
    for name in (TOTAL, *ordered):
        n = table.of(name, TOTAL)
        parts = {
            code: share(number, n) if n and (number := table.of(name, code)) is not None else None for code in codes
        }
        found.append(Split("" if name == TOTAL else name, n, parts if n else {}))
    return found


def values(tally: Tally, first: str) -> dict[int, int]:
    """Return numbers that were counted, with how often each came."""
    return {int(value): number for (value,), number in keys(tally, first)}


def visible_estimate(found: Estimate | None) -> Estimate | None:
    """Return a mean or median of enough people."""
    return found if found is not None and found.n >= LEAST else None


def visible(count: int) -> int | None:
    """Return a count; nothing if it is hidden."""
    return count if count == 0 or count >= LEAST else None


def funnel(stages: Iterable[tuple[str, int]]) -> Funnel:
    """Return stages, each a part of the one before it; a stage that differs by few people from it is hidden."""
    found: list[tuple[str, int | None, Share | None]] = []
    before: int | None = None
    for name, count in stages:
        is_few = 0 < count < LEAST or (before is not None and 0 < before - count < LEAST)
        if is_few:
            found.append((name, None, None))
            continue
        found.append((name, count, share(count, before) if before else None))
        before = count
    return Funnel(tuple(found))
