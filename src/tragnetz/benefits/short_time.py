"""Kurzarbeitergeld: gettsim has none. §§ 105, 106, 153 SGB III, method of the table of computed rates; to be checked.

The allowance is the difference of two computed rates: one of the full wage, one of the actual wage. A computed rate is
60 % (67 % with a child) of a flat-rate net wage: gross, rounded to 20 EUR, less 20 % for social insurance, less the
wage tax and solidarity surcharge of the tax class.
"""

import numpy as np

from tragnetz.benefits.law import Law

STEP = 20.0
FLAT_INSURANCE = 0.20
RATE, RATE_WITH_CHILD = 0.60, 0.67


def short_time_allowance(*, full_m: float, actual_m: float, tax_class: int, with_child: bool, law: Law) -> float:
    """Return the Kurzarbeitergeld in EUR a month for a gross wage that fell from `full_m` to `actual_m`."""
    wages = np.array([full_m, actual_m]) / STEP
    wages = np.floor(wages + 0.5) * STEP
    columns = law.blank(2)
    columns |= {
        "hh_id": np.arange(2),
        "alter": np.full(2, 40),
        "alter_monate": np.full(2, 480),
        "geburtsjahr": np.full(2, law.date.year - 40),
        "geburtsmonat": np.full(2, 1),
        "lohnsteuer__steuerklasse": np.full(2, tax_class),
        "einnahmen__bruttolohn_m": wages,
        "wohngeld__mietstufe_hh": np.full(2, 1),
        "wohnen__wohnfläche_hh": np.full(2, 45.0),
        "sozialversicherung__rente__jahr_renteneintritt": np.full(2, law.date.year),
        "sozialversicherung__rente__monat_renteneintritt": np.full(2, 1),
    }
    found = law.evaluate({name: column for name, column in columns.items() if name in law.inputs})
    tax = found["lohnsteuer__betrag_m"] + found["lohnsteuer__betrag_soli_m"]
    net = np.maximum(wages * (1 - FLAT_INSURANCE) - tax, 0.0)
    rates = np.round(net * (RATE_WITH_CHILD if with_child else RATE), 2)
    return max(round(float(rates[0] - rates[1]), 2), 0.0)
