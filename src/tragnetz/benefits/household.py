"""The household as one documented schema: for screens, interface and command line alike.

Every fact may be unknown (left out) and may carry the day from which it holds, also several values one after another:
`"wage_m": 2800`, `"wage_m": {"value": 1400, "since": "2026-10-01"}`, or a list of these. Money is EUR, `_m` a month,
`_y` a year, `_w` a week. `schema()` is the JSON Schema.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticKnownError

MOST_PERSONS = 20
OLDEST = 120
PARENT_AT_LEAST = 12  # years between a parent and a child

type Money = Annotated[float, Field(ge=0, le=1_000_000)]
type Hours = Annotated[float, Field(ge=0, le=80)]
type Months = Annotated[int, Field(ge=0, le=600)]
type PersonId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]


class Strict(BaseModel):
    """Unknown fields are errors: a typing mistake must not silently mean `unknown`."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Since[T](Strict):
    """A value and the day from which it holds; without a day it has always held."""

    value: T | None = None
    since: date | None = None


def _dated(given: object) -> object:
    if not isinstance(given, list | tuple | dict | Since):  # nearly all facts are: no day, one value
        return ({"value": given},)
    rows = given if isinstance(given, list | tuple) else [given]
    return [row if _has_a_day(row) else {"value": row} for row in rows]


def _has_a_day(given: object) -> bool:
    return isinstance(given, Since) or (isinstance(given, dict) and set(given) <= {"value", "since"})


type Fact[T] = Annotated[tuple[Since[T], ...], BeforeValidator(_dated)]


def known[T](fact: Sequence[Since[T]], on: date) -> T | None:
    """Return the value of a fact that holds on a day; None when it is not known."""
    if not fact:
        return None
    holding = [one for one in fact if one.since is None or one.since <= on]
    return max(holding, key=lambda one: one.since or date.min).value if holding else None


class ShortTime(Strict):
    """Kurzarbeit: the wage as it would be (Soll) and as it is (Ist), gross a month."""

    full_m: Money
    actual_m: Money

    @model_validator(mode="after")
    def _less(self) -> Self:
        if self.actual_m > self.full_m:
            message = "in short-time work the actual wage cannot be higher than the full wage"
            raise ValueError(message)
        return self


class Person(Strict):
    """One person of the household."""

    id: PersonId
    role: Literal["self", "partner", "child", "other"]
    birth: date | None = None
    age: Annotated[int, Field(ge=0, le=OLDEST)] | None = None
    parents: tuple[PersonId, ...] | None = None
    wage_m: Fact[Money] = ()
    hours_w: Fact[Hours] = ()
    short_time: Fact[ShortTime] = ()
    seeks_work: Fact[bool] = ()
    alg1_m: Fact[Money] = ()
    net_wage_before_m: Fact[Money] = ()
    insured_months_of_30: Fact[Annotated[int, Field(ge=0, le=30)]] = ()
    old_age_pension_m: Fact[Money] = ()
    disability_pension_m: Fact[Money] = ()
    elterngeld_m: Fact[Money] = ()
    maintenance_m: Fact[Money] = ()
    capital_income_y: Fact[Money] = ()
    assets: Fact[Money] = ()
    in_education: Fact[bool] = ()
    disability_degree: Fact[Annotated[int, Field(ge=0, le=100)]] = ()
    mark_g: Fact[bool] = ()
    privately_insured: Fact[bool] = ()
    tax_class: Fact[Annotated[int, Field(ge=1, le=6)]] = ()
    in_daycare: Fact[bool] = ()
    training: Fact[Literal["none", "school", "company", "university"]] = ()
    sick_weeks: Fact[Annotated[int, Field(ge=0, le=520)]] = ()
    pregnant: Fact[bool] = ()
    birth_due: date | None = None
    parental_leave: Fact[bool] = ()
    care_level: Fact[Annotated[int, Field(ge=0, le=5)]] = ()
    residence: Fact[Literal["german", "eu", "permit", "asylum", "tolerated"]] = ()
    apart: bool | None = None

    @model_validator(mode="after")
    def _has_an_age(self) -> Self:
        if self.birth is None and self.age is None:
            message = f"{self.id}: needs `birth` or `age`"
            raise ValueError(message)
        if len(self.parents or ()) > 2:  # noqa: PLR2004 -- by law
            message = f"{self.id}: has more than two parents"
            raise ValueError(message)
        return self

    def age_on(self, day: date) -> int:
        """Return the age in completed years."""
        if self.birth is None:
            return self.age or 0
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


