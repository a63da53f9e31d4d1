"""What is hidden stays hidden beside its sums."""

from hypothesis import given
from hypothesis import strategies as st

from tragnetz.reporting.outcomes.hiding import LEAST, shown, shown_cells

SIZES = st.integers(0, 8)


def test_few_people_are_hidden_with_what_would_tell_them():
    assert shown([10, 0, 7]) == [True, True, True]
    assert shown([10, 2, 7]) == [True, False, False]
    assert shown([10, 2, 1]) == [True, False, False]
    assert shown([10, 1, 1, 5]) == [True, False, False, False]
    assert shown([10, 2]) == [False, False]


@given(st.lists(SIZES, max_size=8))
def test_nobody_finds_a_hidden_count_from_the_sum(sizes):
    keeps = shown(sizes)
    hidden = [size for size, keep in zip(sizes, keeps, strict=True) if not keep]

    assert all(keep or size for keep, size in zip(keeps, sizes, strict=True) if size == 0 or keep) or hidden
    assert not [size for size, keep in zip(sizes, keeps, strict=True) if keep and 0 < size < LEAST]
    if hidden and any(keeps):
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST


@given(st.lists(st.tuples(SIZES, SIZES, SIZES), min_size=1, max_size=6))
def test_no_row_and_no_column_tells_a_hidden_cell(table):
    rows = {str(number): dict(zip("abc", row, strict=True)) for number, row in enumerate(table)}
    cells = shown_cells(rows)

    for name, row in rows.items():
        assert not [code for code, count in row.items() if cells[name][code] and 0 < count < LEAST]
    lines = [[(name, code) for code in "abc"] for name in rows if any(cells[name].values())]
    lines += [[(name, code) for name in rows] for code in "abc"]
    for line in lines:
        hidden = [rows[name][code] for name, code in line if not cells[name][code]]
        if hidden and len(hidden) < len(line):
            assert len(hidden) > 1
            assert sum(hidden) >= LEAST
