"""What will change for households within twelve months if nothing else happens: which benefit, when, why.

Each month is computed on its first day, the present one today. All are compared with the month before.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from tragnetz.benefits.check import Computed, compute
from tragnetz.benefits.cohort import DATED, Cohort, birthday_of, cohort_of, is_steady
from tragnetz.benefits.columns import Batch
from tragnetz.benefits.household import Household
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import FEDERAL, Book, spelled
from tragnetz.benefits.rules.columns import Column
from tragnetz.benefits.rules.evaluate import Outcome, total
from tragnetz.benefits.runtime import Array

MONTHS = 12
NOTHING = 1.0  # EUR a month: less is no benefit
WORTH_TELLING = 20.0  # EUR a month by which a benefit must rise or fall to be told

type LawOf = Callable[[date], Law]


class Turn(StrEnum):
    """What becomes of a benefit."""

    NEW = "new"
    LOST = "lost"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why: a birthday (`role`, `number` is the age), a dated fact (`role`, `name`), or other law."""

    kind: str
    role: str = ""
    name: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A benefit of a household, by its place in the list, that changes with a month; EUR a month before and after."""

    household: int
    turn: Turn
    benefit: str
    month: date
    before: float
    after: float
    causes: tuple[Cause, ...]


def months_ahead(on: date, months: int = MONTHS) -> list[date]:
    """Return the day of now and the first days of the months after it."""
    number = on.year * 12 + on.month - 1
    return [on, *(date(one // 12, one % 12 + 1, 1) for one in range(number + 1, number + months + 1))]


def turn_of(before: float, after: float) -> Turn | None:
    """Return what becomes of a benefit between two months; nothing where it is not worth telling."""
    had, has = before >= NOTHING, after >= NOTHING
    if had != has:
        return Turn.NEW if has else Turn.LOST
    if abs(after - before) < WORTH_TELLING:
        return None
    return Turn.MORE if after > before else Turn.LESS


def changes(households: Sequence[Household], law_of: LawOf, book: Book, on: date, months: int = MONTHS) -> list[Change]:
    """Return what changes for households from a day on, by household, month and benefit."""
    days = months_ahead(on, months)
    kinds = keys_of(book)
    steady = [place for place, household in enumerate(households) if is_steady(household, on)]
    moving = [place for place in range(len(households)) if place not in set(steady)]
    found: list[Change] = []
    for places, amounts in (
        (steady, _in_cohorts([households[place] for place in steady], law_of, book, days)),
        (moving, _one_by_one([households[place] for place in moving], law_of, book, days)),
    ):
        if not places:
            continue
        before = next(amounts)
        for number, after in enumerate(amounts, start=1):
            span = days[number - 1], days[number]
            other_law = law_changed(law_of, book, *span)
            rows, columns = np.nonzero(_worth_telling(before, after))
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                money = float(before[row, column]), float(after[row, column])
                turn = turn_of(*money)
                if turn is not None:
                    place = places[row]
                    causes = causes_of(households[place], *span, other_law=other_law)
                    found.append(Change(place, turn, kinds[column], days[number], *money, causes))
            before = after
    return sorted(found, key=lambda one: (one.household, one.month, one.benefit))


def keys_of(book: Book) -> list[str]:
    """Return the benefits that are compared: those that are money every month."""
    return [*FEDERAL, *(rule.key for rule in book.rules if rule.format.kind == "money" and not rule.format.excludes)]


def amounts_of(computed: Computed, book: Book) -> Array:
    """Return EUR a month of each household (row) by benefit (column, as `keys_of`); not a number where it is open."""
    batch = computed.batch
    first = np.searchsorted(batch.owner, np.arange(len(batch.households)))
    by_rule = {outcome.rule.key: outcome for outcome in computed.outcomes}
    columns = []
    for key in keys_of(book):
        if key in FEDERAL:
            columns.append(computed.frame.benefits[spelled(key)][first])
            continue
        outcome = by_rule.get(key)
        if outcome is None or outcome.amount is None:
            columns.append(np.zeros(len(first)))
            continue
        columns.append(_paid(batch, outcome, outcome.amount)[first])
    return np.round(np.column_stack(columns), 2)


def _paid(batch: Batch, outcome: Outcome, amount: Column) -> Array:
    """Return what a rule pays a household, for each of its persons, as a check does: not a number where it is open."""

    def is_any(rows: Array) -> Array:
        found: Array = total(batch, rows.astype(np.float64)) > 0
        return found

    sure, amount_open = outcome.truth.sure, ~amount.known
    summed = total(batch, np.where(sure & amount.known, amount.data, 0.0))
    is_open = np.where(is_any(sure), is_any(sure & amount_open), is_any(~outcome.truth.known))
    paid: Array = np.where(is_open, np.nan, summed)
    return paid


def law_changed(law_of: LawOf, book: Book, before: date, day: date) -> bool:
    """Whether law or rules are others on a day than on an earlier one."""
    return law_of(before).date != law_of(day).date or _rules_on(book, before) != _rules_on(book, day)


def causes_of(household: Household, before: date, day: date, *, other_law: bool) -> tuple[Cause, ...]:
    """Return what happens to a household after one day and until another."""
    found = [
        Cause("birthday", person.role, number=person.age_on(day))
        for person in household.persons
        if birthday_of(person, before, day)
    ]
    for person in household.persons:
        found += [
            Cause("fact", person.role, name)
            for name in DATED
            if any(one.since is not None and before < one.since <= day for one in getattr(person, name))
        ]
    home = household.housing
    for name, fact in (("cold_rent_m", home.cold_rent_m), ("heating_m", home.heating_m)):
        if any(one.since is not None and before < one.since <= day for one in fact):
            found.append(Cause("fact", "", name))
    if other_law:
        found.append(Cause("law"))
    return tuple(found)


def _worth_telling(before: Array, after: Array) -> Array:
    """Return what differs enough; from or to what nobody knows there is no change to tell."""
    differs = ((before >= NOTHING) != (after >= NOTHING)) | (np.abs(after - before) >= WORTH_TELLING)
    told: Array = differs & ~np.isnan(before) & ~np.isnan(after)
    return told


def _rules_on(book: Book, on: date) -> list[tuple[str, tuple[tuple[str, object], ...]]]:
    return [
        (rule.key, tuple((name, rule.parameter(name, on)) for name in rule.parameters))
        for rule in book.rules
        if rule.applies(on)
    ]


def _in_cohorts(households: Sequence[Household], law_of: LawOf, book: Book, days: Sequence[date]) -> Iterator[Array]:
    cohorts: Mapping[date, Cohort] = {}
    if not households:
        return
    for day in days:
        law = law_of(day)
        if law.date not in cohorts:  # another law asks for other columns
            cohorts = {law.date: cohort_of(households, law, days[0], book)}
        yield amounts_of(cohorts[law.date].compute(day), book)


def _one_by_one(households: Sequence[Household], law_of: LawOf, book: Book, days: Sequence[date]) -> Iterator[Array]:
    if not households:
        return
    for day in days:
        yield amounts_of(compute(households, law_of(day), day, book), book)
