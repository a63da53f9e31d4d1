"""Invented households of every shape, as columns: to compare the compiled law with gettsim."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tragnetz.benefits.runtime import Array

SHAPES = ("single", "couple", "lone_parent", "family", "large_family", "pensioners", "newborn", "ill")


def sample(inputs: Mapping[str, str], households: int, *, year: int, seed: int) -> dict[str, Array]:
    """Return columns for `inputs` (name to kind) of so many households, of all SHAPES in turn."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for number in range(households):
        rows += _household(rng, number, SHAPES[number % len(SHAPES)], len(rows), year)
    kinds = {"F": float, "I": int, "B": bool}
    found: dict[str, Array] = {}
    for name, kind in inputs.items():
        blank = -1 if name.rsplit("__", 1)[-1].startswith("p_id_") else 0
        found[name] = np.array([row.get(name, blank) for row in rows]).astype(kinds[kind[0]])
    return found


def _household(rng: np.random.Generator, number: int, shape: str, first: int, year: int) -> list[dict[str, Any]]:
    couple = shape in {"couple", "family", "large_family", "newborn"} or (shape == "pensioners" and rng.random() < 0.5)
    adults = 2 if couple else 1
    children = {
        "lone_parent": int(rng.integers(1, 4)), "family": int(rng.integers(1, 4)), "newborn": int(rng.integers(1, 3)),
        "large_family": int(rng.integers(4, 8)), "ill": int(rng.integers(0, 2)),
    }.get(shape, 0)  # fmt: skip
    married = couple and rng.random() < 0.7
    home = _home(rng, number) | {
        # gettsim looks the year up for everybody, also for a child: outside of its table is an error.
        "sozialversicherung__rente__jahr_renteneintritt": year,
        "sozialversicherung__rente__monat_renteneintritt": 1,
    }
    rows = []
    for place in range(adults):
        row = home | _adult(rng, shape, place, year) | {"p_id": first + place}
        if couple:
            row["bürgergeld__p_id_einstandspartner"] = first + 1 - place
        if married:
            row["familie__p_id_ehepartner"] = first + 1 - place
            row["einkommensteuer__gemeinsam_veranlagt"] = True
            row["lohnsteuer__steuerklasse"] = 4
        row["familie__alleinerziehend"] = adults == 1 and children > 0
        row["sozialversicherung__pflege__beitrag__hat_kinder"] = children > 0
        rows.append(row)
    for place in range(children):
        age = 0 if shape == "newborn" and place == 0 else int(rng.integers(0, 18))
        months = int(rng.integers(0, 12)) if age else int(rng.integers(0, 10))
        rows.append(
            home
            | {
                "p_id": first + adults + place, "alter": age, "alter_monate": age * 12 + months,
                "geburtsjahr": year - age, "geburtsmonat": 1 + months, "lohnsteuer__steuerklasse": 1,
                "familie__p_id_elternteil_1": first,
                "familie__p_id_elternteil_2": first + 1 if couple else -1,
                "kindergeld__p_id_empfänger": first, "kindergeld__in_ausbildung": age >= 6,
                "einkommensteuer__abzüge__p_id_kinderbetreuungskostenträger": first,
                "unterhalt__tatsächlich_erhaltener_betrag_m": float(rng.choice([0, 0, 150, 400])),
            }
        )  # fmt: skip
    return rows


def _home(rng: np.random.Generator, number: int) -> dict[str, Any]:
    return {
        "hh_id": number,
        "wohnen__bruttokaltmiete_m_hh": float(rng.integers(280, 1300)),
        "wohnen__heizkosten_m_hh": float(rng.integers(30, 240)),
        "wohnen__wohnfläche_hh": float(rng.integers(25, 140)),
        "wohnen__bewohnt_eigentum_hh": bool(rng.random() < 0.15),
        "wohngeld__mietstufe_hh": int(rng.integers(1, 8)),
        "bürgergeld__bezug_im_vorjahr": bool(number % 2),
    }


