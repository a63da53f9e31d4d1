"""Many households through time: read once, then as they are on any later day, without reading them again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from tragnetz.benefits.check import Computed, compute_batch
from tragnetz.benefits.columns import EARLIEST_BIRTH, GROWN_UP, PENSION, SCHOOL, Batch, prepare
from tragnetz.benefits.groups import CHILD_UNTIL
from tragnetz.benefits.household import Household, Person, Since, known
from tragnetz.benefits.law import Law
from tragnetz.benefits.rules.book import Book
from tragnetz.benefits.rules.columns import Column
from tragnetz.benefits.runtime import Array

PENSION_AGE = 65
FIRST_PENSION_YEAR = 2005
MOVING = frozenset({"age", "is_child", "lone_parent"})  # facts that time alone changes
DATED = (
    "wage_m", "hours_w", "short_time", "assets", "capital_income_y", "net_wage_before_m", "insured_months_of_30",
    "seeks_work", "alg1_m", "elterngeld_m", "old_age_pension_m", "disability_pension_m", "maintenance_m",
    "in_education", "disability_degree", "mark_g", "privately_insured", "tax_class", "in_daycare", "training",
    "sick_weeks", "pregnant", "parental_leave", "care_level", "residence",
)  # fmt: skip


def is_steady(household: Household, on: date) -> bool:
    """Whether after a day only birthdays change a household: nothing dated begins, nothing is counted by months."""
    facts: list[Sequence[Since[Any]]] = [getattr(person, name) for person in household.persons for name in DATED]
    home = household.housing
    facts += [home.cold_rent_m, home.heating_m, home.size_m2, household.basic_income_for_a_year]
    if any(one.since is not None and one.since > on for fact in facts for one in fact):
        return False
    people = household.persons
    leaves: list[bool | None] = [known(person.parental_leave, on) for person in people]
    return not any(leaves) and not any(person.birth_due for person in people)


@dataclass(slots=True)
class Cohort:
    """Steady households as columns of a day (`first`), and what of these time moves.

    `at` gives the same columns as `prepare` would on that day; a property test holds them together.
    """

    first: Batch
    law: Law
    book: Book
    facts: dict[str, Column] = field(default_factory=dict)
    _born: Array = field(init=False)
    _year: Array = field(init=False)
    _month: Array = field(init=False)
    _day: Array = field(init=False)
    _age: Array = field(init=False)
    _schooled: Array = field(init=False)
    _child: Array = field(init=False)
    _parent: Array = field(init=False)
    _alone: Array = field(init=False)
    _self: Array = field(init=False)
    _joins: Array = field(init=False)
    _joined: Array = field(init=False)
    _apart: Array = field(init=False)

    def __post_init__(self) -> None:
        people = [person for household in self.first.households for person in household.persons]
        self._born = np.array([person.birth is not None for person in people], dtype=bool)
        births = [person.birth or date(1, 1, 1) for person in people]
        self._year, self._month, self._day = (
            np.array([getattr(birth, part) for birth in births], dtype=np.int64) for part in ("year", "month", "day")
        )
        self._age = np.array([person.age or 0 for person in people], dtype=np.int64)
        on = self.first.on
        self._schooled = np.array(
            [person.role == "child" and known(person.in_education, on) is None for person in people], dtype=bool
        )
        self._self = np.array([person.role == "self" for person in people], dtype=bool)
        self._read_families()

    def _read_families(self) -> None:
        pairs: list[tuple[int, int]] = []
        alone: list[bool] = []
        joins: list[tuple[int, int]] = []
        stands = list(range(self.first.rows))
        row = 0
        for household in self.first.households:
            rows = {person.id: row + place for place, person in enumerate(household.persons)}
            couple = [person for person in household.persons if person.role in {"self", "partner"}]
            if not any(person.apart for person in couple):
                first = min(rows[person.id] for person in couple)
                for person in couple:
                    stands[rows[person.id]] = first
            links = household.parents()
            parents = {parent for found in links.values() for parent in found}
            for child, found in links.items():
                pairs += [(rows[child], rows[parent]) for parent in found]
                if found and not household.person(child).apart and child not in parents:
                    joins.append((rows[child], rows[found[0]]))
            alone += [not any(person.role == "partner" for person in household.persons)] * len(household.persons)
            row += len(household.persons)
        self._child, self._parent = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
        self._alone = np.array(alone, dtype=bool)
        self._apart = np.array(stands, dtype=np.int64)
        self._joins = np.array([pair[0] for pair in joins], dtype=np.int64)
        self._joined = self._apart[np.array([pair[1] for pair in joins], dtype=np.int64)]

    def ages(self, day: date) -> Array:
        """Return the age of each person in completed years."""
        later = (self._month > day.month) | ((self._month == day.month) & (self._day > day.day))
        grown: Array = np.where(self._born, day.year - self._year - later, self._age)
        return grown

    def at(self, day: date) -> Batch:
        """Return the households as columns of a day not before the first."""
        ages, columns = self.ages(day), dict(self.first.columns)
        months = (day.year - self._year) * 12 + day.month - self._month - (self._day > day.day)
        born = np.where(self._born, self._year, day.year - ages)
        month = np.where(self._born, self._month, day.month)
        pension = columns[f"{PENSION}altersrente__betrag_m"] > 0
        since = np.where(born + PENSION_AGE <= day.year, np.maximum(born + PENSION_AGE, FIRST_PENSION_YEAR), day.year)
        minor = self._minors(ages)
        with_minor = np.bincount(self.first.owner, minor, minlength=len(self.first.households)) > 0
        moved = {
            "alter": ages,
            "alter_monate": np.maximum(np.where(self._born, months, ages * 12), 0),
            "geburtsjahr": np.maximum(born, EARLIEST_BIRTH),
            "geburtsmonat": month,
            "kindergeld__in_ausbildung": np.where(self._schooled, ages >= SCHOOL, columns["kindergeld__in_ausbildung"]),
            f"{PENSION}jahr_renteneintritt": np.where(pension, since, day.year),
            f"{PENSION}monat_renteneintritt": month,
            "familie__alleinerziehend": self._self & self._alone & with_minor[self.first.owner],
        }
        columns |= {name: values.astype(self.law.inputs[name]) for name, values in moved.items() if name in columns}
        family = self._families(ages)
        if "fg_id" in columns:
            columns["fg_id"] = family
        return replace(self.first, on=day, columns=columns, family=family)

    def compute(self, day: date) -> Computed:
        """Compute law and rules on a day; what the rules ask and time does not change is read once."""
        ages = self.ages(day)
        minor = self._minors(ages)
        lone = np.zeros(self.first.rows, dtype=bool)
        lone[self._parent[minor[self._child]]] = True
        everybody = np.ones(self.first.rows, dtype=bool)
        moved = {
            "age": Column(ages.astype(np.float64), everybody),
            "is_child": Column(minor, everybody),
            "lone_parent": Column(lone & self._alone, everybody),
        }
        done = compute_batch(self.at(day), self.law, self.book, self.facts | moved)
        self.facts = {name: column for name, column in done.frame.facts.items() if name not in MOVING}
        return done

    def _minors(self, ages: Array) -> Array:
        minor = np.zeros(self.first.rows, dtype=bool)
        minor[self._child] = True
        found: Array = minor & (ages < GROWN_UP)
        return found

    def _families(self, ages: Array) -> Array:
        family = self._apart.copy()
        young = ages[self._joins] < CHILD_UNTIL
        family[self._joins[young]] = self._joined[young]
        return family


def cohort_of(households: Sequence[Household], law: Law, on: date, book: Book) -> Cohort:
    """Read steady households once."""
    return Cohort(prepare(households, law, on), law, book)


def birthday_of(person: Person, before: date, day: date) -> bool:
    """Whether somebody grows a year older after one day and until another."""
    return person.birth is not None and person.age_on(day) != person.age_on(before)
