"""A family as columns, once or many times."""

import numpy as np

from tragnetz.benefits.law import Law


def family(law: Law, wage: float) -> dict[str, np.ndarray]:
    """A couple with children of 9 and 4, rent 780 and heating 140."""
    columns = law.blank(4)
    columns |= {
        "alter": np.array([38, 36, 9, 4]), "alter_monate": np.array([460, 436, 112, 52]),
        "geburtsjahr": law.date.year - np.array([38, 36, 9, 4]), "geburtsmonat": np.full(4, 7),
        "familie__p_id_ehepartner": np.array([1, 0, -1, -1]),
        "familie__p_id_elternteil_1": np.array([-1, -1, 0, 0]),
        "familie__p_id_elternteil_2": np.array([-1, -1, 1, 1]),
        "bürgergeld__p_id_einstandspartner": np.array([1, 0, -1, -1]),
        "kindergeld__p_id_empfänger": np.array([-1, -1, 1, 1]),
        "einnahmen__bruttolohn_m": np.array([wage, 0.0, 0.0, 0.0]),
        "arbeitsstunden_w": np.array([38.5, 0.0, 0.0, 0.0]),
        "lohnsteuer__steuerklasse": np.array([3, 5, 1, 1]),
        "einkommensteuer__gemeinsam_veranlagt": np.array([True, True, False, False]),
        "wohnen__bruttokaltmiete_m_hh": np.full(4, 780.0), "wohnen__heizkosten_m_hh": np.full(4, 140.0),
        "wohnen__wohnfläche_hh": np.full(4, 85.0), "wohngeld__mietstufe_hh": np.full(4, 3),
        "sozialversicherung__pflege__beitrag__hat_kinder": np.array([True, True, False, False]),
        "sozialversicherung__rente__jahr_renteneintritt": np.full(4, law.date.year),
        "sozialversicherung__rente__monat_renteneintritt": np.full(4, 11),
    }  # fmt: skip
    return columns


def copies(columns: dict[str, np.ndarray], times: int) -> dict[str, np.ndarray]:
    """Return the same household so many times, each with persons and pointers of its own."""
    persons = len(columns["p_id"])
    shift = np.repeat(np.arange(times) * persons, persons)
    found = {name: np.tile(column, times) for name, column in columns.items()}
    for name, column in found.items():
        if name.rsplit("__", 1)[-1].startswith("p_id"):
            found[name] = np.where(column >= 0, column + shift, column)
    found["hh_id"] = np.repeat(np.arange(times), persons)
    return found
