"""From what was counted to figures: how many, of how many, how sure. Pure; the words stand on the page.

How finely a number is shown its grain says (`reporting.statistics`): exact, with small ones hidden and whatever they
could be computed from, or in fives.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tragnetz.reporting.outcomes.statistics import Estimate, Share, share
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import TOTAL, Grain, suppressed


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


def split(name: str, counts: Mapping[str, int], grain: Grain) -> Split:
    """Return counts by code as shares of their sum."""
    n = grain.one(sum(counts.values()))
    if not n:
        return Split(name, n, {})
    kept = grain.many(counts)
    return Split(name, n, {code: None if number is None else share(number, n) for code, number in kept.items()})


def splits(rows: Mapping[str, Mapping[str, int]], grain: Grain) -> list[Split]:
    """Return all rows together, then each, the largest first, so that no hidden cell follows from the sums.

    Every row has the same codes. Nothing for no rows.
    """
    ordered = dict(sorted(rows.items(), key=lambda row: (-(grain.one(sum(row[1].values())) or 0), row[0])))
    if not ordered:
        return []
    codes = list(next(iter(ordered.values())))
    if grain.is_coarse:
        together = {code: sum(row[code] for row in ordered.values()) for code in codes}
        return [split("", together, grain), *(split(name, row, grain) for name, row in ordered.items())]
    counts: dict[tuple[str, ...], int] = {
        (name, code): number for name, row in ordered.items() for code, number in row.items()
    }
    table = suppressed(counts, least=grain.least, values=[list(ordered), codes])
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


def visible_estimate(found: Estimate | None, grain: Grain) -> Estimate | None:
    """Return a mean or median of enough people."""
    n = grain.one(found.n) if found else None
    return replace(found, n=n) if found and n else None


def funnel(stages: Iterable[tuple[str, int]], grain: Grain) -> Funnel:
    """Return stages, each a part of the one before it; a stage that differs by few people from it is hidden."""
    found: list[tuple[str, int | None, Share | None]] = []
    before: int | None = None
    for name, count in stages:
        number = grain.one(count)
        lost = 0 if grain.is_coarse or before is None else before - count
        if number is None or 0 < lost < grain.least:
            found.append((name, None, None))
            continue
        found.append((name, number, share(number, before) if before else None))
        before = number
    return Funnel(tuple(found))
