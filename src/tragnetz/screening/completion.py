"""What the answers so far leave open: households as they may be, computed together; and the question that tells most.

The spread of what may be is ours, made to be wide; it is no statistic of anybody. It only decides what is asked first
and how sure a result is said to be, never an amount.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from tragnetz.benefits.check import compute
from tragnetz.benefits.household import Household
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import FEDERAL, Book, spelled
from tragnetz.benefits.runtime import Array
from tragnetz.eligibility.facts import Facts, FactValue
from tragnetz.screening.households import describe

SAMPLES = 160
BINS = 4
LIKELY, UNLIKELY = 0.85, 0.10
LEAST_GAIN = 0.06  # bits: less is noise
OTHERS_WEIGH = 0.3  # a benefit that another one opens tells less by itself
MONEY_PER_BIT = 250.0  # EUR of spread that count as one bit of doubt
TINY = 1e-9
WORKING = frozenset({"employed", "short_time_work", "notice_given", "self_employed", "training"})
MOST_TRAINEE_WAGE = 1300

type Draw = Callable[[np.random.Generator, dict[str, FactValue]], FactValue]


def _of(values: Sequence[FactValue], weights: Sequence[float]) -> Draw:
    edges = np.cumsum(weights) / sum(weights)
    return lambda rng, _known: values[int(np.searchsorted(edges, rng.random(), side="right").clip(0, len(values) - 1))]


def _wage(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    if known.get("employment") not in WORKING:
        return 0
    if known["employment"] == "training":
        return int(rng.integers(700, MOST_TRAINEE_WAGE))
    return int(np.clip(rng.lognormal(7.75, 0.45), 300, 9000))


def _wage_before(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    wage = known.get("gross_wage")
    if known.get("employment") == "short_time_work" and isinstance(wage, int):
        return int(wage * rng.uniform(1.05, 2))
    return int(np.clip(rng.lognormal(7.75, 0.4), 500, 7000))


def _rent(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    children = known.get("children")
    persons = 1 + (known.get("partner") is True) + (children if isinstance(children, int) else 0)
    return int(rng.uniform(330, 620) + 130 * (persons - 1))


def _pension(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    return int(rng.uniform(300, 1900)) if known.get("employment") == "pensioner" else 0


def _children(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    age = known.get("age")
    if isinstance(age, int) and age > 60:  # noqa: PLR2004 -- a plain guess
        return 0
    return int(rng.choice(5, p=[0.42, 0.25, 0.2, 0.09, 0.04]))


def _age(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    youngest = known.get("youngest_child_age")
    least = youngest + 16 if isinstance(youngest, int) and known.get("children") != 0 else 19
    return int(rng.integers(max(least, 19), max(least + 20, 72)))


def _youngest(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    age = known.get("age")
    most = age - 16 if isinstance(age, int) else 18
    return int(rng.integers(0, max(min(most, 18), 1)))


def _maintenance(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    children = known.get("children")
    if known.get("partner") is True or not isinstance(children, int) or rng.random() < 0.5:  # noqa: PLR2004 -- as above
        return 0
    return int(rng.uniform(100, 450)) * children


def _benefits(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    draw = rng.random()
    if known.get("residence") in {"asylum", "tolerated"}:
        return frozenset({"asylblg"})
    return frozenset({"sgb12"}) if draw > 0.95 else frozenset()  # noqa: PLR2004 -- as above


def _pregnant(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    age = known.get("age")
    return bool(rng.random() < 0.06) and not (isinstance(age, int) and age > 48)  # noqa: PLR2004 -- as above


def _old(rng: np.random.Generator, known: dict[str, FactValue]) -> FactValue:
    age = known.get("age")
    if isinstance(age, int) and age > 66:  # noqa: PLR2004 -- as above
        return "pensioner"
    return _EMPLOYMENT(rng, known)


_EMPLOYMENT = _of(
    ["employed", "short_time_work", "unemployed", "parental_leave", "pensioner", "sick_leave", "student", "training"],
    [0.45, 0.1, 0.22, 0.05, 0.07, 0.04, 0.04, 0.03],
)
YES_NO: Sequence[FactValue] = (True, False)
# In the order in which one hangs on another; it is also the order of a paper form, to compare with.
DRAWS: dict[str, Draw] = {
    "age": _age,
    "partner": _of(YES_NO, [0.5, 0.5]),
    "children": _children,
    "youngest_child_age": _youngest,
    "maintenance": _maintenance,
    "employment": _old,
    "gross_wage": _wage,
    "wage_before": _wage_before,
    "insured_12_of_30": _of(YES_NO, [0.75, 0.25]),
    "pension": _pension,
    "housing": _of(["rent", "own", "with_others", "shelter"], [0.8, 0.12, 0.06, 0.02]),
    "rent": _rent,
    "assets": lambda rng, _known: int(rng.choice([rng.uniform(0, 4000), rng.uniform(0, 60_000)], p=[0.75, 0.25])),
    "residence": _of(["german", "eu", "permit", "asylum", "tolerated"], [0.7, 0.12, 0.13, 0.03, 0.02]),
    "benefits": _benefits,
    "pregnant": _pregnant,
    "care_level": _of([0, 1, 2, 3, 4, 5], [0.92, 0.02, 0.03, 0.02, 0.005, 0.005]),
    "daycare_child": _of(YES_NO, [0.6, 0.4]),
}
ASKED = tuple(DRAWS)


@dataclass(frozen=True, slots=True)
class Chance:
    """What may be, after some answers: for each benefit how many of the households have it, and how much.

    `low_m` and `high_m` are EUR a month, the middle four fifths of those who have it; both 0 where there is no amount.
    """

    benefit: str
    share: float
    low_m: float
    high_m: float

    @property
    def verdict(self) -> str:
        """`yes`, `no` or `unknown`: what is said of it."""
        return "yes" if self.share >= LIKELY else "no" if self.share <= UNLIKELY else "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """Households as they may be: what was drawn for each, and what each would get (one row a household)."""

    drawn: tuple[Mapping[str, FactValue], ...]
    names: tuple[str, ...]
    has: Array
    amounts: Array


def complete(facts: Facts, *, samples: int = SAMPLES, seed: int = 0) -> list[dict[str, FactValue]]:
    """Return what the household may be: the answers, and something drawn for each that is open."""
    rng = np.random.default_rng(seed)
    found = []
    for _number in range(samples):
        known: dict[str, FactValue] = dict(facts)
        for name, draw in DRAWS.items():
            if name not in known:
                known[name] = draw(rng, known)
        found.append(known)
    return found


def judge(drawn: Sequence[Mapping[str, FactValue]], rent_level: int | None, law: Law, on: date, book: Book) -> Judged:
    """Compute all households that may be in one call."""
    households = [describe([], facts, rent_level, on).household for facts in drawn]
    names, has, amounts = verdicts(households, law, on, book)
    return Judged(tuple(drawn), names, has, amounts)


def judge_of_nobody(rent_level: int | None, law: Law, on: date, book: Book) -> Judged:
    """Return what may be of a household of which nothing is known: the same for all who begin, so computed once."""
    asked = (id(law), id(book), rent_level, on)
    found = _OF_NOBODY.get(asked)
    if found is None:
        found = _OfNobody(law, book, judge(complete({}), rent_level, law, on, book))
        while len(_OF_NOBODY) >= MOST_KEPT:
            _OF_NOBODY.pop(next(iter(_OF_NOBODY)), None)
        _OF_NOBODY[asked] = found
    return found.judged


class _OfNobody(NamedTuple):
    """Law and book stay with what was computed by them, so that no other ones come to have their numbers."""

    law: Law
    book: Book
    judged: Judged


MOST_KEPT = 16  # networks of an installation that change law at the same time
_OF_NOBODY: dict[tuple[int, int, int | None, date], _OfNobody] = {}


def verdicts(households: Sequence[Household], law: Law, on: date, book: Book) -> tuple[tuple[str, ...], Array, Array]:
    """Return names of benefits, whether each household has them, and EUR a month."""
    computed = compute(households, law, on, book)
    first = np.searchsorted(computed.batch.owner, np.arange(len(households)))
    count = len(households)
    names, has, amounts = list(FEDERAL), [], []
    for name in FEDERAL:
        paid = computed.frame.benefits[spelled(name)][first]
        has.append(paid > 0)
        amounts.append(paid)
    for outcome in computed.outcomes:
        if outcome.rule.format.kind == "step":
            continue
        sure = outcome.truth.sure
        names.append(outcome.rule.key)
        has.append(np.bincount(computed.batch.owner, sure, minlength=count) > 0)
        worth = np.zeros(len(sure)) if outcome.amount is None else np.where(sure, outcome.amount.data, 0.0)
        amounts.append(np.bincount(computed.batch.owner, worth, minlength=count))
    return tuple(names), np.array(has).T, np.array(amounts).T


def chances(judged: Judged) -> list[Chance]:
    """Return each benefit with how likely it is and how much it may be, the likeliest first."""
    found = []
    for column, name in enumerate(judged.names):
        has = judged.has[:, column]
        paid = judged.amounts[has, column]
        low, high = (float(np.quantile(paid, share)) for share in (0.1, 0.9)) if len(paid) else (0.0, 0.0)
        found.append(Chance(name, float(has.mean()), round(low, 2), round(high, 2)))
    return sorted(found, key=lambda one: (-one.share, -one.high_m, one.benefit))


def next_question(judged: Judged, facts: Facts, skipped: Sequence[str] = ()) -> str | None:
    """Return the fact whose answer tells most about who gets what; none when no answer would tell anything.

    What an answer tells: the bits of all verdicts and the spread of the money, less what is left of both on average
    when it is known, less what the same groups would seem to tell if they were drawn by lot.
    """
    open_ones = [name for name in ASKED if name not in facts and name not in skipped]
    rng = np.random.default_rng(len(judged.drawn))
    gains = {}
    for name in open_ones:
        groups = _binned([drawn[name] for drawn in judged.drawn])
        gains[name] = _left(judged, rng.permutation(groups)) - _left(judged, groups)
    best = max(gains, key=lambda name: gains[name], default=None)
    return best if best is not None and gains[best] > LEAST_GAIN else None


def _left(judged: Judged, groups: Array) -> float:
    """Return the doubt that is left when it is known to which group a household belongs."""
    weights = np.where(np.isin(judged.names, FEDERAL), 1.0, OTHERS_WEIGH)
    money = judged.amounts[:, : len(FEDERAL)].sum(axis=1)
    left = 0.0
    for group in np.unique(groups):
        rows = groups == group
        share = judged.has[rows].mean(axis=0).clip(TINY, 1 - TINY)
        bits = -(share * np.log2(share) + (1 - share) * np.log2(1 - share))
        left += float(rows.mean() * (bits @ weights + money[rows].std() / MONEY_PER_BIT))
    return left


def _binned(values: Sequence[FactValue]) -> Array:
    """Return a group for each answer: its own for words, a quarter for numbers."""
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        numbers = np.array([value for value in values if isinstance(value, int)], dtype=float)
        distinct = np.unique(numbers)
        if len(distinct) <= BINS:
            return np.searchsorted(distinct, numbers)
        edges = np.quantile(numbers, np.linspace(0, 1, BINS + 1)[1:-1])
        return np.searchsorted(edges, numbers)
    words = sorted({str(value) for value in values})
    return np.array([words.index(str(value)) for value in values])
