"""From answers to indicators."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.conftest import TOLD
from tragnetz.reporting.lines.derive import age_on, codes_of, derived, in_base, is_asked, is_countable, open_questions
from tragnetz.reporting.lines.line import NO_ANSWER, Line, lines

PLUS, OLD = lines()["esf-plus"], lines()["esf-2014"]


def codes(line, told, **moments):
    return codes_of(line.indicators, {"entry": derived(line, told), **moments})


def indicator(line, code):
    return next(one for one in line.indicators if one.code == code)


def test_an_unemployed_woman_counts_as_long_term_unemployed_with_low_education():
    assert codes(PLUS, TOLD) == ["EECO01", "EECO02", "EECO03", "EECO09"]


def test_long_term_begins_earlier_for_young_people_before_2021():
    young = TOLD | {"age": 24, "unemployed_months": 7}
    assert "CO02" in codes(OLD, young)
    assert "CO02" not in codes(OLD, young | {"age": 25})
    assert "EECO03" not in codes(PLUS, young)


@pytest.mark.parametrize(("months", "long"), [(12, False), (13, True)])
def test_long_term_is_more_than_twelve_months(months, long):
    assert ("EECO03" in codes(PLUS, TOLD | {"unemployed_months": months})) is long


@pytest.mark.parametrize(("age", "band"), [(17, "EECO06"), (18, "EECO07"), (29, "EECO07"), (30, ""), (55, "EECO08")])
def test_bands_of_age_do_not_overlap(age, band):
    found = set(codes(PLUS, TOLD | {"age": age})) & {"EECO06", "EECO07", "EECO08"}
    assert found == ({band} if band else set())


@pytest.mark.parametrize(
    ("school", "vocational", "band"),
    [("none", "none", "low"), ("middle", "apprenticeship", "middle"), ("abitur", "none", "middle"),
     ("haupt", "degree", "high"), ("none", "master_craftsman", "high"), ("middle", "none", "low")],
)  # fmt: skip
def test_education_is_the_highest_that_was_completed(school, vocational, band):
    assert derived(PLUS, TOLD | {"school": school, "vocational": vocational})["isced"] == band


def test_who_works_already_cannot_find_work_as_a_result():
    employed = {"entry": TOLD | {"employment": "employed"}, "exit": {"exit_employment": "yes"}}
    assert "EECR04" not in codes_of(PLUS.indicators, employed)
    assert not in_base(indicator(PLUS, "EECR04"), employed)
    assert "EECR04" in codes(PLUS, TOLD, exit={"exit_employment": "yes"})


def test_no_answer_is_neither_yes_nor_missing():
    told = {"entry": TOLD | {"disability": NO_ANSWER}}
    assert "EECO12" not in codes_of(PLUS.indicators, told)
    assert "disability" not in [one.key for one in open_questions(PLUS.questions, told)]


def test_months_out_of_work_are_asked_only_of_the_unemployed():
    question = next(one for one in PLUS.questions if one.key == "unemployed_months")
    assert is_asked(question, {"entry": {"employment": "unemployed"}})
    assert not is_asked(question, {"entry": {"employment": "inactive"}})
    assert not is_asked(question, {"entry": {}})


@pytest.mark.parametrize("missing", sorted(TOLD))
def test_without_an_answer_of_part_1_nobody_counts(missing):
    assert is_countable(PLUS.questions, {"entry": TOLD})
    assert not is_countable(PLUS.questions, {"entry": {key: value for key, value in TOLD.items() if key != missing}})


@given(born=st.dates(date(1930, 1, 1), date(2010, 12, 31)), days=st.integers(0, 30000))
def test_a_year_older_on_each_birthday(born, days):
    day = date.fromordinal(born.toordinal() + days)
    next_year = day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)
    assert age_on(born, next_year) == age_on(born, day) + 1


@given(
    told=st.fixed_dictionaries(
        {question.key: st.sampled_from([*question.choices]) if question.choices else st.integers(0, question.most)
         for question in PLUS.asked_at("entry")}
    )
)  # fmt: skip
def test_every_participant_is_in_just_one_group_of_work_and_of_education(told):
    found = set(codes(PLUS, told))
    for total in PLUS.totals:
        assert total.of in found
        assert len(found & set(total.parts)) == 1 or (total.rest and not found & set(total.parts))


def test_a_sensitive_question_that_must_be_answered_is_refused():
    raw = PLUS.model_dump()
    raw["questions"] = [*raw["questions"], raw["questions"][0] | {"key": "faith", "sensitive": True}]
    with pytest.raises(ValueError, match="must be free to refuse"):
        Line.model_validate(raw)


def test_a_condition_on_a_question_that_does_not_exist_is_refused():
    raw = PLUS.model_dump()
    raw["indicators"] = [{"code": "XX01", "name": "x", "when": [{"question": "faith", "values": ["yes"]}]}]
    raw["totals"] = []
    with pytest.raises(ValueError, match="conditions that cannot hold"):
        Line.model_validate(raw)
