"""Groups of cases beside each other. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from tragnetz.reporting.outcomes.claiming import DECIDED
from tragnetz.reporting.outcomes.figures import keys
from tragnetz.reporting.outcomes.statistics import Compared, Share, compare, share
from tragnetz.reporting.outcomes.tally import Tally
from tragnetz.reporting.statistics import FIVES

SETTLED = frozenset({"rejected", "cancelled", "failed", "completed"})


@dataclass(frozen=True, slots=True)
class Group:
    """A group of cases in a comparison. Nothing: too few to show."""

    key: str
    share: Share | None
    against: Compared


# What groups of cases are compared by: of each tally, how many and of how many.
def _better(tally: Tally) -> tuple[int, int]:
    return tally["moved|ours|1"], sum(tally[f"moved|ours|{way}"] for way in (1, 0, -1))


def _reached(tally: Tally) -> tuple[int, int]:
    ended = list(keys(tally, "goal"))
    return sum(number for row, number in ended if row[1] == "reached"), sum(number for _row, number in ended)


def _granted(tally: Tally) -> tuple[int, int]:
    decided = [(row, number) for row, number in keys(tally, "claim") if row[0] == "f" and row[3] in DECIDED]
    return sum(number for row, number in decided if row[3] == "granted"), sum(number for _row, number in decided)


def _came(tally: Tally) -> tuple[int, int]:
    known = [(row, number) for row, number in keys(tally, "referral") if row[0] in SETTLED or row[2] == "t"]
    return sum(number for row, number in known if row[2] == "t"), sum(number for _row, number in known)


COMPARED = {"better": _better, "reached": _reached, "granted": _granted, "came": _came}


def comparison(groups: Mapping[str, Tally], measure: str) -> list[Group]:
    """Return groups beside each other by one measure, in the order of their names: it is no list of places."""
    counts = {key: COMPARED[measure](tally) for key, tally in groups.items()}
    counts = {key: (hits, n) for key, (hits, n) in counts.items() if n}
    # What is compared is what is shown.
    kept = {key: FIVES.many({"yes": hits, "no": n - hits}) for key, (hits, n) in counts.items()}
    open_ = {
        key: (hits, hits + row["no"]) for key, row in kept.items() if (hits := row["yes"]) and row["no"] is not None
    }
    against = compare(open_)
    return [
        Group(key, share(*open_[key]), against[key]) if key in open_ else Group(key, None, Compared())
        for key in sorted(counts)
    ]
