"""The functions that compiled law calls, against plain loops over persons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.benefits import runtime as rt

GROUPS = st.lists(st.integers(0, 4), min_size=1, max_size=12).map(lambda ids: rt.numbered(np.array(ids)))


@given(GROUPS, st.data())
def test_groups_are_aggregated_as_a_loop_would(group, data):
    column = np.array(data.draw(st.lists(st.integers(-50, 50), min_size=len(group), max_size=len(group))), float)
    members = [column[group == own] for own in group]

    assert rt.group_sum(column, group).tolist() == [part.sum() for part in members]
    assert rt.group_count(group).tolist() == [len(part) for part in members]
    assert rt.group_any(column > 0, group).tolist() == [bool((part > 0).any()) for part in members]
    assert rt.group_all(column > 0, group).tolist() == [bool((part > 0).all()) for part in members]
    assert rt.group_min(column, group).tolist() == [part.min() for part in members]
    assert rt.group_max(column, group).tolist() == [part.max() for part in members]


@given(st.integers(1, 8).flatmap(lambda n: st.lists(st.integers(-1, n - 1), min_size=n, max_size=n)))
def test_pointers_are_followed_as_a_loop_would(pointers):
    pointer, person = np.array(pointers), np.arange(len(pointers))
    column = person * 10.0 + 1

    assert rt.pointed_sum(column, pointer, person).tolist() == [column[pointer == own].sum() for own in person]
    assert rt.pointed_count(pointer, person).tolist() == [int((pointer == own).sum()) for own in person]
    assert rt.pointed_any(column > 11, pointer, person).tolist() == [
        bool((column[pointer == own] > 11).any()) for own in person
    ]
    joined = rt.join(pointer, person, column, -7.0, np)
    assert joined.tolist() == [column[own] if own >= 0 else -7.0 for own in pointers]


def test_whole_numbers_stay_whole():
    group = np.array([0, 0, 1])

    assert rt.group_sum(np.array([1, 2, 3]), group).dtype == np.int64
    assert rt.group_sum(np.array([True, True, False]), group).tolist() == [2, 2, 0]


def test_curve_is_polynomial_between_thresholds_and_not_a_number_outside():
    curve = rt.Curve(np.array([0.0, 10.0, np.inf]), np.array([5.0, 25.0]), np.array([[2.0, 0.0], [1.0, 0.5]]))

    found = rt.piecewise(np.array([-1.0, 0.0, 4.0, 10.0, 12.0]), curve, np)

    assert np.isnan(found[0])
    assert found[1:].tolist() == [5.0, 13.0, 25.0, 25 + 2 + 2.0]
    assert rt.piecewise(4, curve, np) == 13.0


@pytest.mark.parametrize("key", [1939, 1944, -1])
def test_table_names_a_key_outside_of_it_instead_of_reading_another_row(key):
    table = rt.Table("freibetrag_nach_geburtsjahr", np.array([1.0, 2.0, 3.0]), np.array([1940]))

    assert table.look_up(np.array([1940, 1942])).tolist() == [1.0, 3.0]
    with pytest.raises(rt.LawError, match=f"freibetrag_nach_geburtsjahr: the law knows 1940 to 1942, not {key}"):
        table.look_up(np.array([1941, key]))


def test_table_of_two_keys_reads_row_and_column():
    table = rt.Table("t", np.arange(6).reshape(2, 3), np.array([10, 0]))

    assert table.look_up(np.array([10, 11]), np.array([2, 1])).tolist() == [2, 4]


def test_persons_are_sorted_and_pointers_become_rows():
    columns = {
        "p_id": np.array([7, 3, 5]), "hh_id": np.array([9, 2, 9]), "familie__p_id_ehepartner": np.array([5, -1, 7]),
        "alter": np.array([70, 30, 50]),
    }  # fmt: skip
    found = rt.prepared(columns)

    assert {name: column.tolist() for name, column in found.items()} == {
        "p_id": [0, 1, 2], "hh_id": [0, 1, 1], "familie__p_id_ehepartner": [-1, 2, 1], "alter": [30, 50, 70],
    }  # fmt: skip
