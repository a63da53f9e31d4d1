"""What if, curve, thresholds, twelve months: against single checks."""

from datetime import date

import pytest

from tests.conftest import CITIES
from tragnetz.benefits.check import check
from tragnetz.benefits.curve import curve
from tragnetz.benefits.household import read_household
from tragnetz.benefits.library import laws
from tragnetz.benefits.rules.book import read_book
from tragnetz.benefits.timeline import twelve_months
from tragnetz.benefits.whatif import compare, scenarios, thresholds, with_wage

ON = date(2026, 11, 24)
BOOK = read_book(CITIES / "catalogue" / "nrw" / "rules")
FAMILY = {
    "persons": [
        {"id": "anna", "role": "self", "age": 38, "wage_m": 2800, "hours_w": 30, "assets": 3000},
        {"id": "ben", "role": "partner", "age": 36, "wage_m": 0, "assets": 1000},
        {"id": "cem", "role": "child", "age": 17},
        {"id": "dilan", "role": "child", "age": 5},
    ],
    "married": True,
    "receives": [],
    "housing": {"cold_rent_m": 780, "heating_m": 140, "size_m2": 85, "rent_level": 2},
}


@pytest.fixture(scope="module")
def law():
    return laws(CITIES.parent / "var" / "law")[-1]


@pytest.fixture(scope="module")
def family():
    return read_household(FAMILY)


def test_scenarios_fit_the_household(family):
    keys = {(one.key, one.person, one.number) for one in scenarios(family, ON)}

    assert keys == {
        ("short_time", "anna", 50), ("job_loss", "anna", None), ("more_hours", "anna", 40.0), ("mini_job", "ben", 603.0),
        ("birth", "", None), ("birth_leave", "anna", None), ("separation", "ben", None), ("child_turns", "cem", 18), ("child_turns", "dilan", 6),
        ("rent", "", 100.0),
    }  # fmt: skip
    alone = read_household({"persons": [{"id": "a", "role": "self", "age": 30}]})
    assert {one.key for one in scenarios(alone, ON)} == {"mini_job", "birth", "moving_together"}


def test_comparison_is_that_of_single_checks(law, family):
    now, then = compare(family, law, ON, BOOK)

    assert now == check(family, law, ON, BOOK)
    assert [found for _one, found in then] == [check(one.household, law, ON, BOOK) for one, _found in then]
    money = {one.key: found.disposable_m for one, found in then}
    assert money["job_loss"] < now.disposable_m < money["mini_job"]
    assert {one.key: found for one, found in then}["separation"].families[0] == "anna"


def test_curve_is_that_of_single_checks(law, family):
    points = curve(family, "anna", law, ON, BOOK, top=6000, points=61)

    for point in points[::12]:
        single = check(with_wage(family, "anna", point.wage_m), law, ON, BOOK)
        assert point.disposable_m == pytest.approx(single.disposable_m, abs=0.01)
        assert point.benefits["wohngeld"] == single.finding("wohngeld").paid_m
    assert points[0].benefits["grundsicherungsgeld"] > 1000
    assert all(later.disposable_m > 500 for later in points)
    assert any(point.burden > 0.6 for point in points)


def test_curve_of_somebody_whose_hours_are_not_known(law):
    household = read_household({"persons": [{"id": "a", "role": "self", "age": 30}], "housing": {"cold_rent_m": 500}})
    points = curve(household, "a", law, ON, BOOK, top=3000, points=7)

    for point in points:
        single = check(with_wage(household, "a", point.wage_m), law, ON, BOOK)
        assert point.disposable_m == pytest.approx(single.disposable_m, abs=0.01)


def test_threshold_is_where_the_benefit_really_begins(law, family):
    found = {
        (one.benefit, one.fact): one for one in thresholds(family, law, ON, BOOK, ("grundsicherungsgeld", "wohngeld"))
    }
    begins = found["grundsicherungsgeld", "wage_m"]

    assert begins.below
    assert begins.gains
    lower, higher = (
        check(with_wage(family, "anna", begins.value + shift), law, ON, BOOK).finding("grundsicherungsgeld").paid_m
        for shift in (-15, 15)
    )
    assert lower
    assert not higher


def scenario(household, name):
    return next(one for one in scenarios(household, ON) if one.key == name)


def test_twelve_months_after_a_job_show_the_gap_and_pay_what_is_owed(law, family):
    months = twelve_months(family, scenario(family, "job_loss"), law, ON, BOOK)

    assert [month.starts.month for month in months] == [11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert months[0].arrives["wage"] > 2000
    assert "arbeitslosengeld" not in months[1].arrives
    assert months[1].lacks_m > 0
    assert "vorschuss" in months[1].bridges
    usual = months[3].arrives["arbeitslosengeld"]
    assert months[2].arrives["arbeitslosengeld"] == pytest.approx(2 * usual)
    assert months[3].lacks_m == 0
    assert not months[3].bridges


def test_what_is_owed_is_paid_to_the_cent_in_the_end(law, family):
    months = twelve_months(family, scenario(family, "job_loss"), law, ON, BOOK)
    single = check(scenario(family, "job_loss").household, law, months[5].starts, BOOK)

    rise = single.finding("wohngeld").paid_m - check(family, law, ON, BOOK).finding("wohngeld").paid_m
    assert months[4].arrives["wohngeld"] - months[5].arrives["wohngeld"] == pytest.approx(3 * rise)


def test_unemployment_money_ends_when_it_was_not_insured_for_long(law):
    person = {"id": "a", "role": "self", "age": 30, "wage_m": 3000, "insured_months_of_30": 12}
    household = read_household({"persons": [person]})
    months = twelve_months(household, scenario(household, "job_loss"), law, ON, BOOK)

    assert "arbeitslosengeld" in months[6].arrives
    assert "arbeitslosengeld" not in months[7].arrives
    assert months[7].arrives["grundsicherungsgeld"] > 400


def test_short_time_money_comes_with_the_wage_and_parental_leave_gives_elterngeld(law, family):
    short = twelve_months(family, scenario(family, "short_time"), law, ON, BOOK)
    leave = twelve_months(family, scenario(family, "birth_leave"), law, ON, BOOK)

    assert short[1].arrives["kurzarbeitergeld"] > 300
    assert "elterngeld" not in leave[1].arrives
    assert leave[4].arrives["elterngeld"] > 1000
