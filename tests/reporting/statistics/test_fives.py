"""Nobody can undo the fives with the program in hand; what the pages of several days tell beyond them is little.

Every table of a few shapes is tried that there can be up to some number of people, and put beside all others that look
the same. That is all that somebody can know who has read the program.
"""

from collections import defaultdict
from itertools import accumulate, chain, product
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.reporting.statistics import EXACT, FEW, FIVE, FIVES, TOTAL, in_fives, told

SHAPES = [((2,), 24), ((3,), 19), ((4,), 14), ((2, 2), 14), ((2, 3), 9), ((3, 2), 9)]


def everybody(places, most):
    """All ways to spread up to so many people over places."""
    if not places:
        yield ()
        return
    for first in range(most + 1):
        for rest in everybody(places - 1, most - first):
            yield (first, *rest)


def names_of(shape):
    return [tuple(f"{letter}{at}" for at in range(size)) for letter, size in zip("ab", shape, strict=False)]


def in_fives_of(values):
    def show(counts):
        return tuple(told(counts, values=values).rows())

    return show


def smallest_beside(values):
    """The control, as many offices do it: small cells are hidden, and where one is alone the smallest other one, too."""

    def show(counts):
        cells = {key: number for key, number in counts.items() if not 0 < number < FIVE}
        if len(counts) - len(cells) == 1:
            others = sorted((number, key) for key, number in cells.items() if number)
            if others:
                del cells[others[0][1]]
        total = sum(counts.values())
        return (*sorted(cells.items()), total if total >= FIVE or not total else None)

    return show


def truth(values, counts):
    cells = product(*((*names, TOTAL) for names in values))
    return {
        cell: sum(
            number
            for key, number in counts.items()
            if all(name in (TOTAL, one) for name, one in zip(cell, key, strict=True))
        )
        for cell in cells
    }


def possible(shape, most, method, *, also=lambda _counts: None):
    """Return for each thing that can be shown, and what is known besides, all values that each cell may have."""
    values = names_of(shape)
    show, spots = method(values), list(product(*values))
    found = defaultdict(lambda: defaultdict(set))
    for numbers in everybody(len(spots), most):
        counts = dict(zip(spots, numbers, strict=True))
        for cell, number in truth(values, counts).items():
            found[show(counts), also(counts)][cell].add(number)
    return found


@pytest.mark.parametrize(("shape", "most"), SHAPES)
def test_who_knows_the_program_cannot_tell_a_number_by_four(shape, most):
    for (shown, _known), cells in possible(shape, most, in_fives_of).items():
        numbers = dict(shown)
        for cell, values in cells.items():
            assert max(values) - min(values) >= FIVE - 1
            assert set(range(min(values), max(values) + 1)) == values
            if numbers[cell] is None:
                assert {0, 1, 2, 3, 4} <= values


@pytest.mark.parametrize(("shape", "most"), SHAPES)
def test_who_knows_the_exact_sum_besides_still_cannot_tell_a_small_number(shape, most):
    found = possible(shape, most, in_fives_of, also=lambda counts: sum(counts.values()))
    for (_shown, total), cells in found.items():
        pinned = [cell for cell, values in cells.items() if len(values) == 1 and 0 < min(values) < FIVE]
        assert [cell for cell in pinned if min(cells[cell]) != total] == []


def test_the_attack_undoes_cells_that_are_hidden_with_their_smallest_neighbour():
    """The control: each hidden number alone has several values, but not for who knows how the second was chosen."""
    found = possible((3,), 14, smallest_beside)
    undone = [
        values
        for (shown, _known), cells in found.items()
        for (name,), values in cells.items()
        if name != TOTAL and (name,) not in dict(one for one in shown if isinstance(one, tuple))
        if max(values) - min(values) < FIVE - 1
    ]
    assert len(undone) > 10


