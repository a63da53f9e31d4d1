"""What if: a household as it would be after something happened, and what each benefit would then be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tragnetz.benefits.check import Check, check_many, compute
from tragnetz.benefits.household import Household, Person, ShortTime, Since, known
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import FEDERAL, Book, spelled

MINI_JOB_M = 603.0  # limit of a mini-job since January 2026, § 8 SGB IV
NET_SHARE = 0.68  # of gross, what is left of a usual wage: only for Arbeitslosengeld where the net is not known
MORE_HOURS = 10.0
FULL_HOURS = 40.0
RENT_STEP = 100.0
TURNS = (6, 18, 25)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that may happen: a key for its text, whom it concerns, and the household after it."""

    key: str
    household: Household
    person: str = ""
    number: float | None = None

    @property
    def id(self) -> str:
        """A name for addresses, unique among a household's scenarios."""
        return "-".join(str(part) for part in (self.key, self.person, self.number) if part not in {"", None})


def scenarios(household: Household, on: date) -> list[Scenario]:
    """Return what may happen to a household; only what fits it."""
    found: list[Scenario] = []
    workers = [person for person in household.persons if _wage(person, on) and known(person.short_time, on) is None]
    for person in workers:
        wage = _wage(person, on)
        found.append(Scenario("short_time", _with(household, person, short_time=_now(_half(wage))), person.id, 50))
        found.append(Scenario("job_loss", _with(household, person, **_without_job(person, wage, on)), person.id))
        if person.role in {"self", "partner"}:
            found.append(Scenario("birth_leave", _with_leave(household, person, wage, on), person.id))
        hours = known(person.hours_w, on)
        if hours is not None and 0 < hours < FULL_HOURS:
            more = min(hours + MORE_HOURS, FULL_HOURS)
            changes = {"hours_w": _now(more), "wage_m": _now(round(wage * more / hours, 2))}
            found.append(Scenario("more_hours", _with(household, person, **changes), person.id, more))
    idle = [
        person
        for person in household.persons
        if person.role in {"self", "partner"} and not _wage(person, on) and not known(person.old_age_pension_m, on)
    ]
    for person in idle:
        changes = {"wage_m": _now(MINI_JOB_M), "hours_w": _now(10.0), "seeks_work": _now(value=False), "alg1_m": ()}
        found.append(Scenario("mini_job", _with(household, person, **changes), person.id, MINI_JOB_M))
    found.append(Scenario("birth", _with_baby(household, on)))
    partner = next((person for person in household.persons if person.role == "partner"), None)
    if partner is not None:
        kept = _without(household, partner)
        found.append(Scenario("separation", kept.model_copy(update={"married": None}), partner.id))
    elif not any(person.role == "other" for person in household.persons):
        found.append(Scenario("moving_together", _with_partner(household)))
    for child in (person for person in household.persons if person.role == "child"):
        found += [
            Scenario("child_turns", _with(household, child, birth=None, age=age), child.id, age)
            for age in TURNS
            if child.age_on(on) == age - 1
        ]
    rent = known(household.housing.cold_rent_m, on)
    if rent is not None:
        housing = household.housing.model_copy(update={"cold_rent_m": _now(rent + RENT_STEP)})
        found.append(Scenario("rent", household.model_copy(update={"housing": housing}), number=RENT_STEP))
    return found


def compare(household: Household, law: Law, on: date, book: Book) -> tuple[Check, list[tuple[Scenario, Check]]]:
    """Return the check of now, and that of each scenario; all computed in one call."""
    found = scenarios(household, on)
    now, *then = check_many([household, *(one.household for one in found)], law, on, book)
    return now, list(zip(found, then, strict=True))


def used_up(household: Household, person_id: str) -> Household:
    """Return the household when a person's Arbeitslosengeld has ended."""
    return _with(household, household.person(person_id), alg1_m=_now(0.0))


def with_wage(household: Household, person_id: str, wage: float) -> Household:
    """Return the household with another gross wage of a person, all else as it is."""
    return _with(household, household.person(person_id), wage_m=_now(wage), short_time=())


def _wage(person: Person, on: date) -> float:
    return known(person.wage_m, on) or 0.0


def _now[T](value: T) -> tuple[Since[T], ...]:
    return (Since(value=value),)


def _half(wage: float) -> ShortTime:
    return ShortTime(full_m=wage, actual_m=round(wage / 2, 2))


def _without_job(person: Person, wage: float, on: date) -> dict[str, object]:
    before = known(person.net_wage_before_m, on)
    insured = known(person.insured_months_of_30, on)
    return {
        "wage_m": _now(0.0), "hours_w": _now(0.0), "seeks_work": _now(value=True), "short_time": (),
        "net_wage_before_m": _now(before if before is not None else round(wage * NET_SHARE, 2)),
        "insured_months_of_30": _now(insured if insured is not None else 24),
    }  # fmt: skip


