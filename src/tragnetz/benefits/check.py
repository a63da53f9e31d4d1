"""The check: what a household may claim, what would be paid, and the figures that decided."""

from dataclasses import dataclass
from datetime import date, timedelta

from tragnetz.benefits.columns import Assumption, prepare
from tragnetz.benefits.household import Household, known
from tragnetz.benefits.law import Law
from tragnetz.benefits.runtime import Array

OLD = timedelta(days=92)
REFORM = date(2026, 7, 1)  # 13th change of SGB II: new asset rules and housing cap, not in gettsim 1.3.1


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that decided: a key for its text, and EUR a month."""

    key: str
    amount: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One benefit: `claim_m` before what has priority, `paid_m` after it, EUR a month for the household."""

    benefit: str
    statute: str
    claim_m: float
    paid_m: float
    figures: tuple[Figure, ...] = ()
    first: str = ""  # benefits that have priority, when there is a claim that is not paid


@dataclass(frozen=True, slots=True)
class Check:
    """The result for one household on one day, with the law it was computed by and what was assumed."""

    on: date
    law_of: date
    findings: tuple[Finding, ...]
    assumptions: tuple[Assumption, ...]
    to_check: tuple[str, ...]


def check(household: Household, law: Law, on: date) -> Check:
    """Compute all benefits of a household. Raises LawError when the law has no answer for its values."""
    prepared = prepare(household, law, on)
    found = law.evaluate(prepared.columns)
    me = next(row for row, person in enumerate(household.persons) if person.role == "self")

    def mine(name: str) -> float:
        return round(float(found[name][me]), 2)

    def all_of(name: str) -> float:
        return round(float(found[name].sum()), 2)

    def person_each(benefit: str, statute: str, name: str) -> Finding:
        return Finding(benefit, statute, all_of(name), all_of(name))

    need = Figure("need", mine("bürgergeld__regelbedarf_m_bg"))
    housing = Figure("housing_costs", mine("bürgergeld__kosten_der_unterkunft_m_bg"))
    income = Figure("counted_income", mine("bürgergeld__anzurechnendes_einkommen_m_bg"))
    allowance = Figure("asset_allowance", mine("bürgergeld__vermögensfreibetrag_bg"))
    rent = Figure("counted_rent", mine("wohngeld__miete_m_wthh"))
    wage = Figure("gross_income", mine("kinderzuschlag__bruttoeinkommen_eltern_m_bg"))
    least = Figure("least_gross_income", mine("kinderzuschlag__mindestbruttoeinkommen_m_bg"))
    priority = "wohngeld, kinderzuschlag"
    findings = (
        person_each("kindergeld", "§§ 62 ff. EStG", "kindergeld__betrag_m"),
        person_each("unterhaltsvorschuss", "§ 1 UVG", "unterhaltsvorschuss__betrag_m"),
        person_each("elterngeld", "§§ 1 ff. BEEG", "elterngeld__betrag_m"),
        *_wage_replacement(household, found["sozialversicherung__arbeitslosen__betrag_m"], on),
        Finding(
            "kinderzuschlag", "§ 6a BKGG", mine("kinderzuschlag__anspruchshöhe_m_bg"),
            mine("kinderzuschlag__betrag_m_bg"), (wage, least), "grundsicherungsgeld",
        ),
        Finding(
            "wohngeld", "§§ 1 ff. WoGG", mine("wohngeld__anspruchshöhe_m_wthh"), mine("wohngeld__betrag_m_wthh"),
            (rent, Figure("income_for_wohngeld", mine("wohngeld__einkommen_m_wthh"))), "grundsicherungsgeld",
        ),
        Finding(
            "grundsicherungsgeld", "§§ 7, 19 ff. SGB II", mine("bürgergeld__anspruchshöhe_m_bg"),
            mine("bürgergeld__betrag_m_bg"), (need, housing, income, allowance), priority,
        ),
        Finding(
            "grundsicherung-im-alter", "§§ 41 ff. SGB XII", mine("grundsicherung__im_alter__betrag_m_eg"),
            mine("grundsicherung__im_alter__betrag_m_eg"),
        ),
    )  # fmt: skip
    to_check = [("sgb2_reform_2026", on >= REFORM), ("old_law", on - law.date > OLD)]
    marks = tuple(key for key, applies in to_check if applies)
    return Check(on, law.date, findings, prepared.assumptions, marks)


def _wage_replacement(household: Household, amounts: Array, on: date) -> list[Finding]:
    """Return Arbeitslosengeld and Kurzarbeitergeld, which the law carries in one column."""
    short = [known(person.short_time, on) is not None for person in household.persons]
    both = (("arbeitslosengeld", "§§ 136 ff. SGB III", False), ("kurzarbeitergeld", "§§ 95 ff., 105 SGB III", True))
    found = []
    for benefit, statute, wanted in both:
        total = round(
            float(sum(amount for amount, is_short in zip(amounts, short, strict=True) if is_short is wanted)), 2
        )
        found.append(Finding(benefit, statute, total, total))
    return found
