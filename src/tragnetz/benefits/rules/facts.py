"""What formulas can ask of a person and a household; docs/rules.md prints this table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tragnetz.benefits.columns import GROWN_UP, tax_class_of, wage_of
from tragnetz.benefits.household import Household, Person, known
from tragnetz.benefits.rules.formula import Kind

type Value = float | bool | str | None
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: what kind it is, what it means, and how it is read; nothing when it is not known."""

    kind: Kind
    meaning: str
    read: Callable[[Household, Person, date], Value]


def _person(kind: Kind, meaning: str, name: str) -> Fact:
    def read(_household: Household, person: Person, on: date) -> Value:
        value: Value = known(getattr(person, name), on)
        return value

    return Fact(kind, meaning, read)


def _home(meaning: str, name: str) -> Fact:
    def read(household: Household, _person: Person, on: date) -> Value:
        value: Value = known(getattr(household.housing, name), on)
        return value

    return Fact(Kind.NUMBER, meaning, read)


def _is_child(household: Household, person: Person, on: date) -> bool:
    return bool(household.parents()[person.id]) and person.age_on(on) < GROWN_UP


def _has_children(household: Household, person: Person, _on: date) -> bool:
    return any(person.id in parents for parents in household.parents().values())


def _lone_parent(household: Household, person: Person, on: date) -> bool:
    alone = not any(other.role == "partner" for other in household.persons)
    return alone and any(
        person.id in parents and household.person(child).age_on(on) < GROWN_UP
        for child, parents in household.parents().items()
    )


def _short_time(part: str) -> Callable[[Household, Person, date], Value]:
    def read(_household: Household, person: Person, on: date) -> Value:
        found = known(person.short_time, on)
        if found is None:
            return 0.0
        value: float = getattr(found, part)
        return value

    return read


def _weeks_to_birth(_household: Household, person: Person, on: date) -> Value:
    return None if person.birth_due is None else (person.birth_due - on).days / DAYS_A_WEEK


FACTS: dict[str, Fact] = {
    "age": Fact(Kind.NUMBER, "Alter in Jahren", lambda _household, person, on: float(person.age_on(on))),
    "role": Fact(Kind.TEXT, "self, partner, child oder other", lambda _household, person, _on: person.role),
    "is_child": Fact(Kind.TRUTH, "lebt bei einem Elternteil und ist unter 18", _is_child),
    "with_parents": Fact(
        Kind.TRUTH, "lebt bei einem Elternteil", lambda household, person, _on: bool(household.parents()[person.id])
    ),
    "has_children": Fact(Kind.TRUTH, "hat ein Kind im Haushalt", _has_children),
    "lone_parent": Fact(Kind.TRUTH, "erzieht allein", _lone_parent),
    "wage_m": Fact(
        Kind.NUMBER, "Lohn brutto im Monat, in Kurzarbeit der gekürzte",
        lambda _household, person, on: wage_of(person, on),
    ),
    "full_wage_m": Fact(Kind.NUMBER, "in Kurzarbeit: Lohn ohne Kürzung, sonst 0", _short_time("full_m")),
    "actual_wage_m": Fact(Kind.NUMBER, "in Kurzarbeit: gekürzter Lohn, sonst 0", _short_time("actual_m")),
    "tax_class": Fact(
        Kind.NUMBER, "Steuerklasse; die übliche, wo sie nicht bekannt ist",
        lambda household, person, on: float(tax_class_of(person, household, on)),
    ),
    "hours_w": _person(Kind.NUMBER, "Arbeitsstunden in der Woche", "hours_w"),
    "sick_weeks": _person(Kind.NUMBER, "Wochen krankgeschrieben, 0 wenn gesund", "sick_weeks"),
    "pregnant": _person(Kind.TRUTH, "ist schwanger", "pregnant"),
    "weeks_to_birth": Fact(Kind.NUMBER, "Wochen bis zum errechneten Geburtstermin, nach ihm minus", _weeks_to_birth),
    "parental_leave": _person(Kind.TRUTH, "betreut ein Kind und arbeitet höchstens 32 Stunden", "parental_leave"),
    "care_level": _person(Kind.NUMBER, "Pflegegrad, 0 wenn keiner", "care_level"),
    "disability_degree": _person(Kind.NUMBER, "Grad der Behinderung, 0 wenn keiner", "disability_degree"),
    "in_school": _person(Kind.TRUTH, "geht zur Schule oder Berufsschule, ohne Ausbildungslohn", "in_education"),
    "in_daycare": _person(Kind.TRUTH, "geht in Kita, Tagespflege oder OGS mit Elternbeitrag", "in_daycare"),
    "training": _person(Kind.TEXT, "none, school, company oder university", "training"),
    "privately_insured": _person(Kind.TRUTH, "ist privat krankenversichert", "privately_insured"),
    "seeks_work": _person(Kind.TRUTH, "ist arbeitslos gemeldet", "seeks_work"),
    "residence": _person(Kind.TEXT, "german, eu, permit, asylum oder tolerated", "residence"),
    "cold_rent_m": _home("Miete ohne Heizung im Monat", "cold_rent_m"),
    "heating_m": _home("Heizkosten im Monat", "heating_m"),
    "housing": Fact(
        Kind.TEXT, "rent, own, with_others, shelter oder homeless",
        lambda household, _person, _on: household.housing.kind,
    ),
    "persons": Fact(
        Kind.NUMBER, "Personen im Haushalt", lambda household, _person, _on: float(len(household.persons))
    ),
    "long_on_basic_income": Fact(
        Kind.TRUTH, "bekommt seit über einem Jahr Grundsicherungsgeld; wo es nicht bekannt ist: nein",
        lambda household, _person, on: known(household.basic_income_for_a_year, on) is True,
    ),
}  # fmt: skip


def values(name: str, households: Sequence[Household], on: date) -> list[Value]:
    """Return a fact for each person, household by household."""
    read = FACTS[name].read
    return [read(household, person, on) for household in households for person in household.persons]
