"""From a household in plain data to what it may claim."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CITIES
from tragnetz.benefits.check import check
from tragnetz.benefits.household import HouseholdError, known, read_household, schema
from tragnetz.benefits.library import laws
from tragnetz.benefits.rules.book import FEDERAL, read_book
from tragnetz.benefits.table import table
from tragnetz.benefits.texts import ASSUMPTIONS, FIGURES, NAMES, TO_CHECK
from tragnetz.config.cli import main
from tragnetz.config.operation.findings import Level
from tragnetz.config.operation.readings import law_level

FOLDER = CITIES.parent / "var" / "law"
BOOK = read_book(CITIES / "catalogue" / "nrw" / "rules")
FAMILY = {
    "persons": [
        {"id": "anna", "role": "self", "age": 38, "wage_m": 2800, "hours_w": 38.5, "assets": 3000},
        {"id": "ben", "role": "partner", "age": 36, "wage_m": 0, "assets": 1000},
        {"id": "cem", "role": "child", "age": 9},
        {"id": "dilan", "role": "child", "age": 4},
    ],
    "married": True,
    "housing": {"cold_rent_m": 780, "heating_m": 140, "size_m2": 85, "rent_level": 3},
}


@pytest.fixture(scope="module")
def law():
    return laws(FOLDER)[-1]


def changed(**persons):
    return FAMILY | {"persons": [person | persons.get(person["id"], {}) for person in FAMILY["persons"]]}


def paid(data, law) -> dict[str, float]:
    found = check(read_household(data), law, law.date, BOOK)
    return {finding.benefit: finding.paid_m or 0.0 for finding in found.findings}


def test_family_with_a_wage_gets_wohngeld_and_kinderzuschlag_before_grundsicherungsgeld(law):
    found = paid(FAMILY, law)

    assert found["wohngeld"] > 0
    assert found["kinderzuschlag"] > 0
    assert found["grundsicherungsgeld"] == 0
    assert found["kindergeld"] > 2 * 200


def test_family_without_any_income_gets_grundsicherungsgeld(law):
    found = paid(changed(anna={"wage_m": 0}), law)

    assert found["grundsicherungsgeld"] > 1500
    assert found["wohngeld"] == found["kinderzuschlag"] == 0


def test_shorter_hours_change_what_is_paid_from_the_day_on(law):
    hours_cut = {"short_time": {"value": {"full_m": 2800, "actual_m": 1400}, "since": law.date.isoformat()}}
    household = read_household(changed(anna=hours_cut))
    before = check(household, law, date(law.date.year - 1, 1, 1), BOOK)
    after = check(household, law, law.date, BOOK)

    amounts = {finding.benefit: finding.paid_m for finding in after.findings}
    assert {finding.benefit: finding.paid_m for finding in before.findings}["kurzarbeitergeld"] == 0
    assert 300 < amounts["kurzarbeitergeld"] < 1000
    assert "short_time_like_alg" in {assumption.key for assumption in after.assumptions}


def test_short_time_allowance_is_more_with_a_child_and_nothing_without_a_loss(law):
    def allowance(full: float, actual: float, *, with_child: bool = False) -> float:
        persons = [
            {"id": "a", "role": "self", "age": 40, "tax_class": 1, "short_time": {"full_m": full, "actual_m": actual}}
        ]
        persons += [{"id": "c", "role": "child", "age": 5}] if with_child else []
        found = check(read_household({"persons": persons}), law, law.date, BOOK)
        return found.finding("kurzarbeitergeld").claim_m or 0.0

    assert allowance(2500, 2500) == 0
    assert allowance(2500, 1250, with_child=True) / allowance(2500, 1250) == pytest.approx(0.67 / 0.60, abs=0.001)
    # Without wage the full rate: 60 % of 80 % of the gross, less wage tax.
    assert 0.6 * 0.6 * 2500 < allowance(2500, 0) < 0.6 * 0.8 * 2500


def test_what_is_not_known_is_told_and_never_a_refusal(law):
    bare = read_household({"persons": [{"id": "a", "role": "self", "age": 30}]})
    found = check(bare, law, law.date, BOOK)

    keys = {assumption.key for assumption in found.assumptions}
    assert keys >= {"no_wage", "no_assets", "no_rent", "no_heating", "usual_size", "middle_rent_level"}
    assert {finding.benefit: finding.paid_m for finding in found.findings}["grundsicherungsgeld"] > 400


def test_lone_parent_gets_maintenance_advance(law):
    lone = {"persons": [{"id": "a", "role": "self", "age": 30, "wage_m": 1400}, {"id": "b", "role": "child", "age": 3}]}

    assert paid(lone, law)["unterhaltsvorschuss"] > 100


def test_very_old_people_are_computed_too(law):
    old = {"persons": [{"id": "a", "role": "self", "age": 97, "old_age_pension_m": 500, "assets": 0}],
           "housing": {"cold_rent_m": 350, "heating_m": 60, "rent_level": 2}}  # fmt: skip

    found = paid(old, law)
    assert found["grundsicherung-im-alter"] + found["wohngeld"] > 0


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"persons": []}, "persons: at least 1 is needed"),
        (FAMILY | {"housing": {"cold_rent_m": -1}}, "housing.cold_rent_m.0.value: must not be less than 0"),
        (
            {"persons": [{"id": f"p{n}", "role": "other", "age": 3} for n in range(30)]},
            "at most 20 are possible, not 30",
        ),
        (changed(cem={"age": 60}), "cem cannot be a child of anna: the ages do not fit"),
        (FAMILY | {"rent": 3}, "rent: is not a known field"),
        (changed(cem={"role": "self"}), "exactly one person has the role `self`, not 2"),
        (changed(cem={"parents": ["nobody"]}), "cem: there is no person nobody to be a parent"),
        (changed(anna={"short_time": {"full_m": 1000, "actual_m": 2000}}), "actual wage cannot be higher"),
        (changed(anna={"age": None}), "anna: needs `birth` or `age`"),
        ([], "valid dictionary"),
    ],
)
def test_impossible_households_are_refused_with_the_reason(data, told):
    with pytest.raises(HouseholdError, match=told.replace("[", r"\[")):
        read_household(data)


def test_facts_hold_from_their_day():
    person = read_household(changed(anna={"wage_m": [2000, {"value": 900, "since": "2026-10-01"}]})).person("anna")

    assert known(person.wage_m, date(2026, 9, 30)) == 2000
    assert known(person.wage_m, date(2026, 10, 1)) == 900
    assert known(person.alg1_m, date(2026, 10, 1)) is None


@given(
    wage=st.floats(0, 9000),
    rent=st.floats(0, 1500),
    ages=st.lists(st.integers(0, 24), max_size=5),
    couple=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_no_household_is_paid_a_benefit_and_the_one_before_it(wage, rent, ages, couple):
    law = laws(FOLDER)[-1]
    persons = [{"id": "a", "role": "self", "age": 45, "wage_m": wage, "assets": 0}]
    persons += [{"id": "b", "role": "partner", "age": 44, "assets": 0}] if couple else []
    persons += [{"id": f"c{n}", "role": "child", "age": age} for n, age in enumerate(ages)]
    found = paid({"persons": persons, "housing": {"cold_rent_m": rent, "heating_m": 80}}, law)

    assert all(amount >= 0 for amount in found.values())
    if found["grundsicherungsgeld"] > 0:
        assert found["wohngeld"] == found["kinderzuschlag"] == 0


def test_table_names_everything_a_check_can_hold(law):
    found = check(read_household(changed(anna={"wage_m": [], "hours_w": []})), law, law.date, BOOK)

    assert {finding.benefit for finding in found.findings if finding.name is None} == set(NAMES) == set(FEDERAL)
    assert {finding.kind for finding in found.findings} <= {"money", "saving", "once", "service"}
    assert {figure.key for finding in found.findings for figure in finding.figures} == set(FIGURES)
    assert {assumption.key for assumption in found.assumptions} <= set(ASSUMPTIONS)
    assert set(found.to_check) <= set(TO_CHECK)
    assert "Kein Bescheid" in table(found)


def test_amounts_that_may_have_changed_since_the_law_of_the_day_are_marked(law):
    household = read_household(FAMILY)
    new_year = date(law.date.year + 1, 1, 1)

    assert check(household, law, law.date, BOOK).to_check == ()
    assert check(household, law, new_year, BOOK).to_check == ("old_law",)


def test_a_page_the_doctor_and_the_alert_judge_the_law_by_one_rule(law):
    """Within the half-year of its date none of them says anything, however long ago that date is."""
    household = read_household(FAMILY)
    here, half_a_year = replace(law, date=date(2026, 1, 1)), [date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]

    marked = [bool(check(household, here, day, BOOK).to_check) for day in half_a_year]

    assert marked == [law_level(here.date, day) > Level.OK for day in half_a_year] == [False, False, True]


def test_command_prints_the_table_and_names_what_is_wrong(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("TRAGNETZ_VAR", str(FOLDER.parent))
    file = tmp_path / "household.json"
    file.write_text(json.dumps(FAMILY))

    assert main(["check", str(file)]) == 0
    assert "Kinderzuschlag" in capsys.readouterr().out
    file.write_text(json.dumps(FAMILY | {"housing": {"cold_rent_m": 780}}))
    assert main(["check", str(file), "--city", str(CITIES / "herne")]) == 0
    told = capsys.readouterr().out
    assert "Deutschlandticket sozial" in told
    assert "Mietstufe 3" not in told, "the city's own level is taken"
    assert main(["check", str(file), "--date", "1999-01-01"]) == 1
    assert "There is no compiled law for 1999-01-01" in capsys.readouterr().err
    file.write_text("{")
    assert main(["check", str(file)]) == 1
    assert "is no JSON" in capsys.readouterr().err
    assert main(["check"]) == 1
    assert main(["check", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Household"


def test_schema_describes_the_example():
    assert set(schema()["properties"]) == {"persons", "married", "basic_income_for_a_year", "receives", "housing"}
