"""What can be known about a household: the facts that rules ask for, and their kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tragnetz.core.amounts import read_amount

type FactValue = bool | int | str | frozenset[str]
type Facts = Mapping[str, FactValue]

HIGHEST_NUMBER = 10_000_000


class Kind(StrEnum):
    """How a fact is answered."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    CHOICE = "choice"
    SET = "set"
    KEY = "key"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class FactKind:
    """The kind of a fact, and the values it may have (empty: any key of the city's data)."""

    kind: Kind
    values: tuple[str, ...] = ()


class FactError(ValueError):
    """A fact that does not exist, or a value that it cannot have."""

    def __init__(self, fact: str, reason: str) -> None:
        super().__init__(f"{fact}: {reason}")
        self.fact = fact
        self.reason = reason


_YES_NO = FactKind(Kind.BOOLEAN)
_NUMBER = FactKind(Kind.NUMBER)

FACTS: dict[str, FactKind] = {
    "age": _NUMBER,
    "adults": _NUMBER,
    "partner": _YES_NO,
    "children": _NUMBER,
    "youngest_child_age": _NUMBER,
    "single_parent": _YES_NO,
    "pregnant": _YES_NO,
    "school_child": _YES_NO,
    "daycare_child": _YES_NO,
    "employment": FactKind(
        Kind.CHOICE,
        (
            "employed",
            "short_time_work",
            "notice_given",
            "unemployed",
            "self_employed",
            "training",
            "student",
            "pupil",
            "parental_leave",
            "carer",
            "pensioner",
            "sick_leave",
            "unable_to_work",
        ),
    ),
    "unemployed_months": _NUMBER,
    "registered_unemployed": _YES_NO,
    "insured_12_of_30": _YES_NO,
    "can_work_3h": _YES_NO,
    "dismissal_received": _YES_NO,
    "wage_unpaid": _YES_NO,
    "gross_wage": _NUMBER,
    "wage_before": _NUMBER,
    "pension": _NUMBER,
    "net_income": _NUMBER,
    "rent": _NUMBER,
    "assets": _NUMBER,
    "housing": FactKind(Kind.CHOICE, ("rent", "own", "with_others", "shelter", "homeless")),
    "rent_arrears": _YES_NO,
    "eviction_threat": _YES_NO,
    "power_cut": _YES_NO,
    "debts": _YES_NO,
    "account_seized": _YES_NO,
    "no_money_for_food": _YES_NO,
    "violence": _YES_NO,
    "benefits": FactKind(
        Kind.SET,
        (
            "grundsicherungsgeld",
            "alg1",
            "wohngeld",
            "kinderzuschlag",
            "kindergeld",
            "sgb12",
            "asylblg",
            "bafoeg",
            "bab",
            "pension",
            "krankengeld",
            "elterngeld",
            "unterhaltsvorschuss",
            "pflegegeld",
        ),
    ),
    "maintenance_received": _YES_NO,
    "maintenance": _NUMBER,
    "cares_for_relative": _YES_NO,
    "care_level": _NUMBER,
    "disability": _YES_NO,
    "blind_or_deaf": _YES_NO,
    "long_illness": _YES_NO,
    "residence": FactKind(Kind.CHOICE, ("german", "eu", "permit", "asylum", "tolerated")),
    "foreign_degree": _YES_NO,
    "school_leaving": _YES_NO,
    "vocational_degree": _YES_NO,
    "district": FactKind(Kind.KEY),
    "locality": FactKind(Kind.KEY),
    "situations": FactKind(Kind.KEYS),
    "papers": FactKind(Kind.KEYS),
    "can_wait_weeks": _NUMBER,
}


def clean_facts(raw: Mapping[str, object]) -> dict[str, FactValue]:
    """Return facts with values of their kinds; empty answers are dropped: they stay unknown.

    Takes forms (strings), JSON and Python values alike. Raises FactError that names the fact.
    """
    facts: dict[str, FactValue] = {}
    for name, value in raw.items():
        kind = FACTS.get(name)
        if kind is None:
            raise FactError(name, "there is no such fact")
        if value is None or (isinstance(value, str | list | tuple | set | frozenset) and not value):
            continue
        facts[name] = _clean(name, kind, value)
    return facts


def _clean(name: str, kind: FactKind, value: object) -> FactValue:
    if kind.kind is Kind.BOOLEAN:
        return _boolean(name, value)
    if kind.kind is Kind.NUMBER:
        return _number(name, value)
    if kind.kind in {Kind.SET, Kind.KEYS}:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list | tuple | set | frozenset):
            raise FactError(name, "needs a list")
        return frozenset(_choice(name, kind, item) for item in values)
    return _choice(name, kind, value)


def _boolean(name: str, value: object) -> bool:
    known = {"yes": True, "true": True, "no": False, "false": False}
    found = value if isinstance(value, bool) else known.get(str(value).strip().lower())
    if found is None:
        raise FactError(name, "needs yes or no")
    return found


def _number(name: str, value: object) -> int:
    if isinstance(value, bool):
        raise FactError(name, "needs a number")
    amount: float | Decimal | None = value if isinstance(value, int | float) else read_amount(str(value))
    if amount is None:
        raise FactError(name, "needs a number")
    if not 0 <= amount <= HIGHEST_NUMBER:
        raise FactError(name, "needs a number from 0 on")
    return round(amount)


def _choice(name: str, kind: FactKind, value: object) -> str:
    text = str(value)
    if kind.values and text not in kind.values:
        raise FactError(name, f"cannot be {text[:40]}")
    return text