def _adult(rng: np.random.Generator, shape: str, place: int, year: int) -> dict[str, Any]:
    old = shape == "pensioners"
    age = int(rng.integers(67, min(92, year - 1940))) if old else int(rng.integers(19, 66))
    earns = [0, rng.uniform(50, 556), rng.uniform(600, 2100), rng.uniform(2100, 9000)]
    wage = round(float(rng.choice(earns, p=[0.7, 0.2, 0.05, 0.05] if old else [0.3, 0.15, 0.3, 0.25])), 2)
    away = shape == "newborn" and place == 0
    seeks = not old and wage == 0 and not away and rng.random() < 0.5
    months = int(rng.integers(0, 12))
    row: dict[str, Any] = {
        "alter": age, "alter_monate": age * 12 + months, "geburtsjahr": year - age, "geburtsmonat": 1 + months,
        "vermögen": round(float(rng.choice([0, 0, rng.uniform(0, 12_000), rng.uniform(12_000, 120_000)])), 2),
        "behinderungsgrad": int(rng.choice([0, 0, 0, 30, 50, 80, 100])),
        "schwerbehindert_grad_g": bool(rng.random() < 0.1),
        "arbeitsstunden_w": float(rng.integers(5, 41)) if wage else 0.0,
        "einnahmen__bruttolohn_m": 0.0 if away else wage,
        "einnahmen__kapitalerträge_y": round(float(rng.choice([0, 0, rng.uniform(0, 3000)])), 2),
        "lohnsteuer__steuerklasse": 1,
        "familie__p_id_elternteil_1": -1,
        "sozialversicherung__arbeitslosen__arbeitssuchend": bool(seeks),
        "sozialversicherung__kranken__beitrag__privat_versichert": bool(rng.random() < 0.05),
        "einkommensteuer__einkünfte__sonstige__rente__alter_beginn_leistungsbezug_sonstige_private_vorsorge": 67,
    }  # fmt: skip
    if seeks:
        before = "sozialversicherung__arbeitslosen__"
        row[f"{before}mean_nettoeinkommen_in_12_monaten_vor_arbeitslosigkeit_m"] = float(rng.integers(700, 3200))
        row[f"{before}monate_beitragspflichtig_versichert_in_letzten_30_monaten"] = int(rng.integers(0, 31))
        row[f"{before}monate_sozialversicherungspflichtiger_beschäftigung_in_letzten_5_jahren"] = int(
            rng.integers(0, 61)
        )
        row[f"{before}monate_durchgängigen_bezugs_von_arbeitslosengeld"] = int(rng.integers(0, 14))
    if away:
        row["elterngeld__claimed"] = True
        row["elterngeld__mean_nettoeinkommen_in_12_monaten_vor_geburt_m"] = float(rng.integers(0, 3500))
        row["elterngeld__zu_versteuerndes_einkommen_vorjahr_y_sn"] = float(rng.integers(0, 90_000))
        row["elterngeld__bisherige_bezugsmonate"] = int(rng.integers(0, 12))
    if old:
        row["sozialversicherung__rente__altersrente__betrag_m"] = round(
            float(rng.choice([rng.uniform(50, 700), rng.uniform(150, 2300)])), 2
        )
        row["sozialversicherung__rente__bezieht_rente"] = True
        row["sozialversicherung__rente__jahr_renteneintritt"] = year - (age - 66)
        row["sozialversicherung__rente__monat_renteneintritt"] = 1
    if shape == "ill" and rng.random() < 0.6:
        row["sozialversicherung__rente__erwerbsminderung__betrag_m"] = round(float(rng.uniform(200, 1300)), 2)
        row["sozialversicherung__rente__bezieht_rente"] = True
        row["sozialversicherung__rente__erwerbsminderung__voll_erwerbsgemindert"] = True
    return row