@pytest.mark.parametrize(("places", "days"), [(2, 3), (3, 2)])
def test_the_pages_of_several_days_leave_four_values_at_least(places, days):
    """Whoever looks each day, while at most two come a day; up to six could have come, for all that is seen.

    One less than on one day: where a five moves to the cell before, somebody is known to be in both.
    """
    steps = [(one, sum(one) <= 2) for one in everybody(places, 6)]
    found = defaultdict(lambda: [set() for _number in range((days + 1) * places)])
    real = set()
    for start in everybody(places, 6):
        for course in product(steps, repeat=days):
            days_ = accumulate(
                (step for step, _slow in course), lambda one, more: tuple(map(add, one, more)), initial=start
            )
            tables = list(days_)
            pages = tuple(tuple(in_fives(one)) for one in tables)
            for numbers, number in zip(found[pages], chain(*tables), strict=True):
                numbers.add(number)
            if sum(start) < FIVE and all(slow for _step, slow in course):
                real.add(pages)
    assert len(real) >= 10
    assert min(len(numbers) for pages in real for numbers in found[pages]) == FIVE - 1


@given(st.lists(st.integers(0, 400), max_size=40))
def test_each_number_is_less_than_five_off_and_all_add_up(numbers):
    shown = in_fives(numbers)
    assert sum(shown) == sum(numbers) // FIVE * FIVE
    assert all(one % FIVE == 0 for one in shown)
    assert all(abs(one - real) < FIVE for one, real in zip(shown, numbers, strict=True))
    assert all(one == 0 for one, real in zip(shown, numbers, strict=True) if real == 0)


@given(st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("vwxyz")), st.integers(0, 60)))
def test_all_sums_of_a_table_add_up(counts):
    table = told(counts, values=["abcd", "vwxyz"])
    for row in "abcd":
        assert (table.of(row, TOTAL) or 0) == sum(table.of(row, column) or 0 for column in "vwxyz")
        assert abs((table.of(row, TOTAL) or 0) - sum(counts.get((row, column), 0) for column in "vwxyz")) < FIVE
    assert (table.of() or 0) == sum(counts.values()) // FIVE * FIVE


def test_the_dimension_with_most_values_runs_fastest():
    counts = {(month, way): 3 for month in ("01", "02", "03") for way in ("a", "b")}
    table = told(counts, values=[("01", "02", "03"), ("a", "b")])
    # Ways are the blocks: each is less than five off its nine. A month is made of two blocks.
    assert [table.of(TOTAL, way) for way in ("a", "b")] == [5, 10]
    assert [key for key, _number in table.rows()][:3] == [("01", "a"), ("01", "b"), ("01", TOTAL)]


def test_what_is_not_counted_is_nobody_and_what_is_not_known_is_an_error():
    table = told({"mitte": 12}, values=[("mitte", "wanne")])
    assert (table.of("mitte"), table.of("wanne"), table.of()) == (10, None, 10)
    assert (table.written("mitte"), table.written("wanne")) == ("10", FEW)
    assert told({}, values=[("mitte",)]).of() is None
    assert told({("mitte", "debt"): 6, ("wanne", "work"): 6}).of(TOTAL, "debt") == 5
    with pytest.raises(KeyError, match="does not know"):
        told({"eickel": 1}, values=[("mitte",)])


def test_who_sees_the_records_sees_exact_numbers_and_zeros():
    assert EXACT.table({"mitte": 2, "wanne": 0}).written("wanne") == "0"
    assert EXACT.many({"mitte": 2, "wanne": 0}) == {"mitte": 2, "wanne": 0}
    assert (EXACT.one(0), EXACT.one(3), FIVES.one(4), FIVES.one(9)) == (0, 3, None, 5)
    assert (EXACT.is_coarse, FIVES.is_coarse) == (False, True)


def test_the_order_in_which_numbers_come_changes_nothing():
    assert FIVES.many({"b": 3, "a": 4}) == FIVES.many({"a": 4, "b": 3}) == {"a": None, "b": 5}
    assert told({"b": 3, "a": 4}) == told({"a": 4, "b": 3})
