"""From what is known of a household to the household that the law computes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tragnetz.benefits.household import Household, read_household
from tragnetz.benefits.whatif import NET_SHARE
from tragnetz.clients.models import Relation
from tragnetz.eligibility.facts import Facts

ROLES = {Relation.SELF: "self", Relation.PARTNER: "partner", Relation.CHILD: "child"}
HEATING_SHARE = 0.15  # of a rent with heating; the two are asked as one
GROWN_UP_AGE, CHILD_AGE = 40, 8  # where nobody said the age
BETWEEN_CHILDREN, OLDEST_CHILD = 3, 24
PARENT_FROM = 14
KITA_UNTIL, PENSION_FROM, LONG_ILL_WEEKS = 6, 63, 7
COUPLE = 2
TRAINING = {"training": "company", "student": "university"}
# Nobody said more of the others: what the rules ask besides is taken not to be so.
QUIET = {"pregnant": False, "care_level": 0, "sick_weeks": 0, "training": "none", "parental_leave": False}
RECEIVED = {"sgb12", "asylblg", "bafoeg", "bab"}  # what the law's programs do not compute


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
    assumed: list[str] = ["statutory_insurance"]
    people = [_person(member, f"p{number}", facts, on, assumed) for number, member in enumerate(members, start=1)]
    if not any(person["role"] == "self" for person in people):
        people.insert(0, _person(Member(Relation.SELF, None), "p0", facts, on, assumed))
    adults = _number(facts, "adults") or 1
    assumed += [] if "residence" in facts else ["residence"]
    couple = any(person["role"] == "partner" for person in people)
    if not couple and (facts.get("partner") is True or ("partner" not in facts and adults >= COUPLE)):
        people.insert(1, {"id": "partner", "role": "partner", "age": _age(people[0]), "privately_insured": False})
        assumed.append("partner_age")
        couple = True
    known = sum(person["role"] == "child" for person in people)
    people += _children(facts, known, _age(people[0]) - PARENT_FROM, assumed)
    if not couple:
        _share_maintenance(people, facts, assumed)
    me = next(person for person in people if person["role"] == "self")
    me |= _money(facts, assumed, alone=len([one for one in people if one["role"] != "child"]) == 1)
    me |= _situation(facts, _age(me))
    people = _others(people, facts)
    if couple:
        assumed.append("married")
    housing: dict[str, Any] = {"kind": facts.get("housing", "rent"), "rent_level": rent_level}
    rent = _number(facts, "rent")
    if rent is not None:
        housing |= {"cold_rent_m": round(rent * (1 - HEATING_SHARE), 2), "heating_m": round(rent * HEATING_SHARE, 2)}
        assumed.append("heating_share")
    elif facts.get("housing") in {"with_others", "homeless"}:
        housing |= {"cold_rent_m": 0, "heating_m": 0}
    received = facts.get("benefits")
    data = {
        "persons": people,
        "married": couple or None,
        "housing": housing,
        "receives": sorted(RECEIVED & received) if isinstance(received, frozenset) else None,
    }
    return Described(read_household(data), tuple(dict.fromkeys(assumed)))


def _number(facts: Facts, name: str) -> int | None:
    value = facts.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _age(person: dict[str, Any]) -> int:
    age: int = person["age"]
    return age


def _person(member: Member, name: str, facts: Facts, on: date, assumed: list[str]) -> dict[str, Any]:
    role = ROLES.get(Relation(member.relation), "other")
    age = on.year - member.birth_year if member.birth_year else None
    if age is None and role == "self":
        age = _number(facts, "age")
    if age is None:
        age = CHILD_AGE if role == "child" else GROWN_UP_AGE
        assumed.append("child_age" if role == "child" else "grown_up_age")
    return {"id": name, "role": role, "age": max(age, 0), "privately_insured": False}


def _children(facts: Facts, known: int, most: int, assumed: list[str]) -> list[dict[str, Any]]:
    """Return the children that are counted but not named; from the youngest's age on, three years apart.

    `most` is the age that a guessed child can have with a parent of that age.
    """
    count, youngest = _number(facts, "children") or 0, _number(facts, "youngest_child_age")
    if count <= known:
        return []
    if youngest is None:
        assumed.append("child_age")
    elif count > known + 1:
        assumed.append("children_apart")
    ages = [
        max(min(CHILD_AGE, most), 0)
        if youngest is None
        else max(youngest, min(youngest + BETWEEN_CHILDREN * number, OLDEST_CHILD, most))
        for number in range(count - known)
    ]
    return [
        {"id": f"c{known + number}", "role": "child", "age": age, "privately_insured": False}
        for number, age in enumerate(ages)
    ]


def _share_maintenance(people: list[dict[str, Any]], facts: Facts, assumed: list[str]) -> None:
    """Give each child of a lone parent its part of what the other parent pays; nothing where that is said."""
    amount = 0 if facts.get("maintenance_received") is False else _number(facts, "maintenance")
    children = [person for person in people if person["role"] == "child"]
    if amount is None or not children:
        return
    assumed += ["maintenance_even"] if amount and len(children) > 1 else []
    for child in children:
        child["maintenance_m"] = round(amount / len(children), 2)


def _money(facts: Facts, assumed: list[str], *, alone: bool) -> dict[str, Any]:
    """Return wage, pension and savings of the one who asks; what the household has together is taken as theirs."""
    found: dict[str, Any] = {}
    wage, before, employment = _number(facts, "gross_wage"), _number(facts, "wage_before"), facts.get("employment")
    if wage is not None:
        found["wage_m"] = wage
        assumed += [] if alone or not wage else ["wage_is_mine"]
        assumed += ["profit_is_wage"] if wage and employment == "self_employed" else []
    elif employment in {"unemployed", "pensioner"}:
        found["wage_m"] = 0
    if employment == "short_time_work" and wage is not None and before is not None and before >= wage:
        found["short_time"] = {"full_m": before, "actual_m": wage}
    if employment == "unemployed":
        found["seeks_work"] = facts.get("registered_unemployed", True)
        insured = facts.get("insured_12_of_30")
        if before is not None:
            found["net_wage_before_m"] = round(before * NET_SHARE, 2)
            found["insured_months_of_30"] = 0 if insured is False else 24
            assumed += ["net_before"] if insured else ["net_before", "insured"]
    if employment == "parental_leave" and before is not None:
        found["net_wage_before_m"] = round(before * NET_SHARE, 2)
        assumed.append("net_before")
    pension = _number(facts, "pension")
    if pension is not None:
        old = (_number(facts, "age") or 0) >= PENSION_FROM or employment == "pensioner"
        found["old_age_pension_m" if old else "disability_pension_m"] = pension
    assets = _number(facts, "assets")
    return found if assets is None else found | {"assets": assets}


def _situation(facts: Facts, age: int) -> dict[str, Any]:
    """Return what the rules ask of the one who asks."""
    found: dict[str, Any] = {}
    employment = facts.get("employment")
    if employment is not None:
        found["training"] = TRAINING.get(str(employment), "none")
        found["parental_leave"] = employment == "parental_leave"
        found["sick_weeks"] = LONG_ILL_WEEKS if employment == "sick_leave" else 0
    if isinstance(facts.get("long_illness"), bool):
        found["sick_weeks"] = LONG_ILL_WEEKS if facts["long_illness"] else 0
    if isinstance(facts.get("pregnant"), bool):
        found["pregnant"] = facts["pregnant"]
    elif age > PENSION_FROM:
        found["pregnant"] = False
    level = _number(facts, "care_level")
    if level is not None:
        found["care_level"] = min(level, 5)
    if "residence" in facts:
        found["residence"] = facts["residence"]
    return found


def _others(people: list[dict[str, Any]], facts: Facts) -> list[dict[str, Any]]:
    """Say of everybody but the one who asks what the rules need and what is plain from age and answers."""
    found = []
    for person in people:
        told: dict[str, Any] = {"in_daycare": False}
        if person["role"] == "child" and _age(person) < KITA_UNTIL:
            told = {"in_daycare": facts["daycare_child"]} if isinstance(facts.get("daycare_child"), bool) else {}
        if person["role"] != "self":
            told |= QUIET | ({"residence": facts["residence"]} if "residence" in facts else {})
        found.append(person | told)
    return found
