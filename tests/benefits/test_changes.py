"""What will change: the quick way through a cohort against one check after another."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CITIES
from tragnetz.benefits.changes import (
    FEDERAL,
    Cause,
    Turn,
    changes,
    keys_of,
    months_ahead,
    turn_of,
)
from tragnetz.benefits.check import check
from tragnetz.benefits.cohort import cohort_of, is_steady
from tragnetz.benefits.columns import prepare
from tragnetz.benefits.household import HouseholdError, read_household
from tragnetz.benefits.library import laws
from tragnetz.benefits.rules.book import read_book

BOOK = read_book(CITIES / "catalogue" / "nrw" / "rules")
ON = date(2026, 11, 29)


@pytest.fixture(scope="module")
def law():
    return laws(CITIES.parent / "var" / "law")[-1]


def family(**child):
    """A lone parent with little wage and one child."""
    return read_household({
        "persons": [
            {"id": "p1", "role": "self", "birth": "1988-03-01", "wage_m": 1900, "hours_w": 30, "assets": 500},
            {"id": "p2", "role": "child", **child},
        ],
        "receives": [], "housing": {"cold_rent_m": 600, "heating_m": 90, "size_m2": 60, "rent_level": 3},
    })  # fmt: skip


def births(first: int, last: int):
    return st.dates(date(first, 1, 1), date(last, 12, 31)).map(date.isoformat)


grown_up = st.fixed_dictionaries(
    {"wage_m": st.sampled_from([0, 520, 1300, 2100, 3200]), "birth": births(1955, 2006)},
    optional={"assets": st.just(900), "apart": st.booleans(), "old_age_pension_m": st.just(700)},
)
young = st.one_of(
    st.fixed_dictionaries({"birth": births(1999, 2026)}, optional={"in_education": st.booleans()}),
    st.fixed_dictionaries({"age": st.integers(0, 26)}),
)


@st.composite
def households(draw):
    persons = [{"id": "p1", "role": "self", **draw(grown_up)}]
    if draw(st.booleans()):
        persons.append({"id": "p2", "role": "partner", **draw(grown_up)})
    if draw(st.booleans()):
        persons.append({"id": "p3", "role": "other", **draw(grown_up)})
    persons += [{"id": f"c{n}", "role": "child", **one} for n, one in enumerate(draw(st.lists(young, max_size=3)))]
    home = {"cold_rent_m": draw(st.sampled_from([400, 700])), "heating_m": 80, "rent_level": 3}
    dated = draw(st.sampled_from(["none", "none", "alg", "leave", "rent"]))
    if dated == "alg":
        persons[0] |= {"seeks_work": True, "net_wage_before_m": 1500, "insured_months_of_30": 24, "wage_m": 0,
                       "alg1_m": [{"value": 0, "since": "2027-04-01"}]}  # fmt: skip
    elif dated == "leave":
        persons[0] |= {"parental_leave": True, "net_wage_before_m": 1400, "wage_m": 0}
    elif dated == "rent":
        home["cold_rent_m"] = [{"value": 500}, {"value": 650, "since": "2027-02-01"}]
    persons[0].pop("apart", None)
    try:
        return read_household({"persons": persons, "married": draw(st.booleans()), "receives": [], "housing": home})
    except HouseholdError:
        return family(birth="2012-05-01")


def slow(found, law, on, months):
    """Return the changes by one whole check a month."""
    told = []
    days = months_ahead(on, months)
    checks = [check(found, law, day, BOOK) for day in days]
    for before, after, day in zip(checks, checks[1:], days[1:], strict=False):
        for key in keys_of(BOOK):
            paid = [one.find(key).paid_m if one.find(key) else 0 for one in (before, after)]
            turn = turn_of(*paid) if None not in paid else None
            if turn:
                told.append((turn, key, day, round(paid[0]), round(paid[1])))
    return told


@settings(max_examples=25)
@given(found=st.lists(households(), min_size=1, max_size=4))
def test_the_quick_way_finds_what_single_checks_find(found, law):
    quick = changes(found, lambda _day: law, BOOK, ON, months=5)

    for place, household in enumerate(found):
        mine = [
            (one.turn, one.benefit, one.month, round(one.before), round(one.after))
            for one in quick
            if one.household == place
        ]
        assert sorted(mine) == sorted(slow(household, law, ON, 5))


@settings(max_examples=40)
@given(found=st.lists(households(), min_size=1, max_size=4), day=st.dates(ON, date(2029, 12, 31)))
def test_a_cohort_is_as_if_it_was_read_anew_on_that_day(found, day, law):
    steady = [one for one in found if is_steady(one, ON)]
    if not steady:
        return
    anew = prepare(steady, law, day)

    moved = cohort_of(steady, law, ON, BOOK).at(day)

    assert set(moved.columns) == set(anew.columns)
    for name, column in anew.columns.items():
        assert np.array_equal(moved.columns[name], column, equal_nan=column.dtype.kind == "f"), name
        assert moved.columns[name].dtype == column.dtype
    assert np.array_equal(moved.family, anew.family)


def test_a_birthday_is_the_reason(law):
    found = changes([family(birth="2009-03-15")], lambda _day: law, BOOK, ON)

    lost = [one for one in found if one.turn == Turn.LOST and one.benefit == "unterhaltsvorschuss"]
    assert [(one.month, one.causes) for one in lost] == [(date(2027, 4, 1), (Cause("birthday", "child", number=18),))]
    assert lost[0].before > lost[0].after == 0


def test_without_the_month_of_birth_no_birthday_is_seen(law):
    assert changes([family(age=17)], lambda _day: law, BOOK, ON) == []


def test_the_end_of_a_benefit_from_a_notice_is_seen(law):
    person = {"id": "p1", "role": "self", "age": 45, "wage_m": 0, "seeks_work": True, "net_wage_before_m": 1600,
              "insured_months_of_30": 24, "alg1_m": [{"value": 0, "since": "2027-03-01"}]}  # fmt: skip
    home = {"cold_rent_m": 500, "heating_m": 80, "rent_level": 3}
    found = changes([read_household({"persons": [person], "housing": home})], lambda _day: law, BOOK, ON)

    told = {(one.turn, one.benefit, one.month) for one in found}
    assert (Turn.LOST, "arbeitslosengeld", date(2027, 3, 1)) in told
    assert {one.causes for one in found} == {(Cause("fact", "self", "alg1_m"),)}


def test_other_law_is_the_reason_of_what_changes_with_it(law):
    class Later:
        date = date(2027, 1, 1)

        def __getattr__(self, name):
            return getattr(law, name)

        def evaluate(self, columns):
            found = law.evaluate(columns)
            paid = found["kindergeld__betrag_m"]
            return found | {"kindergeld__betrag_m": np.where(paid > 0, paid + 40, 0)}

    later = Later()
    found = changes([family(birth="2015-06-15")], lambda day: later if day >= later.date else law, BOOK, ON)

    mine = [one for one in found if one.benefit == "kindergeld"]
    assert [(one.turn, one.month, round(one.after - one.before), one.causes) for one in mine] == [
        (Turn.MORE, date(2027, 1, 1), 40, (Cause("law"),))
    ]


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [(0, 30, Turn.NEW), (30, 0, Turn.LOST), (100, 119.99, None), (100, 120, Turn.MORE), (100, 79, Turn.LESS), (0, 0.5, None)],
)  # fmt: skip
def test_only_what_is_worth_telling_is_told(before, after, turn):
    assert turn_of(before, after) == turn


def test_months_are_counted_over_the_year():
    assert months_ahead(ON, 2) == [ON, date(2026, 12, 1), date(2027, 1, 1)]
    assert len(FEDERAL) < len(keys_of(BOOK))
