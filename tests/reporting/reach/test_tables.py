"""No page of figures tells of a few people: not by subtraction, not beside another page with other filters."""

import random
import uuid
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting.statistics.attacker import TOTAL, computable
from tragnetz.reporting.reach.cells import Cell, Counts, Wanted
from tragnetz.reporting.reach.tables import rows_of, spans_of, view_of, years_of
from tragnetz.reporting.statistics import FILTERED, INSIDE, PUBLISHED, WHOLE, Grain

PROJECTS = [uuid.UUID(int=number) for number in (1, 2)]
ORGANISATIONS = [uuid.UUID(int=number) for number in (11, 12, 13)]
DISTRICTS = [uuid.UUID(int=number) for number in (21, 22, 23)]
TOPICS = ["debt", "work", "care"]
YEARS = [2024, 2025, 2026]
SPLITS = {
    "organisation": (lambda cell: cell.organisation, ORGANISATIONS),
    "district": (lambda cell: cell.district, DISTRICTS),
    "topic": (lambda cell: cell.topic, TOPICS),
}
EVERYBODY = 10**6


def cell(
    number=1, *, month=date(2026, 3, 1), project=PROJECTS[0], organisation=ORGANISATIONS[0], district=None, topic=""
):
    return Cell(month, project, organisation, district, topic, Counts(persons=number, households=number), {})


def people(rng, number):
    """Entries by chance, some places crowded and some almost empty."""
    every = (PROJECTS, YEARS, ORGANISATIONS, DISTRICTS, TOPICS)
    weights = [[rng.random() ** 3 + 0.01 for _one in values] for values in every]
    found = Counter(
        (*[rng.choices(values, weight)[0] for values, weight in zip(every, weights, strict=True)], rng.randint(1, 12))
        for _person in range(number)
    )
    return [
        cell(
            size, month=date(year, month, 1), project=project, organisation=organisation, district=district, topic=topic
        )
        for (project, year, organisation, district, topic, month), size in found.items()
    ]


def page(rng):
    """What somebody may choose, as `figures.forms` makes of it: a project, a time, filters."""
    year = rng.choice([None, *YEARS])
    recent = year is None and rng.random() < 0.2
    first, last = (date(2025, 12, 1), date(2026, 11, 1)) if recent else (date(2024, 1, 1), date(2026, 12, 1))
    if year:
        first, last = date(year, 1, 1), date(year, 12, 1)
    wanted = Wanted(
        first, last, rng.choice([None, None, *ORGANISATIONS]), rng.choice([None, None, *DISTRICTS]),
        rng.choice(["", "", *TOPICS]), rng.choice([None, *PROJECTS]), year,
    )  # fmt: skip
    return wanted, FILTERED if wanted.narrowed or recent else WHOLE


def pair(rng):
    """Two pages: mostly one and the same with a filter more."""
    wanted, grain = page(rng)
    if rng.random() < 0.2:
        return (wanted, grain), page(rng)
    name, values = rng.choice(
        [("organisation", ORGANISATIONS), ("district", DISTRICTS), ("topic", TOPICS), ("programme", PROJECTS)]
    )
    more = replace(wanted, **{name: rng.choice(values)})
    return (wanted, grain), (more, FILTERED if more.narrowed or grain is FILTERED else WHOLE)


def numbers(cells, wanted, grain):
    """Return each number that a page shows of persons with the cells that it counts: group -> (at least, at most)."""
    view = view_of(cells, wanted, grain)
    found = {frozenset(map(id, view.taken)): view.one("persons")}
    for key, values in SPLITS.values():
        for value, number in view.split("persons", key, values).items():
            group = frozenset(id(one) for one in view.taken if key(one) == value)
            found[group] = number if found.get(group) is None else found[group]
    return {group: bounds(number, view.grain) for group, number in found.items()}


def bounds(number, grain):
    if grain.is_coarse:
        return (0, grain.step - 1) if number is None else (number, number + grain.step - 1)
    return (0, EVERYBODY) if number is None else (number, number)


def told(cells, page, other):
    """Return groups of one or two people whose number two pages tell: what one counts and the other does not."""
    sizes = {id(one): one.counts.persons for one in cells}
    found = []
    for (one, (low, high)), (two, (least, most)) in product(page.items(), other.items()):
        size = sum(sizes[cell] for cell in one - two)
        if two <= one and 0 < size < INSIDE and max(low - most, 0) == min(high - least, high):
            found.append(size)
    return found


@pytest.mark.parametrize("seed", range(50))
def test_no_two_pages_with_filters_tell_of_a_small_group(seed):
    """Fifty networks, 1,000 pairs of pages."""
    rng = random.Random(seed)  # noqa: S311 -- people by chance, no secret
    cells = people(rng, rng.choice([40, 150, 400]))
    for _pair in range(20):
        one, other = (numbers(cells, *page) for page in pair(rng))
        assert told(cells, one, other) + told(cells, other, one) == []