class Housing(Strict):
    """Where the household lives."""

    kind: Literal["rent", "own", "with_others", "shelter", "homeless"] = "rent"
    cold_rent_m: Fact[Money] = ()
    heating_m: Fact[Money] = ()
    size_m2: Fact[Annotated[float, Field(gt=0, le=1000)]] = ()
    rent_level: Annotated[int, Field(ge=1, le=7)] | None = None


def _few(persons: object) -> object:
    """Say of too many people that they are too many, before each of them is looked at."""
    if isinstance(persons, list | tuple) and len(persons) > MOST_PERSONS:
        told = {"field_type": "Tuple", "max_length": MOST_PERSONS, "actual_length": len(persons)}
        raise PydanticKnownError("too_long", told)  # noqa: EM101 -- a kind of pydantic's, no words
    return persons


class Household(Strict):
    """Everybody who lives together, with home and, if they are a couple, whether they are married."""

    persons: Annotated[tuple[Person, ...], BeforeValidator(_few), Field(min_length=1, max_length=MOST_PERSONS)]
    married: bool | None = None
    basic_income_for_a_year: Fact[bool] = ()
    receives: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")], ...] | None = None
    housing: Housing = Housing()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        ids = Counter(person.id for person in self.persons)
        roles = Counter(person.role for person in self.persons)
        twice = [name for name, times in ids.items() if times > 1]
        if twice:
            message = f"two persons have the id {', '.join(twice)}"
            raise ValueError(message)
        if roles["self"] != 1:
            message = f"exactly one person has the role `self`, not {roles['self']}"
            raise ValueError(message)
        if roles["partner"] > 1:
            message = "more than one person has the role `partner`"
            raise ValueError(message)
        for person in self.persons:
            for parent in person.parents or ():
                if parent not in ids:
                    message = f"{person.id}: there is no person {parent} to be a parent"
                    raise ValueError(message)
        self._parents_are_older()
        return self

    def _parents_are_older(self) -> None:
        today = max((person.birth for person in self.persons if person.birth), default=date(2000, 1, 1))
        for child, parents in self.parents().items():
            for parent in parents:
                ages = self.person(child).age_on(today), self.person(parent).age_on(today)
                if ages[1] - ages[0] < PARENT_AT_LEAST and (self.person(child).birth is None) == (
                    self.person(parent).birth is None
                ):
                    message = f"{child} cannot be a child of {parent}: the ages do not fit"
                    raise ValueError(message)

    @property
    def asking(self) -> Person:
        """The person with the role `self`."""
        return next(person for person in self.persons if person.role == "self")

    def person(self, name: str) -> Person:
        """Return a person by id."""
        return next(person for person in self.persons if person.id == name)

    def parents(self) -> dict[str, tuple[str, ...]]:
        """Return who is a parent of whom: as given, else a child is the child of the asking person and the partner."""
        adults = tuple(person.id for person in self.persons if person.role in {"self", "partner"})
        return {
            person.id: person.parents if person.parents is not None else (adults if person.role == "child" else ())
            for person in self.persons
        }


class HouseholdError(ValueError):
    """A household that cannot be: each reason with the field it stands in."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def read_household(data: object) -> Household:
    """Return the household from plain data. Raises HouseholdError with field and reason for each fault."""
    try:
        return Household.model_validate(data)
    except ValidationError as error:
        reasons = [f"{where}: {reason}" if where else reason for where, reason in reasons_of(error.errors())]
        raise HouseholdError(reasons) from error


def reasons_of(faults: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return field and reason of pydantic's faults, in the words of somebody who fills a household in."""
    hidden = ("function-", "tuple[", "body", "sent")
    return [
        (".".join(str(part) for part in fault["loc"] if not str(part).startswith(hidden)), _reason(fault))
        for fault in faults
    ]


def _reason(fault: Mapping[str, Any]) -> str:
    limits = fault.get("ctx", {})
    known_reasons = {
        "extra_forbidden": "is not a known field",
        "missing": "is missing",
        "too_long": f"at most {limits.get('max_length')} are possible, not {limits.get('actual_length')}",
        "too_short": f"at least {limits.get('min_length')} is needed",
        "greater_than_equal": f"must not be less than {limits.get('ge')}",
        "less_than_equal": f"must not be more than {limits.get('le')}",
        "greater_than": f"must be more than {limits.get('gt')}",
    }
    return known_reasons.get(str(fault["type"]), str(fault["msg"]).removeprefix("Value error, "))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a household."""
    return Household.model_json_schema()
