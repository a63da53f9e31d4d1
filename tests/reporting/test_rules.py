"""What is wrong in a record (P1 to P17), and when it is pointed out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting.conftest import FIRST, LAST, TOLD
from tragnetz.reporting.enums import Check
from tragnetz.reporting.lines.derive import codes_of, derived, is_countable
from tragnetz.reporting.lines.line import NO_ANSWER, lines
from tragnetz.reporting.participation.rules import Frame, Record, due, faults, open_sums

PLUS, OLD = lines()["esf-plus"], lines()["esf-2014"]
FRAME = Frame(FIRST, LAST, PLUS, PLUS.questions, silent_weeks=12)
IN, OUT = date(2026, 2, 1), date(2026, 6, 30)


def record(out=None, born=None, exit_told=None, told_on=None, later=None, **entry):
    told = {"entry": derived(PLUS, {key: value for key, value in (TOLD | entry).items() if value is not None})}
    told |= {key: value for key, value in {"exit": exit_told, "six_months": later}.items() if value is not None}
    days = {"exit": told_on or OUT} if exit_told is not None else {}
    return Record(IN, out, told, days, born)


def test_a_sound_record_has_no_fault():
    sound = record(OUT, 1988, {"exit_employment": "yes"}, later={"later_employment": "no"})
    assert faults(sound, FRAME) == []


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        (record(employment="rich"), "P2"),
        (record(born=1980), "P4"),
        (record(age=121), "P4"),
        (record(age=17, vocational="degree"), "P6"),
        (record(OUT, exit_told={"exit_job_search": "yes"}), "P7"),
        (record(OUT, exit_told={"exit_training": "yes"}, in_training="yes"), "P7"),
        (record(OUT, exit_told={"exit_employment": "yes"}, employment="employed", unemployed_months=None), "P8"),
        (record(OUT, later={"later_improved": "yes"}), "P9"),
        (record(exit_told={"exit_training": "no"}), "P10"),
        (record(OUT, exit_told={"exit_training": "no"}, told_on=OUT + timedelta(days=29)), "P10"),
        (record(third_country="yes", foreign_background="no"), "P13"),
        (record(gender=None), "P17"),
        (record(gender=NO_ANSWER), "P17"),
    ],
)
def test_each_fault_is_found_alone(wrong, check):
    assert check in faults(wrong, FRAME)


def test_derived_answers_that_do_not_follow_are_found():
    sound = record()
    high = replace(sound, told={"entry": sound.told["entry"] | {"isced": "high"}})
    months = replace(sound, told={"entry": {**sound.told["entry"], "employment": "inactive"}})

    assert faults(high, FRAME) == [Check.EDUCATION]
    assert Check.MONTHS in faults(months, FRAME)


def test_a_result_of_the_last_day_in_time_is_not_late():
    assert faults(record(OUT, exit_told={"exit_training": "no"}, told_on=OUT + timedelta(days=28)), FRAME) == []


@pytest.mark.parametrize(("days", "found"), [(21, False), (22, True)])
def test_results_that_are_missing_are_pointed_out_after_three_weeks(days, found):
    assert (Check.RESULT_DUE in due(record(OUT), FRAME, OUT + timedelta(days=days))) is found


@pytest.mark.parametrize(("days", "found"), [(28, False), (29, True)])
def test_an_entry_that_is_not_complete_is_pointed_out_after_four_weeks(days, found):
    day = IN + timedelta(days=days)
    assert (Check.ENTRY_DUE in due(record(school=None), FRAME, day)) is found
    assert Check.ENTRY_DUE not in due(record(), FRAME, day)


def test_long_silence_asks_whether_it_has_ended():
    quiet, day = replace(record(), last_contact=date(2026, 3, 1)), date(2026, 5, 25)

    assert Check.SILENT in due(quiet, FRAME, day)
    assert Check.SILENT not in due(quiet, FRAME, day - timedelta(days=1))
    assert Check.SILENT not in due(replace(quiet, left_on=OUT), FRAME, day)
    assert Check.SILENT not in due(replace(quiet, has_case=False), FRAME, day)


def test_outside_of_the_time_of_the_project_is_found():
    assert Check.TERM in due(replace(record(), entered_on=FIRST - timedelta(days=1)), FRAME, IN)
    assert Check.TERM in due(record(LAST + timedelta(days=1)), FRAME, IN)
    assert Check.TERM not in due(record(LAST), FRAME, IN)


def test_sums_that_do_not_add_up_are_found():
    counts = {code: 0 for total in PLUS.totals for code in (total.of, *total.parts)}
    assert open_sums(PLUS.totals, counts | {"EECO01": 3, "EECO02": 3, "EECO09": 2, "EECO11": 1}, 3) == []
    assert open_sums(PLUS.totals, counts | {"EECO01": 3, "EECO02": 3, "EECO09": 2}, 3) == [PLUS.totals[2]]
    adds_up = counts | {"EECO01": 3, "EECO02": 3, "EECO09": 3}
    assert open_sums(PLUS.totals, adds_up | {"EECO06": 1, "EECO08": 2}, 3) == []
    assert open_sums(PLUS.totals, adds_up | {"EECO06": 2, "EECO08": 2}, 3) == [PLUS.totals[1]]


def answers(line):
    """Any answers at all, right and wrong, told or not."""
    kinds = {
        one.key: st.sampled_from([*one.choices, NO_ANSWER, "nonsense"]) if one.choices else st.integers(-5, 700)
        for one in line.asked_at("entry")
    }
    return st.fixed_dictionaries({}, optional=kinds)


@pytest.mark.parametrize("line", [PLUS, OLD], ids=["esf-plus", "esf-2014"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_told_the_sums_of_a_project_add_up(line, data):
    people = data.draw(st.lists(answers(line), max_size=12))
    told = [{"entry": derived(line, one)} for one in people]
    counting = [codes_of(line.indicators, one) for one in told if is_countable(line.questions, one)]
    counts = {one.code: sum(one.code in codes for codes in counting) for one in line.indicators}

    assert open_sums(line.totals, counts, len(counting)) == []
