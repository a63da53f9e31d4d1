"""From a household to the law's columns; what was assumed where something is not known is told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tragnetz.benefits.household import Household, Person, Since, known
from tragnetz.benefits.law import Law
from tragnetz.benefits.runtime import Array
from tragnetz.benefits.short_time import short_time_allowance

EARLIEST_BIRTH = 1941  # the law's tables by year of birth begin here; earlier years have the first row
GROWN_UP = 18
SCHOOL = 6
ALG = "sozialversicherung__arbeitslosen__"
PENSION = "sozialversicherung__rente__"


@dataclass(frozen=True, slots=True)
class Assumption:
    """What was taken for granted: a key for its text, and for whom."""

    key: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Columns for the law, persons in the order of the household, with the assumptions behind them."""

    columns: dict[str, Array]
    assumptions: tuple[Assumption, ...]


def prepare(household: Household, law: Law, on: date) -> Prepared:
    """Return the columns of one household on a day."""
    persons = household.persons
    row_of = {person.id: row for row, person in enumerate(persons)}
    columns = law.blank(len(persons))
    assumed: list[Assumption] = []
    for row, person in enumerate(persons):
        for name, value in _facts(person, household, on, assumed).items():
            if name in columns:
                columns[name][row] = value
    _links(columns, household, row_of, on)
    for name, value in _home(household, on, assumed).items():
        if name in columns:
            columns[name][:] = value
    # gettsim knows no Kurzarbeitergeld. It counts as income like Arbeitslosengeld, so it goes the same way.
    replaced = [_wage_replacement(person, household, law, on) for person in persons]
    if any(known(person.short_time, on) is not None for person in persons):
        assumed.append(Assumption("short_time_like_alg"))
    notices = {
        f"{ALG}betrag_m": replaced,
        "elterngeld__betrag_m": [known(person.elterngeld_m, on) for person in persons],
    }
    for name, amounts in notices.items():
        if name in law.overrides and any(amount is not None for amount in amounts):
            columns[name] = np.array([np.nan if amount is None else amount for amount in amounts])
    return Prepared(columns, tuple(dict.fromkeys(assumed)))


def _facts(person: Person, household: Household, on: date, assumed: list[Assumption]) -> dict[str, Any]:
    age = person.age_on(on)
    month = person.birth.month if person.birth else on.month
    months = age * 12 + ((on.month - month) % 12)
    birth = person.birth.year if person.birth else on.year - age
    grown_up = person.role != "child" or age >= GROWN_UP
    wage = _wage(person, on)
    if wage is None and grown_up:
        assumed.append(Assumption("no_wage", person.id))
    if known(person.assets, on) is None and grown_up:
        assumed.append(Assumption("no_assets", person.id))
    hours = known(person.hours_w, on)
    if hours is None:
        hours = 0.0 if not wage else 38.5
        if wage:
            assumed.append(Assumption("full_time", person.id))
    if person.role == "child" and not grown_up and _partner(household) is None and not person.maintenance_m:
        assumed.append(Assumption("no_maintenance", person.id))
    if wage and household.married and known(person.tax_class, on) is None:
        assumed.append(Assumption("tax_class", person.id))
    education = known(person.in_education, on)
    if education is None:
        education = person.role == "child" and age >= SCHOOL
    pensions = known(person.old_age_pension_m, on) or 0.0, known(person.disability_pension_m, on) or 0.0
    retired = on.year if not pensions[0] else max(birth + 65, 2005) if birth + 65 <= on.year else on.year
    return {
        "alter": age,
        "alter_monate": months,
        "geburtsjahr": max(birth, EARLIEST_BIRTH),
        "geburtsmonat": month,
        "arbeitsstunden_w": hours,
        "behinderungsgrad": known(person.disability_degree, on) or 0,
        "schwerbehindert_grad_g": _yes(person.mark_g, on),
        "vermögen": known(person.assets, on) or 0.0,
        "einnahmen__bruttolohn_m": wage or 0.0,
        "einnahmen__kapitalerträge_y": known(person.capital_income_y, on) or 0.0,
        "kindergeld__in_ausbildung": bool(education),
        "lohnsteuer__steuerklasse": _tax_class(person, household, on),
        "sozialversicherung__kranken__beitrag__privat_versichert": _yes(person.privately_insured, on),
        f"{ALG}arbeitssuchend": _yes(person.seeks_work, on),
        f"{ALG}mean_nettoeinkommen_in_12_monaten_vor_arbeitslosigkeit_m": known(person.net_wage_before_m, on) or 0.0,
        f"{ALG}monate_beitragspflichtig_versichert_in_letzten_30_monaten": known(person.insured_months_of_30, on) or 0,
        f"{ALG}monate_sozialversicherungspflichtiger_beschäftigung_in_letzten_5_jahren": (
            known(person.insured_months_of_30, on) or 0
        ),
        f"{PENSION}altersrente__betrag_m": pensions[0],
        f"{PENSION}erwerbsminderung__betrag_m": pensions[1],
        f"{PENSION}bezieht_rente": any(pensions),
        f"{PENSION}erwerbsminderung__voll_erwerbsgemindert": bool(pensions[1]),
        f"{PENSION}jahr_renteneintritt": retired,
        f"{PENSION}monat_renteneintritt": month,
        "unterhalt__tatsächlich_erhaltener_betrag_m": known(person.maintenance_m, on) or 0.0,
    }


