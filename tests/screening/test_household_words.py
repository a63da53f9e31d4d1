"""A household in words: each field and value of the schema has them, and nothing that is read is a code."""

import typing

import pytest

from tragnetz.benefits.household import Household, Housing, Person, ShortTime
from tragnetz.screening.household_words import (
    HOME,
    NEVER_TOLD,
    PERSON,
    ROLES,
    SHORT_TIME,
    TOGETHER,
    VALUES,
    household_in_words,
)
from tragnetz.screening.outlook.words import copy_in_words

ALL = {
    "persons": [
        {
            "id": "p1", "role": "self", "birth": "1988-04-01", "training": "none", "residence": "permit",
            "short_time": {"full_m": 2800, "actual_m": 1400.5}, "in_education": False, "capital_income_y": 40,
            "alg1_m": [{"value": 1100.0}, {"value": 0.0, "since": "2027-02-01"}], "birth_due": "2027-03-15", "mark_g": True,
        },
        {"id": "p2", "role": "child", "age": 9, "parents": ["p1"], "elterngeld_m": None},
    ],
    "married": False, "receives": ["kindergeld", "gone-since"],
    "housing": {"kind": "with_others", "cold_rent_m": [{"value": 600.0}], "rent_level": 3},
}  # fmt: skip
NAMES = {"kindergeld": "Kindergeld", "wohngeld": "Wohngeld"}


def literals(model):
    """Yield each field whose values are codes, with the codes."""
    for name, found in model.model_fields.items():
        for part in [found.annotation, *found.metadata]:
            for code in codes_in(part):
                yield name, code


def codes_in(part):
    if typing.get_origin(part) is typing.Literal:
        yield from typing.get_args(part)
    value = getattr(part, "__value__", None)
    for inner in (*typing.get_args(part), *([value] if value is not None else [])):
        yield from codes_in(inner)


@pytest.mark.parametrize(
    ("model", "names"), [(Person, PERSON), (Housing, HOME), (ShortTime, SHORT_TIME)], ids=["person", "home", "short"]
)
def test_each_fact_has_a_name(model, names):
    assert set(model.model_fields) - NEVER_TOLD == set(names)


def test_each_fact_of_all_together_has_a_name():
    assert set(Household.model_fields) - {"persons", "housing"} == set(TOGETHER)


def test_each_code_has_words():
    found = {(name, code) for model in (Person, Housing) for name, code in literals(model)}

    assert {("training", "company"), ("residence", "tolerated"), ("kind", "shelter"), ("role", "other")} <= found
    assert found == {(name, code) for name, words in {**VALUES, "role": ROLES}.items() for code in words}


def test_a_household_is_told_without_codes():
    asking, *rest = household_in_words(ALL, NAMES)

    assert asking.split(", ") == [
        "fragt selbst",
        "geboren im Monat: April 1988",
        "Ausbildung: keine",
        "Aufenthalt: Aufenthaltserlaubnis",
        "Kurzarbeit",
        "Lohn im Monat: ohne Kürzung 2.800 Euro",
        "gekürzt 1.400,50 Euro",
        "geht zur Schule oder Berufsschule: nein",
        "Zinsen und Ähnliches im Jahr: 40 Euro",
        "Arbeitslosengeld im Monat: 1.100 Euro; 0 Euro (ab 1. Februar 2027)",
        "Geburtstermin: 15. März 2027",
        "Merkzeichen G: ja",
    ]
    assert rest == [
        "Kind, Alter: 9 Jahre, Elterngeld im Monat: nicht bekannt",
        "Wohnung: bei anderen, Miete ohne Heizung im Monat: 600 Euro, Mietstufe: 3",
        "verheiratet: nein, bekommt schon: Kindergeld, eine Leistung, die es im Programm nicht mehr gibt",
    ]


def test_the_copy_for_the_outlook_tells_what_was_granted_until_when():
    told = copy_in_words({"household": ALL, "granted": {"wohngeld": "2027-05-01"}}, NAMES)

    assert told.splitlines()[-1] == "Wohngeld: bewilligt bis Ende Mai 2027"


def test_a_fact_of_an_older_version_is_told_without_its_key():
    older = {"persons": [{"id": "p1", "role": "self", "age": 40, "since_when": ["always", {"x": 3}]}], "gone": 780}

    assert household_in_words(older, NAMES) == [
        "fragt selbst, Alter: 40 Jahre, eine Angabe aus einer älteren Fassung: always; 3",
        "eine Angabe aus einer älteren Fassung: 780",
    ]
    assert household_in_words({}, NAMES) == []
