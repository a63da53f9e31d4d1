"""From households to the law's columns; what was assumed where something is not known is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tragnetz.benefits.groups import corrected, families
from tragnetz.benefits.household import Household, Person, Since, known
from tragnetz.benefits.law import Law
from tragnetz.benefits.runtime import Array

EARLIEST_BIRTH = 1941  # the law's tables by year of birth begin here; earlier years have the first row
GROWN_UP = 18
SCHOOL = 6
USUAL_HOURS = 38.5
ALG = "sozialversicherung__arbeitslosen__"
PENSION = "sozialversicherung__rente__"


@dataclass(frozen=True, slots=True)
class Assumption:
    """What was taken for granted: a key for its text, and for whom."""

    key: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Households as columns for the law: one row a person, households one after another.

    A repeated batch holds the same households `times` times over. `owner` is the number of a row's household, `family`
    the row of the first member of its Bedarfsgemeinschaft; `assumptions` are those of each household.
    """

    households: tuple[Household, ...]
    on: date
    columns: dict[str, Array]
    owner: Array
    family: Array
    assumptions: tuple[tuple[Assumption, ...], ...]
    times: int = 1

    @property
    def distinct(self) -> tuple[Household, ...]:
        """The households without their repetitions."""
        return self.households[: len(self.households) // self.times]

    @property
    def rows(self) -> int:
        """The number of persons."""
        return len(self.owner)


def prepare(households: Sequence[Household], law: Law, on: date) -> Batch:
    """Return the columns of households on a day."""
    rows: list[dict[str, Any]] = []
    owner: list[int] = []
    family: list[int] = []
    assumptions: list[tuple[Assumption, ...]] = []
    for number, household in enumerate(households):
        assumed: list[Assumption] = []
        first = len(rows)
        home = _home(household, on, assumed) | {"hh_id": number}
        links = _links(household, first, on)
        for place, person in enumerate(household.persons):
            rows.append(home | _facts(person, household, on, assumed) | links[place] | {"p_id": first + place})
            owner.append(number)
        family += [first + row for row in families(household, on)]
        assumptions.append(tuple(dict.fromkeys(assumed)))
    columns: dict[str, Array] = {}
    for name, kind in law.inputs.items():
        blank = -1 if name.rsplit("__", 1)[-1].startswith("p_id_") else 0
        columns[name] = np.array([row.get(name, blank) for row in rows], dtype=kind)
    columns["p_id"] = np.arange(len(rows))
    _notices(columns, households, law, on)
    batch = Batch(tuple(households), on, columns, np.array(owner), np.array(family), tuple(assumptions))
    if any(corrected(household) for household in households):
        columns["fg_id"] = batch.family
    return batch


def tiled(batch: Batch, times: int) -> Batch:
    """Return the same households so many times, each with rows and pointers of its own."""
    shift = np.repeat(np.arange(times) * batch.rows, batch.rows)
    columns = {name: np.tile(column, times) for name, column in batch.columns.items()}
    for name, column in columns.items():
        if name.rsplit("__", 1)[-1].startswith("p_id") or name == "fg_id":
            columns[name] = np.where(column >= 0, column + shift, column)
    count = len(batch.households)
    owner = np.tile(batch.owner, times) + np.repeat(np.arange(times) * count, batch.rows)
    columns["hh_id"] = owner
    family = np.tile(batch.family, times) + shift
    return Batch(batch.households * times, batch.on, columns, owner, family, batch.assumptions * times, times)


def _notices(columns: dict[str, Array], households: Sequence[Household], law: Law, on: date) -> None:
    """Put amounts from notices where the law would compute them; not a number where there is none."""
    persons = [person for household in households for person in household.persons]
    notices = {
        f"{ALG}betrag_m": [known(person.alg1_m, on) for person in persons],
        "elterngeld__betrag_m": [known(person.elterngeld_m, on) for person in persons],
    }
    for name, amounts in notices.items():
        if name in law.overrides and any(amount is not None for amount in amounts):
            columns[name] = np.array([np.nan if amount is None else amount for amount in amounts])


def _facts(person: Person, household: Household, on: date, assumed: list[Assumption]) -> dict[str, Any]:
    age = person.age_on(on)
    month = person.birth.month if person.birth else on.month
    months = max(_months_of_life(person, on), 0)
    birth = person.birth.year if person.birth else on.year - age
    grown_up = person.role != "child" or age >= GROWN_UP
    wage = wage_of(person, on)
    if wage is None and grown_up:
        assumed.append(Assumption("no_wage", person.id))
    if known(person.assets, on) is None and grown_up:
        assumed.append(Assumption("no_assets", person.id))
    hours = known(person.hours_w, on)
    if hours is None:
        hours = 0.0 if not wage else USUAL_HOURS
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
        "lohnsteuer__steuerklasse": tax_class_of(person, household, on),
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
        **_leave(person, household, on, assumed),
    }