def test_pages_that_hide_small_numbers_each_for_itself_would_tell():
    """The control: with exact numbers under every filter the same pairs tell."""
    rng, found = random.Random(1), []  # noqa: S311 -- as above
    for _network in range(30):
        cells = people(rng, 150)
        for _pair in range(20):
            one, other = (_each_for_itself(cells, wanted) for wanted, _grain in pair(rng))
            found += told(cells, one, other)
    assert len(found) > 10


def _each_for_itself(cells, wanted):
    taken = [one for one in cells if wanted.takes(one)]
    found = {}
    for key, values in SPLITS.values():
        shown = WHOLE.many({value: sum(one.counts.persons for one in taken if key(one) == value) for value in values})
        for value, number in shown.items():
            found[frozenset(id(one) for one in taken if key(one) == value)] = bounds(number, WHOLE)
    return found


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("grain", [WHOLE, PUBLISHED])
def test_all_exact_pages_together_leave_small_groups_open(seed, grain):
    """Every project, year and split at once, with all the arithmetic there is."""
    rng = random.Random(seed)  # noqa: S311 -- as above
    cells = people(rng, rng.choice([60, 200]))
    spans = spans_of(cells, grain.least)
    values = [
        sorted({str(one.programme) for one in cells}), sorted(set(spans.values())),
        *(sorted({str(key(one)) for one in cells}) for key, _values in SPLITS.values()),
    ]  # fmt: skip
    real = Counter()
    for one in cells:
        traits = (str(key(one)) for key, _values in SPLITS.values())
        real[str(one.programme), spans[one.month.year], *traits] += one.counts.persons
    published, hidden = [], []
    for project, year in product([None, *PROJECTS], [None, *YEARS]):
        wanted = Wanted(date(2024, 1, 1), date(2026, 12, 1), programme=project, year=year)
        view = view_of(cells, wanted, grain)
        if view.grain.is_coarse:
            continue
        spot = (str(project or TOTAL), spans.get(year, str(year)) if year else TOTAL)
        if spot[0] not in (TOTAL, *values[0]) or spot[1] not in (TOTAL, *values[1]):
            continue
        for at, (key, every) in enumerate(SPLITS.values()):
            for value, number in view.split("persons", key, every).items():
                shape = [TOTAL] * 3
                shape[at] = str(value)
                if str(value) in values[2 + at]:
                    (hidden if number is None else published).append((*spot, *shape))
        (hidden if view.one("persons") is None else published).append((*spot, *[TOTAL] * 3))
    groups = [frozenset(one for one in product(*values) if _covers(cell_, one)) for cell_ in hidden]
    found = set(computable(values, published, groups))
    sizes = [sum(real[one] for one in group) for group in groups if group in found]
    assert [size for size in sizes if 0 < size < grain.least] == []


def _covers(wide, narrow):
    return all(name in (TOTAL, one) for name, one in zip(wide, narrow, strict=True))


@settings(max_examples=200)
@given(st.integers(0, 10**6), st.integers(0, 4), st.integers(0, 10**6))
def test_a_rounded_number_tells_at_most_five_apart(number, more, other):
    """Two pages under filters differ by nobody or by four: nobody can say which."""
    one, two = FILTERED.one(number), FILTERED.one(number + more)
    assert (one or 0) <= number < (one or 0) + 5
    assert (two or 0) - (one or 0) in (0, 5)
    assert FILTERED.one(other) is None or FILTERED.one(other) % 5 == 0
    assert FILTERED.one(0) is FILTERED.one(4) is None


def test_a_year_in_which_few_entered_stands_with_its_neighbour():
    cells = [
        cell(2, month=date(2024, 12, 1)),
        cell(40, month=date(2025, 3, 1)),
        cell(30),
        cell(2, month=date(2027, 1, 1)),
    ]

    assert spans_of(cells, 3) == {2024: "2024–2025", 2025: "2024–2025", 2026: "2026–2027", 2027: "2026–2027"}
    every = Wanted(date(2024, 1, 1), date(2027, 12, 1))
    assert [(row.name, row.persons) for row in years_of(view_of(cells, every, WHOLE))] == [
        ("2024–2025", 42), ("2026–2027", 32),
    ]  # fmt: skip
    alone = Wanted(date(2024, 1, 1), date(2024, 12, 1), year=2024)
    assert view_of(cells, alone, WHOLE).grain == FILTERED
    assert view_of(cells, Wanted(date(2026, 1, 1), date(2026, 12, 1), year=2026), WHOLE).one("persons") == 30


def test_rows_stand_in_their_order_and_the_unnamed_last():
    cells = [
        Cell(date(2026, 3, 1), PROJECTS[0], ORGANISATIONS[0], None, topic, counts, {})
        for topic, counts in (("", Counts(persons=7)), ("b", Counts(persons=9, children=1)), ("a", Counts(persons=20)))
    ]
    view = view_of(cells, Wanted(date(2026, 1, 1), date(2026, 12, 1)), Grain(INSIDE))
    found = rows_of(view, lambda one: one.topic, {"a": "Mitte", "b": "Nord", "c": "Süd"})

    assert [(row.name, row.persons) for row in found] == [("Mitte", 20), ("Nord", 9), ("", 7)]
    assert found[1].figures == (9, 0, 0, None)
