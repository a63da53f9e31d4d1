"""No page of figures tells of a few people: not by subtraction, not beside another page with other filters."""

import random
import uuid
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from tragnetz.reporting.reach.cells import Cell, Counts, Wanted
from tragnetz.reporting.reach.tables import rows_of, view_of, years_of
from tragnetz.reporting.statistics import FIVE

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
    return Wanted(
        first, last, rng.choice([None, None, *ORGANISATIONS]), rng.choice([None, None, *DISTRICTS]),
        rng.choice(["", "", *TOPICS]), rng.choice([None, *PROJECTS]), year,
    )  # fmt: skip


def pair(rng):
    """Two pages: mostly one and the same with a filter more."""
    wanted = page(rng)
    if rng.random() < 0.2:
        return wanted, page(rng)
    name, values = rng.choice(
        [("organisation", ORGANISATIONS), ("district", DISTRICTS), ("topic", TOPICS), ("programme", PROJECTS)]
    )
    return wanted, replace(wanted, **{name: rng.choice(values)})


def numbers(cells, wanted):
    """Return what a page lets one say of each number of persons: cells that are counted -> (at least, at most)."""
    view = view_of(cells, wanted)
    whole = view.one("persons") or 0
    found = {frozenset(map(id, view.taken)): (whole, whole + 4)}
    for key, values in SPLITS.values():
        for value, number in view.split("persons", key, values).items():
            group = frozenset(id(one) for one in view.taken if key(one) == value)
            shown = number or 0
            low, high = found.get(group, (0, EVERYBODY))
            found[group] = max(low, shown - 4), min(high, shown + 4)
    return found


def told(cells, page, other):
    """Return groups of one to four people whose number two pages tell: what one counts and the other does not."""
    sizes = {id(one): one.counts.persons for one in cells}
    found = []
    for (one, (low, high)), (two, (least, most)) in product(page.items(), other.items()):
        size = sum(sizes[cell] for cell in one - two)
        if two <= one and 0 < size < FIVE and max(low - most, 0) == min(high - least, high):
            found.append(size)
    return found


@pytest.mark.parametrize("seed", range(50))
def test_no_two_pages_with_filters_tell_of_a_small_group(seed):
    """Fifty networks, 1,000 pairs of pages."""
    rng = random.Random(seed)  # noqa: S311 -- people by chance, no secret
    cells = people(rng, rng.choice([40, 150, 400]))
    for _pair in range(20):
        one, other = (numbers(cells, wanted) for wanted in pair(rng))
        assert told(cells, one, other) + told(cells, other, one) == []


def test_pages_that_hide_small_numbers_each_for_itself_would_tell():
    """The control: with exact numbers under every filter the same pairs tell."""
    rng, found = random.Random(1), []  # noqa: S311 -- as above
    for _network in range(30):
        cells = people(rng, 150)
        for _pair in range(20):
            one, other = (_each_for_itself(cells, wanted) for wanted in pair(rng))
            found += told(cells, one, other)
    assert len(found) > 10


def _each_for_itself(cells, wanted):
    taken = [one for one in cells if wanted.takes(one)]
    found = {}
    for key, values in SPLITS.values():
        for value in values:
            group = [one for one in taken if key(one) == value]
            number = sum(one.counts.persons for one in group)
            found[frozenset(map(id, group))] = (1, 4) if 0 < number < FIVE else (number, number)
    return found


def test_years_add_up_to_all_of_them():
    cells = [cell(2, month=date(2024, 12, 1)), cell(40, month=date(2025, 3, 1)), cell(31)]
    view = view_of(cells, Wanted(date(2024, 1, 1), date(2026, 12, 1)))

    assert [(row.name, row.persons) for row in years_of(view)] == [("2024", None), ("2025", 40), ("2026", 30)]
    assert view.one("persons") == 70


def test_rows_stand_in_their_order_and_the_unnamed_last():
    cells = [
        Cell(date(2026, 3, 1), PROJECTS[0], ORGANISATIONS[0], None, topic, counts, {})
        for topic, counts in (("", Counts(persons=7)), ("b", Counts(persons=9, children=1)), ("a", Counts(persons=20)))
    ]
    view = view_of(cells, Wanted(date(2026, 1, 1), date(2026, 12, 1)))
    found = rows_of(view, lambda one: one.topic, {"a": "Mitte", "b": "Nord", "c": "Süd"})

    # Who is nowhere stands there as well: a row tells nothing by being there.
    assert [(row.name, row.persons) for row in found] == [("Mitte", 20), ("Nord", 10), ("Süd", None), ("", 5)]
    assert found[1].figures == (10, None, None, None)