def _leave(person: Person, household: Household, on: date, assumed: list[Assumption]) -> dict[str, Any]:
    """Return what Elterngeld is computed from, for a person who stays at home with a small child."""
    if not _yes(person.parental_leave, on):
        return {}
    mine = [household.person(child) for child, found in household.parents().items() if person.id in found]
    if not mine:
        return {}
    before = known(person.net_wage_before_m, on)
    if before is None:
        assumed.append(Assumption("no_wage_before_birth", person.id))
    months = min(_months_of_life(child, on) for child in mine)
    return {
        "elterngeld__claimed": True,
        "elterngeld__mean_nettoeinkommen_in_12_monaten_vor_geburt_m": before or 0.0,
        "elterngeld__zu_versteuerndes_einkommen_vorjahr_y_sn": (before or 0.0) * 12,
        "elterngeld__bisherige_bezugsmonate": months,
    }


def _months_of_life(person: Person, on: date) -> int:
    if person.birth is None:
        return person.age_on(on) * 12
    return (on.year - person.birth.year) * 12 + on.month - person.birth.month - (on.day < person.birth.day)


def _yes(fact: tuple[Since[bool], ...], on: date) -> bool:
    """Whether a fact is known to hold."""
    return known(fact, on) is True


def wage_of(person: Person, on: date) -> float | None:
    """Return the gross wage a month, in short-time work the reduced one."""
    short_time = known(person.short_time, on)
    return short_time.actual_m if short_time is not None else known(person.wage_m, on)


def tax_class_of(person: Person, household: Household, on: date) -> int:
    """Return the tax class, the usual one where it is not known."""
    given = known(person.tax_class, on)
    if given is not None:
        return given
    if person.role in {"self", "partner"} and household.married and _partner(household) is not None:
        return 4  # both alike; three and five are a choice of the couple
    lone = person.role == "self" and _partner(household) is None and any(household.parents().values())
    return 2 if lone else 1


def _partner(household: Household) -> Person | None:
    return next((person for person in household.persons if person.role == "partner"), None)


def _links(household: Household, first: int, on: date) -> list[dict[str, Any]]:
    """Return for each person of a household whom it points to; rows are counted from `first`."""
    row_of = {person.id: first + place for place, person in enumerate(household.persons)}
    links: list[dict[str, Any]] = [{} for _person in household.persons]

    def of(row: int) -> dict[str, Any]:
        return links[row - first]

    me = row_of[household.asking.id]
    partner = _partner(household)
    parents = household.parents()
    if partner is not None:
        other = row_of[partner.id]
        for one, two in ((me, other), (other, me)):
            of(one)["bürgergeld__p_id_einstandspartner"] = two
            if household.married:
                of(one)["familie__p_id_ehepartner"] = two
                of(one)["einkommensteuer__gemeinsam_veranlagt"] = True
    for child, found in parents.items():
        for number, parent in enumerate(found, start=1):
            of(row_of[child])[f"familie__p_id_elternteil_{number}"] = row_of[parent]
            of(row_of[parent])["sozialversicherung__pflege__beitrag__hat_kinder"] = True
        if found:
            of(row_of[child])["kindergeld__p_id_empfänger"] = row_of[found[0]]
            of(row_of[child])["einkommensteuer__abzüge__p_id_kinderbetreuungskostenträger"] = row_of[found[0]]
    minor = [child for child, found in parents.items() if found and household.person(child).age_on(on) < GROWN_UP]
    of(me)["familie__alleinerziehend"] = partner is None and bool(minor)
    return links


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
