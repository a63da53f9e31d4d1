"""From what was counted to figures: how many, of how many, how sure. Pure; the words stand on the page.

All numbers are in fives (`reporting.statistics`), and shares are made of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tragnetz.reporting.outcomes.statistics import Estimate, Share, share
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import FIVES, TOTAL


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
    n = FIVES.one(sum(counts.values()))
    if not n:
        return Split(name, n, {})
    kept = FIVES.many(counts)
    return Split(name, n, {code: None if number is None else share(number, n) for code, number in kept.items()})


def splits(rows: Mapping[str, Mapping[str, int]]) -> list[Split]:
    """Return all rows together, then each, the largest first; the rows add up to all of them.

    Every row has the same codes. Nothing for no rows.
    """
    if not rows:
        return []
    codes = list(next(iter(rows.values())))
    counts: dict[tuple[str, ...], int] = {
        (name, code): number for name, row in rows.items() for code, number in row.items()
    }
    table = FIVES.table(counts, [sorted(rows), codes])
    found = []
    for name in (TOTAL, *sorted(rows, key=lambda one: (-(table.of(one, TOTAL) or 0), one))):
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
    n = FIVES.one(found.n) if found else None
    return replace(found, n=n) if found and n else None


def funnel(stages: Iterable[tuple[str, int]]) -> Funnel:
    """Return stages, each a part of the one before it; one of too few is not told, and shares go on from the last."""
    found: list[tuple[str, int | None, Share | None]] = []
    before: int | None = None
    for name, count in stages:
        number = FIVES.one(count)
        found.append((name, number, share(number, before) if number and before else None))
        before = number or before
    return Funnel(tuple(found))
