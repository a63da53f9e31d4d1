"""Loads stand in the order of names, whatever the figures are; ages are told in bands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.casework.caseload.enums import AgeBand
from tragnetz.casework.caseload.rules import Load, age_band, by_name

NAMES = [("Ärmel", "Ada"), ("Bach", "Bea"), ("Bach", "Cem"), ("Özil", "Eva"), ("Vogt", "Ines")]


@given(st.lists(st.tuples(st.integers(0, 300), st.none() | st.integers(1, 200)), min_size=5, max_size=5), st.randoms())
def test_no_figure_changes_the_order(figures, random):
    loads = [Load(*name, *figure) for name, figure in zip(NAMES, figures, strict=True)]
    random.shuffle(loads)

    assert [(load.last_name, load.first_name) for load in by_name(loads)] == NAMES


@pytest.mark.parametrize(("cases", "capacity", "percent"), [(15, 30, 50), (0, 30, 0), (33, 30, 110), (9, None, None)])
def test_a_load_is_a_share_of_what_was_agreed(cases, capacity, percent):
    assert Load("Vogt", "Ines", cases, capacity).percent == percent


@pytest.mark.parametrize(
    ("birth_year", "band"),
    [
        (2026, AgeBand.TODDLER), (2021, AgeBand.TODDLER), (2020, AgeBand.CHILD), (2011, AgeBand.YOUTH),
        (2008, AgeBand.YOUNG), (1996, AgeBand.MIDDLE), (1971, AgeBand.OLDER), (1930, AgeBand.OLDER),
        (None, None), (2027, None),
    ],
)  # fmt: skip
def test_an_age_is_told_as_a_band(birth_year, band):
    assert age_band(birth_year, 2026) == band