def _with(household: Household, person: Person, **changes: object) -> Household:
    changed = person.model_copy(update=changes)
    persons = tuple(changed if one.id == person.id else one for one in household.persons)
    return household.model_copy(update={"persons": persons})


def _without(household: Household, person: Person) -> Household:
    """Return the household without a person; children stay with the one who asks."""
    links = household.parents()
    persons = tuple(
        one.model_copy(update={"parents": tuple(parent for parent in links[one.id] if parent != person.id)})
        for one in household.persons
        if one.id != person.id
    )
    return household.model_copy(update={"persons": persons})


def _with_baby(household: Household, on: date) -> Household:
    baby = Person(id="baby", role="child", birth=on)
    persons = tuple(one for one in household.persons if one.id != baby.id)
    return household.model_copy(update={"persons": (*persons, baby)})


def _with_leave(household: Household, person: Person, wage: float, on: date) -> Household:
    """Return the household with a newborn child for whom a person stays at home."""
    before = known(person.net_wage_before_m, on)
    changes = {
        "wage_m": _now(0.0), "hours_w": _now(0.0), "parental_leave": _now(value=True),
        "net_wage_before_m": _now(before if before is not None else round(wage * NET_SHARE, 2)),
    }  # fmt: skip
    return _with_baby(_with(household, person, **changes), on)


def _with_partner(household: Household) -> Household:
    links = household.parents()  # the new partner is no parent of the children
    persons = tuple(one.model_copy(update={"parents": links[one.id]}) for one in household.persons)
    partner = Person(id="new-partner", role="partner", age=40, wage_m=_now(0.0), assets=_now(0.0))
    return household.model_copy(update={"persons": (*persons, partner)})


type Search = Callable[[float], Household]


@dataclass(frozen=True, slots=True)
class Threshold:
    """Up to (`below`) or from (not `below`) which value of a fact a benefit is paid that is not paid now, or would end.

    `fact` is the wage or the rent, `value` EUR a month, `gains` whether the benefit begins there.
    """

    benefit: str
    fact: str
    value: float
    below: bool
    gains: bool


GRID = 101
SEARCHED = ("wohngeld", "kinderzuschlag", "grundsicherungsgeld")
TOP_WAGE, TOP_RENT = 8000.0, 2000.0


def thresholds(household: Household, law: Law, on: date, book: Book, benefits: Sequence[str]) -> list[Threshold]:
    """Return where benefits begin or end nearest to what is now, by trying wages and rents over the whole range.

    The answer is right to 10 EUR: a step of the grid is tried again in finer steps.
    """
    me = household.asking
    wage = known(me.wage_m, on)
    rent = known(household.housing.cold_rent_m, on)
    found: list[Threshold] = []
    if wage is not None and known(me.short_time, on) is None:
        found += _search(
            "wage_m", wage, TOP_WAGE, lambda value: with_wage(household, me.id, value), law, on, book, benefits
        )
    if rent is not None:
        found += _search(
            "cold_rent_m", rent, TOP_RENT, lambda value: _with_rent(household, value), law, on, book, benefits
        )
    return found


def _with_rent(household: Household, rent: float) -> Household:
    housing = household.housing.model_copy(update={"cold_rent_m": _now(rent)})
    return household.model_copy(update={"housing": housing})


def _search(
    fact: str, now: float, top: float, make: Search, law: Law, on: date, book: Book, benefits: Sequence[str]
) -> list[Threshold]:
    step = top / (GRID - 1)
    grid = sorted({now, *(round(number * step, 2) for number in range(GRID))})
    given = _paid([make(value) for value in grid], law, on, book)
    here = grid.index(now)
    found = []
    for benefit in benefits:
        paid = given[benefit]
        changes = [index for index in range(1, len(grid)) if paid[index] != paid[index - 1]]
        if not changes:
            continue
        near = min(changes, key=lambda index: min(abs(index - here), abs(index - 1 - here)))
        upward = near > here
        value = _finer(grid[near - 1], grid[near], make, law, on, book, benefit)
        found.append(Threshold(benefit, fact, value, below=paid[near - 1], gains=paid[near if upward else near - 1]))
    return found


def _finer(low: float, high: float, make: Search, law: Law, on: date, book: Book, benefit: str) -> float:
    """Return the value in a step of the grid, to 10 EUR or better, at which a benefit begins or ends."""
    parts = [low + (high - low) * part / 6 for part in range(7)]
    paid = _paid([make(value) for value in parts], law, on, book)[benefit]
    change = next(index for index in range(1, len(parts)) if paid[index] != paid[index - 1])
    return round((parts[change - 1] + parts[change]) / 2, 0)


def _paid(households: Sequence[Household], law: Law, on: date, book: Book) -> dict[str, list[bool]]:
    """Return for each benefit of the law whether it is paid to each household."""
    computed = compute(households, law, on, book)
    first = np.searchsorted(computed.batch.owner, np.arange(len(households)))
    return {name: [bool(value) for value in computed.frame.benefits[spelled(name)][first] > 0] for name in FEDERAL}
