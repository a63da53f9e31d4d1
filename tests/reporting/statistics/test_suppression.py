"""Small cells cannot be computed from what is shown."""

from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting.statistics.attacker import base_cells, computable, covers, intervals, recovered
from tragnetz.reporting.statistics import HIDDEN, INSIDE, OUTSIDE, TOTAL, suppressed

LEAST = st.sampled_from([INSIDE, OUTSIDE])


@st.composite
def tables(draw, sizes=(2, 4), people=80):
    """Counts of people over two or three dimensions, crowded or sparse."""
    shape = draw(st.lists(st.integers(*sizes), min_size=1, max_size=3))
    values = [tuple(f"{name}{at}" for at in range(size)) for name, size in zip("abc", shape, strict=False)]
    rng = draw(st.randoms(use_true_random=False))
    weights = [[rng.random() ** 2 for _ in names] for names in values]
    counts = dict.fromkeys(product(*values), 0)
    for _ in range(draw(st.integers(0, people))):
        counts[tuple(rng.choices(names, weight)[0] for names, weight in zip(values, weights, strict=True))] += 1
    return values, counts


def truth(values, counts):
    cells = product(*[(*names, TOTAL) for names in values])
    return {cell: sum(number for base, number in counts.items() if covers(cell, base)) for cell in cells}


def shown(table):
    return {cell: number for cell, number in table.rows() if number is not None}


def small(real, least):
    return [cell for cell, number in real.items() if 0 < number < least]


def primary_alone(real, least):
    """What somebody would publish who hides the small cells and nothing else."""
    return {cell: number for cell, number in real.items() if not 0 < number < least}


@settings(max_examples=150, deadline=None)
@given(given_table=tables(), least=LEAST)
def test_no_hidden_cell_follows_from_what_is_shown(given_table, least):
    values, counts = given_table
    table = suppressed(counts, least=least, values=values)
    real, published = truth(values, counts), shown(table)
    hidden = [cell for cell in real if cell not in published]

    assert all(published[cell] == real[cell] for cell in published)
    assert not set(small(real, least)) & set(published)
    assert recovered(values, list(published), hidden) == []


@settings(max_examples=150, deadline=None)
@given(given_table=tables(), least=LEAST)
def test_bounds_leave_a_small_cell_open(given_table, least):
    values, counts = given_table
    bounds = intervals(values, shown(suppressed(counts, least=least, values=values)))
    narrow = {cell: bounds[cell] for cell in small(truth(values, counts), least)}
    assert {cell: (low, high) for cell, (low, high) in narrow.items() if high - low < least} == {}


@settings(max_examples=60, deadline=None)
@given(given_table=tables(sizes=(2, 2), people=7))
def test_all_tables_that_fit_leave_a_small_cell_open(given_table):
    """Not a bound but the truth: every table of as many people is tried."""
    values, counts = given_table
    published = shown(suppressed(counts, least=INSIDE, values=values))
    finest, total = base_cells(values), sum(counts.values())
    if total < INSIDE:
        assert published == {} or total == 0
        return
    covering = {cell: [at for at, one in enumerate(finest) if covers(cell, one)] for cell in truth(values, counts)}
    fitting = [
        one for one in _spread(total, len(finest))
        if all(sum(one[at] for at in covering[cell]) == number for cell, number in published.items())
    ]  # fmt: skip
    for cell in small(truth(values, counts), INSIDE):
        possible = {sum(one[at] for at in covering[cell]) for one in fitting}
        assert max(possible) - min(possible) >= INSIDE


def _spread(people, places):
    if places == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in _spread(people - first, places - 1):
            yield (first, *rest)


@settings(max_examples=50, deadline=None)
@given(given_table=tables(sizes=(3, 5)), least=LEAST, rng=st.randoms(use_true_random=False))
def test_no_two_filters_differ_by_a_small_group(given_table, least, rng):
    """Fifty tables, 1,000 pairs of filters: what one shows and the other does not."""
    values, counts = given_table
    published = shown(suppressed(counts, least=least, values=values))
    pairs = [(_filter(values, rng), _filter(values, rng)) for _ in range(20)]
    groups = [one - other for one, other in pairs] + [one & other for one, other in pairs]
    sizes = [sum(counts[cell] for cell in group) for group in computable(values, published, groups)]
    assert [size for size in sizes if 0 < size < least] == []


def _filter(values, rng):
    """Some values of each dimension, or all of them."""
    chosen = [rng.sample(names, rng.randint(1, len(names))) if rng.random() < 0.7 else names for names in values]
    return frozenset(product(*chosen))


@pytest.fixture(scope="module")
def people():
    """1,300 people of one year: month, district, topic, unevenly."""
    values = [
        tuple(f"{month:02}" for month in range(1, 13)), ("mitte", "sodingen", "wanne", "eickel"),
        ("debts", "work", "housing", "family", "papers", "health"),
    ]  # fmt: skip
    counts = {
        key: int(130 / prod(names.index(name) + 1 for names, name in zip(values, key, strict=True)))
        for key in product(*values)
    }
    return values, counts


def test_the_attacker_finds_nothing_in_a_whole_city(people):
    values, counts = people
    real = truth(values, counts)
    published = shown(suppressed(counts, least=OUTSIDE, values=values))
    bounds = intervals(values, published)
    assert [cell for cell in small(real, OUTSIDE) if bounds[cell][1] - bounds[cell][0] < OUTSIDE] == []
    assert recovered(values, list(published), small(real, OUTSIDE)) == []


def test_the_attacker_succeeds_where_only_small_cells_are_hidden(people):
    values, counts = people
    real = truth(values, counts)
    published = primary_alone(real, OUTSIDE)
    bounds = intervals(values, published)
    found = [cell for cell in small(real, OUTSIDE) if bounds[cell][0] == bounds[cell][1]]

    assert len(found) > 5
    assert {bounds[cell][0] for cell in found} <= {real[cell] for cell in found}
    assert set(found) <= set(recovered(values, list(published), small(real, OUTSIDE)))


def test_what_is_lost_is_rather_fine_than_coarse(people):
    values, counts = people
    table = suppressed(counts, least=OUTSIDE, values=values)
    assert table.of() == sum(counts.values())
    for axis, names in enumerate(values):
        assert None not in [table.of(*(name if at == axis else TOTAL for at in range(3))) for name in names]


def test_a_hidden_cell_takes_one_partner_along():
    table = suppressed({"mitte": 40, "wanne": 2, "eickel": 9}, least=OUTSIDE)
    assert (table.of("wanne"), table.of("eickel"), table.of("mitte"), table.of()) == (None, None, 40, 51)
    assert (table.written("wanne"), table.written("mitte")) == (HIDDEN, "40")


def test_a_zero_is_shown_and_a_table_of_two_people_is_not():
    assert suppressed({"mitte": 40, "wanne": 0}).of("wanne") == 0
    assert shown(suppressed({"mitte": 2, "wanne": 0})) == {}
    assert suppressed({}, values=[("mitte", "wanne")]).of("mitte") == 0


def test_finer_cells_than_asked_for_are_hidden():
    table = suppressed({("a", "x"): 20, ("b", "x"): 30, ("a", "y"): 40, ("b", "y"): 50}, depth=1)
    assert (table.of("a", "x"), table.of("a", TOTAL), table.of(TOTAL, "y")) == (None, 60, 90)
