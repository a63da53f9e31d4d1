"""What offices decided, and the money it brought. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tragnetz.casework.claims.enums import Rhythm
from tragnetz.reporting.outcomes.figures import Funnel, Split, funnel, keys, splits
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import FIVES

DECIDED = frozenset({"granted", "refused", "objection"})


@dataclass(frozen=True, slots=True)
class Money:
    """What offices granted: EUR that came every month, EUR once, EUR a month now, households. Nothing: hidden."""

    benefit: str
    monthly: Decimal | None
    once: Decimal | None
    now: Decimal | None
    households: int | None


def claim_funnel(tally: Tally, *, renewals: bool) -> Funnel:
    """Return how far claims came: planned, sent, decided, granted."""
    rows = [(row, number) for row, number in keys(tally, "claim") if (row[0] == "t") == renewals]
    sent = sum(number for row, number in rows if row[2] == "t")
    granted = sum(number for row, number in rows if row[3] == "granted")
    decided = granted + sum(number for row, number in rows if row[3] in {"refused", "objection"})
    return funnel(
        [("planned", sum(number for _row, number in rows)), ("sent", sent), ("decided", decided), ("granted", granted)]
    )


def claims(tally: Tally) -> list[Split]:
    """Return what offices decided on first claims, all, then by benefit; one that is fought over is refused so far."""
    rows: defaultdict[str, dict[str, int]] = defaultdict(lambda: {"granted": 0, "refused": 0})
    for (renewal, benefit, _sent, stage), number in keys(tally, "claim"):
        if renewal == "f" and stage in DECIDED:
            rows[benefit]["granted" if stage == "granted" else "refused"] += number
    return splits(rows)


def money(tally: Tally) -> tuple[Money, list[Money]]:
    """Return what was granted: all together, and by benefit, the most first."""
    cents: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (benefit, rhythm), number in keys(tally, "eur"):
        cents[benefit][rhythm] += number
    names = sorted(cents, key=lambda one: (-sum(cents[one].values()), one))
    kept = {one: FIVES.one(tally[f"paid|{one}"]) for one in names}
    found = [
        _money(tally, one, cents[one], number) if number is not None else Money(one, None, None, None, None)
        for one, number in kept.items()
    ]
    households = FIVES.one(tally["paid"])
    if not households:
        return Money("", None, None, None, households), found
    running = sum(number for _rest, number in keys(tally, "running"))
    sums = {rhythm: sum(row[rhythm] for row in cents.values()) for rhythm in (Rhythm.MONTH, Rhythm.ONCE)}
    whole = Money(
        "", _eur(sums[Rhythm.MONTH]), _eur(sums[Rhythm.ONCE]), _eur(running),
        households,
    )  # fmt: skip
    return whole, found


def _money(tally: Tally, benefit: str, cents: Mapping[str, int], households: int) -> Money:
    return Money(
        benefit, _eur(cents.get(Rhythm.MONTH, 0)), _eur(cents.get(Rhythm.ONCE, 0)),
        _eur(tally[f"running|{benefit}"]), households,
    )  # fmt: skip


def _eur(cents: int) -> Decimal:
    return FIVES.money(Decimal(cents) / 100)
