"""Decisions on what is foreseen: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tragnetz.benefits.household import Household, Person, Since
from tragnetz.screening.outlook.enums import ForeseenState

# From where to where: what was settled by mistake may be opened again.
MOVES: Mapping[ForeseenState, frozenset[ForeseenState]] = {
    ForeseenState.NEW: frozenset({ForeseenState.SEEN, ForeseenState.DONE, ForeseenState.DISMISSED}),
    ForeseenState.SEEN: frozenset({ForeseenState.DONE, ForeseenState.DISMISSED}),
    ForeseenState.DONE: frozenset({ForeseenState.SEEN}),
    ForeseenState.DISMISSED: frozenset({ForeseenState.SEEN}),
}
OPEN = (ForeseenState.NEW, ForeseenState.SEEN)
MONTHS_AHEAD = 12
KEPT_MONTHS = 3  # so long what has come stays on the list, for whoever was too late
# Art. 9 DSGVO: what says something of health stays in the copy only with consent for just that.
HEALTH = ("sick_weeks", "pregnant", "care_level", "disability_degree", "mark_g")


@dataclass(frozen=True, slots=True)
class Dates:
    """What nobody can compute: the month in which people were born (by their id), when benefits end.

    `alg_until` is the last month of Arbeitslosengeld by person, `granted_until` that of a notice by benefit.
    """

    births: Mapping[str, int] = field(default_factory=dict)
    alg_until: Mapping[str, date] = field(default_factory=dict)
    granted_until: Mapping[str, date] = field(default_factory=dict)


def reduced(household: Household, on: date, dates: Dates, *, with_health: bool) -> Household:
    """Return of a checked household only what the law asks, with the dates that let it be computed ahead.

    The year of birth comes from the age, which a check counts by years alone (`screening.households`).
    """
    persons = tuple(_reduced(person, on, dates, with_health=with_health) for person in household.persons)
    return household.model_copy(update={"persons": persons})


def _reduced(person: Person, on: date, dates: Dates, *, with_health: bool) -> Person:
    update: dict[str, object] = {}
    month = dates.births.get(person.id)
    if month is not None and person.age is not None:
        update |= {"birth": date(on.year - person.age, month, 1), "age": None}
    until = dates.alg_until.get(person.id)
    if until is not None:
        update["alg1_m"] = (*person.alg1_m, Since(value=0.0, since=next_month(until)))
    if not with_health:
        update |= dict.fromkeys(HEALTH, ()) | {"birth_due": None}
    return person.model_copy(update=update)


def next_month(day: date) -> date:
    """Return the first day of the month after a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def first_of(day: date, months: int = 0) -> date:
    """Return the first day of a day's month, or of one so many months later (or before)."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def is_over(month: date, day: date) -> bool:
    """Whether something came so long ago that nobody looks at it any more."""
    return month < first_of(day, -KEPT_MONTHS)
