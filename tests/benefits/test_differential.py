"""The compiled law gives to the last bit what gettsim gives: 4,000 households of every shape, four years of law."""

import pytest

# In all four years the sample reaches each of these, so that an agreement on zeros is none.
REACHED = [
    "einkommensteuer__betrag_m_sn", "lohnsteuer__betrag_m", "solidaritätszuschlag__betrag_m_sn",
    "sozialversicherung__beiträge_versicherter_m", "sozialversicherung__arbeitslosen__betrag_m", "kindergeld__betrag_m",
    "elterngeld__betrag_m", "unterhaltsvorschuss__betrag_m", "kinderzuschlag__betrag_m_bg", "wohngeld__betrag_m_wthh",
    "bürgergeld__betrag_m_bg", "grundsicherung__im_alter__betrag_m_eg",
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("date", ["2023-07-01", "2024-07-01", "2025-07-01", "2026-07-01"])
def test_compiled_law_and_gettsim_agree(engine, date):
    found = engine("compare", date, "--households", "1000", "--seed", date[:4])

    assert found["differing"] == {}
    assert (found["worst"], found["worst_single"]) == (0.0, 0.0)
    assert {name: found["non_zero"][name] for name in REACHED if found["non_zero"][name] < 20} == {}
