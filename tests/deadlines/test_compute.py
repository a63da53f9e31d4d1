"""Each rule on dated examples, and what holds for all of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deadlines.nrw import NRW
from tragnetz.deadlines.book import GROUPS, by_group, rules
from tragnetz.deadlines.compute import compute
from tragnetz.deadlines.days import is_workday
from tragnetz.deadlines.values import Dates, DatesError

# rule -> (start, last day); with arrival by post where a letter is concerned. Each by the paragraph of the rule.
EXAMPLES = [
    ("objection", "2026-11-02", "2026-12-07"),  # fourth day 6 Nov; 6 Dec is a Sunday
    ("objection", "2026-11-26", "2026-12-30"),
    ("objection", "2026-11-27", "2027-01-04"),  # fourth day 1 Dec; 1 Jan is a Friday and a holiday
    ("objection", "2024-12-31", "2025-02-03"),  # still the third day, 3 Jan
    ("objection", "2025-01-01", "2025-02-05"),  # the fourth day from now on
    ("objection", "2026-01-27", "2026-03-02"),  # fourth day 31 Jan, ends with February, a Saturday
    ("objection", "2028-01-27", "2028-02-29"),  # the same in a leap year
    ("objection", "2026-04-30", "2026-06-05"),  # fourth day 4 May; 4 June is Fronleichnam
    ("objection", "2027-04-13", "2027-05-18"),  # fourth day is a Saturday and stays; 17 May is Whit Monday
    ("social_court", "2026-09-28", "2026-11-02"),  # fourth day 2 Oct; 2 Nov is a Monday
    ("admin_court", "2026-09-23", "2026-10-27"),
    ("hearing", "2026-12-05", "2026-12-05"),
    ("cooperate", "2026-12-11", "2026-12-11"),
    ("appointment", "2026-12-24", "2026-12-24"),
    ("office_day", "2026-12-18", "2026-12-18"),
    ("review_year", "2025-03-15", "2026-12-31"),
    ("review", "2022-03-15", "2026-12-31"),
    ("reinstate", "2026-11-16", "2026-11-30"),
    ("reinstate_sgg", "2026-11-16", "2026-12-16"),
    ("legal_aid", "2026-11-02", "2026-11-30"),
    ("payment_order", "2026-12-11", "2026-12-28"),  # 25 Dec is Christmas, then comes a weekend
    ("enforcement_order", "2026-11-10", "2026-11-24"),
    ("defence", "2026-11-14", "2026-11-30"),  # 28 Nov is a Saturday
    ("insolvency_application", "2026-08-31", "2027-03-01"),  # ends with February, a Sunday
    ("dismissal", "2026-11-02", "2026-11-23"),
    ("dismissal", "2026-12-11", "2027-01-04"),  # 1 Jan is a Friday and a holiday
    ("dismissal", "2026-10-10", "2026-11-02"),  # 31 Oct is a Saturday, 1 Nov All Saints
    ("dismissal", "2026-12-03", "2026-12-24"),  # Christmas Eve is no holiday
    ("unemployed", "2026-12-01", "2026-12-01"),
    ("unemployed", "2027-01-01", "2027-01-04"),
    ("insolvency_pay", "2026-12-31", "2027-03-01"),  # 28 Feb 2027 is a Sunday
    ("insolvency_pay", "2026-10-01", "2026-12-01"),
    ("training_aid", "2026-09-15", "2026-09-30"),
    ("rent_arrears", "2026-10-24", "2026-12-24"),
    ("tenancy_objection", "2026-12-31", "2026-10-31"),
    ("power_cut", "2026-11-02", "2026-11-30"),
    ("basic_income", "2026-02-03", "2026-02-28"),
    ("basic_old", "2028-02-03", "2028-02-29"),
    ("social_help", "2026-11-29", "2026-11-29"),
    ("housing_benefit", "2026-11-29", "2026-11-30"),
    ("housing_after", "2026-11-02", "2026-12-31"),
    ("child_supplement", "2026-12-01", "2026-12-31"),
    ("again", "2026-08-20", "2027-02-28"),
    ("student_aid", "2026-10-10", "2026-10-31"),
    ("participation", "2026-10-10", "2026-10-31"),
    ("parental", "2026-01-10", "2026-05-09"),
    ("parental", "2026-10-31", "2027-02-28"),
    ("child_benefit", "2026-01-05", "2026-07-31"),
    ("maintenance", "2026-06-01", "2026-06-30"),
    ("education", "2025-09-10", "2026-09-30"),
    ("mother_child", "2027-01-15", "2027-01-14"),
    ("sick_report", "2026-11-02", "2026-11-09"),
    ("care_claim", "2026-04-05", "2026-04-30"),
    ("relief", "2025-05-05", "2026-06-30"),
    ("disability_pension", "2026-01-20", "2026-04-30"),
]
NEEDS_TWO = ["job_seeking"]


def due(key, **dates):
    return compute(rules()[key], Dates(**dates), NRW).due_on


@pytest.mark.parametrize(("key", "start", "last"), EXAMPLES)
def test_the_last_day_is_that_of_the_statute(key, start, last):
    assert due(key, start=date.fromisoformat(start)) == date.fromisoformat(last)


def test_every_rule_has_an_example():
    assert sorted({key for key, _start, _last in EXAMPLES} | set(NEEDS_TWO)) == sorted(rules())


@pytest.mark.parametrize(
    ("heard", "end", "last"),
    [
        (date(2026, 8, 3), date(2026, 12, 31), date(2026, 9, 30)),  # three months before
        (date(2026, 11, 2), date(2026, 12, 31), date(2026, 11, 5)),  # three days
        (date(2026, 11, 5), date(2026, 12, 31), date(2026, 11, 9)),  # the third is a Sunday
        (date(2026, 2, 1), date(2026, 7, 31), date(2026, 4, 30)),
        (date(2026, 6, 1), date(2026, 11, 30), date(2026, 8, 31)),
        (date(2026, 1, 2), date(2026, 8, 31), date(2026, 5, 31)),  # a Sunday: counted back, never moved to a later day
    ],
)
def test_whoever_loses_work_says_so_in_three_months_or_three_days(heard, end, last):
    assert due("job_seeking", start=heard, end=end) == last


def test_a_letter_that_came_late_counts_from_the_day_it_came():
    assert due("objection", start=date(2026, 11, 2), received=date(2026, 11, 12)) == date(2026, 12, 14)


def test_a_letter_that_came_early_counts_as_received_on_the_fourth_day():
    early = compute(rules()["objection"], Dates(date(2026, 11, 2), received=date(2026, 11, 3)), NRW)

    assert early.due_on == date(2026, 12, 7)
    assert any("früher" in line.text for line in early.lines)


def test_a_letter_that_was_handed_over_counts_at_once():
    assert due("objection", start=date(2026, 11, 2), arrival="handed") == date(2026, 12, 2)


def test_a_letter_that_never_came_starts_nothing():
    found = compute(rules()["objection"], Dates(date(2026, 11, 2), arrival="never"), NRW)

    assert found.due_on is None
    assert "beweisen" in found.lines[0].text


def test_without_instruction_there_is_a_year_and_a_warning():
    found = compute(rules()["objection"], Dates(date(2026, 11, 2), instructed=False), NRW)

    assert found.due_on == date(2027, 11, 8)  # 6 Nov 2027 is a Saturday
    assert any(line.statute == "§ 66 Abs. 2 SGG" for line in found.lines)


def test_the_fourth_day_on_a_weekend_stays_and_is_marked_as_disputed():
    found = compute(rules()["objection"], Dates(date(2026, 11, 3)), NRW)  # the fourth day is Saturday, 7 November

    assert found.due_on == date(2026, 12, 7)
    assert found.uncertain
    assert [line.open for line in found.lines].count(True) == 1


def test_christmas_eve_is_told_to_be_no_holiday():
    found = compute(rules()["dismissal"], Dates(date(2026, 12, 3)), NRW)

    assert "kein gesetzlicher Feiertag" in found.lines[-1].text


@pytest.mark.parametrize(
    ("key", "dates", "words"),
    [
        ("objection", Dates(date(1926, 11, 2)), "Jahr"),
        ("objection", Dates(date(2026, 11, 2), received=date(2026, 11, 1)), "angekommen"),
        ("job_seeking", Dates(date(2026, 11, 2)), "Letzter Tag der Arbeit"),
        ("job_seeking", Dates(date(2026, 11, 2), end=date(2026, 11, 1)), "Ende"),
    ],
)
def test_dates_that_do_not_fit_are_refused(key, dates, words):
    with pytest.raises(DatesError, match=words):
        compute(rules()[key], dates, NRW)


@given(
    st.sampled_from(sorted(rules())), st.dates(date(2022, 1, 1), date(2030, 12, 31)),
    st.integers(0, 400), st.integers(0, 30), st.sampled_from(["post", "handed"]), st.booleans(),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_the_end_is_never_before_the_sum_and_never_moved_to_a_day_off(key, start, work, late, arrival, instructed):
    rule = rules()[key]
    dates = Dates(start, arrival, start + timedelta(days=late), start + timedelta(days=work), instructed)

    found = compute(rule, dates, NRW)

    assert found.unrolled <= found.due_on <= found.unrolled + timedelta(days=5)
    assert found.due_on == found.unrolled or is_workday(found.due_on, NRW)
    assert all(line.text and line.statute for line in found.lines)
    if rule.roll and key not in NEEDS_TWO:
        assert is_workday(found.due_on, NRW)


@given(st.sampled_from(sorted(set(rules()) - set(NEEDS_TWO))), st.dates(date(2022, 1, 1), date(2030, 12, 31)))
@settings(max_examples=200, deadline=None)
def test_an_event_a_day_later_never_ends_earlier(key, start):
    assert due(key, start=start) <= due(key, start=start + timedelta(days=1))


def test_rules_are_all_in_a_group_and_say_where_they_come_from():
    listed = [rule.key for _words, found in by_group() for rule in found]

    assert sorted(listed) == sorted(rules())
    assert len(by_group()) == len(GROUPS)
    assert all(rule.source.url.startswith("https://www.gesetze-im-internet.de/") for rule in rules().values())
    assert {rule.key for rule in rules().values() if rule.checked} >= {"objection", "dismissal", "parental", "again"}
