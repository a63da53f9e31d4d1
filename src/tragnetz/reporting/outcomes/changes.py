"""How far people came in the domains of life, from the first to the last level. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tragnetz.casework.enums import LifeDomain
from tragnetz.reporting.outcomes.figures import Split, keys, split, visible_estimate
from tragnetz.reporting.outcomes.statistics import Estimate, median, sign_test
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import FIVES

WAYS = ("better", "same", "worse")
CHANCE = 0.05
LOW = 2  # levels 1 and 2: acute or great need


@dataclass(frozen=True, slots=True)
class Change:
    """A domain of life of those with a first and a last level: `before` and `after` are the mean levels.

    `once`: so many have one level only. `p`: how likely as many better or worse ones are by chance alone.
    """

    split: Split
    step: Estimate | None
    before: float | None
    after: float | None
    once: int | None
    p: float


def moved(tally: Tally, side: str) -> tuple[Split, float]:
    """Return how many households and adults are better in more domains than worse, and the chance of that by luck."""
    counts = {way: tally[f"moved|{side}|{number}"] for way, number in zip(WAYS, (1, 0, -1), strict=True)}
    return split("", counts), sign_test(counts["better"], counts["worse"])


def changes(tally: Tally, side: str) -> list[Change]:
    """Return the way from the first to the last level of each domain, as one side sees it."""
    pairs: defaultdict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for (by, domain, before, after), number in keys(tally, "pair"):
        if by == side:
            pairs[domain][int(before), int(after)] += number
    return [
        _change(domain.value, pairs[domain.value], tally[f"single|{side}|{domain.value}"])
        for domain in LifeDomain
        if domain.value in pairs or tally[f"single|{side}|{domain.value}"]
    ]


def _change(domain: str, pairs: Counter[tuple[int, int]], once: int) -> Change:
    ways = _ways(pairs)
    found = split(domain, ways)
    steps: Counter[int] = Counter()
    for (before, after), number in pairs.items():
        steps[after - before] += number
    if not found.n:
        return Change(found, None, None, None, FIVES.one(once), 1.0)
    # With hidden parts, a mean would let them be computed.
    is_open = None not in found.parts.values()
    n = sum(pairs.values())
    first, last = (sum(pair[place] * number for pair, number in pairs.items()) / n for place in (0, 1))
    return Change(
        found, visible_estimate(median(steps)), first if is_open else None, last if is_open else None,
        FIVES.one(once), sign_test(ways["better"], ways["worse"]),
    )  # fmt: skip


def _ways(pairs: Mapping[tuple[int, int], int]) -> dict[str, int]:
    found = dict.fromkeys(WAYS, 0)
    for (before, after), number in pairs.items():
        found["better" if after > before else "worse" if after < before else "same"] += number
    return found


def by_start(tally: Tally) -> list[Split]:
    """Return what became of levels that were low at first, and of those that were not (regression to the mean)."""
    starts: dict[str, Counter[tuple[int, int]]] = {"low": Counter(), "high": Counter()}
    for (side, _domain, before, after), number in keys(tally, "pair"):
        if side == "ours":
            starts["low" if int(before) <= LOW else "high"][int(before), int(after)] += number
    return [split(name, _ways(pairs)) for name, pairs in starts.items()]