def _yes(fact: tuple[Since[bool], ...], on: date) -> bool:
    """Whether a fact is known to hold."""
    return known(fact, on) is True


def _wage_replacement(person: Person, household: Household, law: Law, on: date) -> float | None:
    """Return Arbeitslosengeld from a notice, or Kurzarbeitergeld; None when neither is known."""
    short_time = known(person.short_time, on)
    if short_time is None:
        return known(person.alg1_m, on)
    with_child = any(person.id in parents for parents in household.parents().values())
    return short_time_allowance(
        full_m=short_time.full_m,
        actual_m=short_time.actual_m,
        tax_class=_tax_class(person, household, on),
        with_child=with_child,
        law=law,
    )


def _wage(person: Person, on: date) -> float | None:
    short_time = known(person.short_time, on)
    return short_time.actual_m if short_time is not None else known(person.wage_m, on)


def _tax_class(person: Person, household: Household, on: date) -> int:
    given = known(person.tax_class, on)
    if given is not None:
        return given
    if person.role in {"self", "partner"} and household.married and _partner(household) is not None:
        return 4  # both alike; three and five are a choice of the couple
    lone = person.role == "self" and _partner(household) is None and any(household.parents().values())
    return 2 if lone else 1


def _partner(household: Household) -> Person | None:
    return next((person for person in household.persons if person.role == "partner"), None)


def _links(columns: dict[str, Array], household: Household, row_of: dict[str, int], on: date) -> None:
    me = next(row_of[person.id] for person in household.persons if person.role == "self")
    partner = _partner(household)
    parents = household.parents()
    if partner is not None:
        other = row_of[partner.id]
        columns["bürgergeld__p_id_einstandspartner"][[me, other]] = [other, me]
        if household.married:
            columns["familie__p_id_ehepartner"][[me, other]] = [other, me]
            columns["einkommensteuer__gemeinsam_veranlagt"][[me, other]] = True
    for child, found in parents.items():
        rows = [row_of[parent] for parent in found]
        for number, row in enumerate(rows, start=1):
            columns[f"familie__p_id_elternteil_{number}"][row_of[child]] = row
            columns["sozialversicherung__pflege__beitrag__hat_kinder"][row] = True
        if rows:
            columns["kindergeld__p_id_empfänger"][row_of[child]] = rows[0]
            carer = "einkommensteuer__abzüge__p_id_kinderbetreuungskostenträger"
            if carer in columns:
                columns[carer][row_of[child]] = rows[0]
    minor = [child for child, found in parents.items() if found and household.person(child).age_on(on) < GROWN_UP]
    columns["familie__alleinerziehend"][me] = partner is None and bool(minor)
    columns["hh_id"][:] = 0


def _home(household: Household, on: date, assumed: list[Assumption]) -> dict[str, Any]:
    home = household.housing
    rent, heating, size = (known(fact, on) for fact in (home.cold_rent_m, home.heating_m, home.size_m2))
    if rent is None:
        assumed.append(Assumption("no_rent"))
    if heating is None:
        assumed.append(Assumption("no_heating"))
    if size is None:
        size = 45.0 + 15.0 * (len(household.persons) - 1)
        assumed.append(Assumption("usual_size"))
    if home.rent_level is None:
        assumed.append(Assumption("middle_rent_level"))
    before = known(household.basic_income_for_a_year, on)
    if before is None:
        assumed.append(Assumption("first_year_of_basic_income"))
    return {
        "wohnen__bruttokaltmiete_m_hh": rent or 0.0,
        "wohnen__heizkosten_m_hh": heating or 0.0,
        "wohnen__wohnfläche_hh": size,
        "wohnen__bewohnt_eigentum_hh": home.kind == "own",
        "wohngeld__mietstufe_hh": home.rent_level or 3,
        "bürgergeld__bezug_im_vorjahr": bool(before),
    }
