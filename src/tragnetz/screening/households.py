"""From what a case knows of a household to the household that the law computes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tragnetz.benefits.household import Household, read_household
from tragnetz.clients.models import Relation
from tragnetz.eligibility.facts import Facts

ROLES = {Relation.SELF: "self", Relation.PARTNER: "partner", Relation.CHILD: "child"}
HEATING_SHARE = 0.15  # of a rent with heating; the two are asked as one
GROWN_UP_AGE, CHILD_AGE = 40, 8  # where nobody said the age


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a case: relation and year of birth, as far as known."""

    relation: str
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class Described:
    """A household for the law, with what was assumed on the way to it (keys of texts)."""

    household: Household
    assumptions: tuple[str, ...]


def describe(members: Iterable[Member], facts: Facts, rent_level: int | None, on: date) -> Described:
    """Return the household of a case. Raises HouseholdError when what is known cannot be."""
    assumed: list[str] = []
    people = [_person(member, f"p{number}", facts, on, assumed) for number, member in enumerate(members, start=1)]
    if not any(person["role"] == "self" for person in people):
        people.insert(0, _person(Member(Relation.SELF, None), "p0", facts, on, assumed))
    known = sum(person["role"] == "child" for person in people)
    children = facts.get("children")
    if isinstance(children, int):
        for number in range(known, children):
            people.append({"id": f"c{number}", "role": "child", "age": CHILD_AGE})
            assumed.append("child_age")
    me = next(person for person in people if person["role"] == "self")
    for key, fact in (("wage_m", "gross_wage"), ("assets", "assets")):
        if fact in facts:
            me[key] = facts[fact]
            assumed += ["wage_is_mine"] if fact == "gross_wage" and len(people) > known + 1 else []
    if facts.get("employment") == "unemployed" and "gross_wage" not in facts:
        me["wage_m"] = 0
    couple = any(person["role"] == "partner" for person in people)
    if couple:
        assumed.append("married")
    housing: dict[str, Any] = {"kind": facts.get("housing", "rent"), "rent_level": rent_level}
    rent = facts.get("rent")
    if isinstance(rent, int):
        housing |= {"cold_rent_m": round(rent * (1 - HEATING_SHARE), 2), "heating_m": round(rent * HEATING_SHARE, 2)}
        assumed.append("heating_share")
    data = {"persons": people, "married": couple or None, "housing": housing}
    return Described(read_household(data), tuple(dict.fromkeys(assumed)))


def _person(member: Member, name: str, facts: Facts, on: date, assumed: list[str]) -> dict[str, Any]:
    role = ROLES.get(Relation(member.relation), "other")
    age = on.year - member.birth_year if member.birth_year else None
    if age is None and role == "self" and isinstance(facts.get("age"), int):
        age = int(str(facts["age"]))
    if age is None:
        age = CHILD_AGE if role == "child" else GROWN_UP_AGE
        assumed.append("child_age" if role == "child" else "grown_up_age")
    return {"id": name, "role": role, "age": max(age, 0)}
