"""Each rule on dated examples, and what holds for all of them."""

import subprocess
import sys
from contextlib import nullcontext
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.deadlines.nrw import NRW
from tragnetz.deadlines.book import GROUPS, Rule, by_group, rules
from tragnetz.deadlines.compute import compute
from tragnetz.deadlines.days import is_banking_day, is_workday
from tragnetz.deadlines.methods import counts_back
from tragnetz.deadlines.values import Dates, DatesError

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [
    (key, one)
    for key, found in yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text(encoding="utf-8")).items()
    for one in found
]
NEEDS_TWO = ["job_seeking"]
OFFICIAL = ("https://www.gesetze-im-internet.de/", "https://recht.nrw.de/")


def due(key, **dates):
    return compute(rules()[key], Dates(**dates), NRW).due_on


@pytest.mark.parametrize(
    ("key", "one"), EXAMPLES, ids=lambda given: given if isinstance(given, str) else str(given["start"])
)
def test_the_last_day_is_that_of_the_statute(key, one):
    assert due(key, start=one["start"], end=one.get("end")) == one["last"]


# One sum for each rule whose plain examples end on workdays: it ends on a day off, which moves its end or does not.
DAYS_OFF = {
    "social_court": (date(2026, 11, 2), date(2026, 12, 7)),  # 6 December is a Sunday
    "admin_court": (date(2026, 11, 2), date(2026, 12, 7)),
    "cooperate": (date(2026, 11, 7), date(2026, 11, 7)),  # a Saturday
    "appointment": (date(2026, 11, 7), date(2026, 11, 7)),
    "office_day": (date(2026, 11, 7), date(2026, 11, 7)),
    "review_year": (date(2027, 1, 25), date(2028, 12, 31)),  # a Sunday
    "review": (date(2029, 1, 22), date(2033, 12, 31)),  # a Saturday
    "reinstate": (date(2026, 11, 7), date(2026, 11, 23)),  # 21 November is a Saturday
    "reinstate_sgg": (date(2026, 11, 5), date(2026, 12, 7)),  # 5 December is a Saturday
    "legal_aid": (date(2026, 11, 7), date(2026, 12, 7)),
    "enforcement_order": (date(2026, 11, 7), date(2026, 11, 23)),
    "short_work_notice": (date(2027, 1, 25), date(2027, 1, 31)),  # a Sunday
    "short_work_claim": (date(2026, 11, 2), date(2027, 2, 28)),  # a Sunday
    "training_aid": (date(2027, 1, 25), date(2027, 1, 31)),
    "upgrade_training": (date(2027, 1, 25), date(2027, 1, 31)),
    "upgrade_training_fees": (date(2026, 11, 7), date(2026, 11, 7)),
    "rent_arrears": (date(2026, 11, 2), date(2027, 1, 4)),  # 2 January is a Saturday
    "power_cut": (date(2026, 11, 7), date(2026, 12, 5)),  # a Saturday: nobody waits until Monday to pay
    "housing_permit": (date(2026, 11, 2), date(2027, 11, 1)),  # All Saints
    "basic_old": (date(2027, 1, 25), date(2027, 1, 31)),
    "housing_benefit": (date(2027, 1, 25), date(2027, 1, 31)),
    "housing_after": (date(2026, 12, 28), date(2027, 1, 31)),
    "child_supplement": (date(2027, 1, 25), date(2027, 1, 31)),
    "again_soon": (date(2027, 1, 25), date(2027, 1, 31)),
    "broadcasting": (date(2027, 3, 22), date(2030, 3, 31)),  # a Sunday
    "rehab_clearing": (date(2026, 11, 7), date(2026, 11, 21)),
    "child_benefit": (date(2027, 1, 25), date(2027, 7, 31)),  # a Saturday
    "maintenance": (date(2027, 1, 25), date(2027, 1, 31)),
    "education": (date(2027, 4, 19), date(2028, 4, 30)),  # a Sunday
    "sick_report": (date(2026, 11, 7), date(2026, 11, 16)),  # 14 November is a Saturday
    "care_claim": (date(2027, 1, 25), date(2027, 1, 31)),
    "relief": (date(2028, 1, 24), date(2029, 6, 30)),  # a Saturday
    "care_substitute": (date(2027, 1, 25), date(2028, 12, 31)),
    "care_days": (date(2026, 11, 7), date(2026, 11, 7)),
    "disability_pension": (date(2026, 11, 2), date(2027, 2, 28)),
}


@pytest.mark.parametrize("key", DAYS_OFF)
def test_a_day_off_moves_the_end_or_leaves_it(key):
    start, last = DAYS_OFF[key]

    assert due(key, start=start) == last


def without_instruction(key):
    """The end of a letter of 2 November that does not say how to object; the same day for a rule that asks for none."""
    return due(key, start=date(2026, 11, 2), instructed=False)


ANY_YEAR = date(2027, 11, 8)  # a year after the fourth day, which is a Saturday


@pytest.mark.parametrize("key", ["objection", "tax_objection", "social_court", "admin_court"])
def test_a_letter_without_instruction_leaves_a_year(key):
    assert without_instruction(key) == ANY_YEAR


def slips(rule):
    """What may slip when a rule is written down or a law changes: another number, a flag, a field that is left out."""
    for name in ("months", "weeks", "days", "workdays", "years"):
        if number := getattr(rule, name):
            yield from ({name: number + 1}, {name: number - 1})
    if rule.method == "year":
        yield {"until": (11, 30)}
    if not counts_back(rule, Dates(date(2026, 11, 2))) and not rule.workdays:
        yield {"roll": not rule.roll}  # what is counted back never moves to a later day
    if rule.workdays:
        yield {"banking": not rule.banking}
    if rule.post:
        yield {"post": ""}
    if rule.instruction:
        yield {"instruction": ""}


def is_as_told(rule):
    """Whether all sums that stand in these tests come out with a rule as it is given."""
    sums = [(Dates(one["start"], end=one.get("end")), one["last"]) for key, one in EXAMPLES if key == rule.key]
    if rule.key in DAYS_OFF:
        start, last = DAYS_OFF[rule.key]
        sums.append((Dates(start), last))
    if rules()[rule.key].instruction:
        sums.append((Dates(date(2026, 11, 2), instructed=False), ANY_YEAR))
    return all(compute(rule, dates, NRW).due_on == last for dates, last in sums)


@pytest.mark.parametrize("key", rules())
def test_every_slip_in_a_rule_is_noticed_by_a_sum(key):
    """A number that no sum hangs on could be wrong for years: whoever misses a deadline learns it too late."""
    rule = rules()[key]
    assert is_as_told(rule)

    unnoticed = [slip for slip in slips(rule) if is_as_told(rule.model_copy(update=slip))]

    assert unnoticed == []


def test_every_rule_has_an_example():
    assert [key for key, _one in groupby(EXAMPLES, itemgetter(0))] == list(rules())


def test_the_page_of_the_law_prints_each_rule_with_its_examples():
    """Mended by `python tools/print_deadlines.py`."""
    done = subprocess.run([sys.executable, "tools/print_deadlines.py", "--check"], cwd=ROOT, check=False)

    assert done.returncode == 0


STEPS = {  # what a person reads, from the first day to the last
    ("objection", date(2026, 11, 2)): (
        "Er gilt am vierten Tag danach als angekommen (seit 1. Januar 2025): Freitag, 6. November 2026.",
        "Die Frist beginnt am Samstag, 7. November 2026.",
        "Sie endet am Tag mit der gleichen Zahl: Sonntag, 6. Dezember 2026.",
        "Der 6. Dezember 2026 ist ein Sonntag. Die Frist endet am nächsten Werktag: Montag, 7. Dezember 2026.",
    ),
    ("objection", date(2024, 12, 31)): (
        "Er gilt am dritten Tag danach als angekommen (bis 31. Dezember 2024): Freitag, 3. Januar 2025.",
        "Die Frist beginnt am Samstag, 4. Januar 2025.",
        "Sie endet am Tag mit der gleichen Zahl: Montag, 3. Februar 2025.",
    ),
    ("hearing", date(2026, 12, 5)): (
        "Es zählt der Tag selbst: Samstag, 5. Dezember 2026.",
        "Wir rechnen vorsichtig und verschieben nichts. Handeln Sie am Werktag davor: Freitag, 4. Dezember 2026.",
    ),
    ("review_year", date(2025, 3, 15)): (
        "Es zählt das Jahr 2025. Der letzte Tag ist Donnerstag, 31. Dezember 2026.",
        "Der 31. Dezember ist kein gesetzlicher Feiertag.",
    ),
    ("court_aid", date(2027, 1, 20)): (
        "Gerechnet wird zurück vom Mittwoch, 20. Januar 2027. Der letzte Tag ist Dienstag, 19. Januar 2027.",
    ),
    ("short_work_notice", date(2026, 11, 5)): (
        "Für November 2026 ist der letzte Tag Montag, 30. November 2026. Am Tag danach zählt er erst ab Dezember 2026.",
    ),
    ("short_work_claim", date(2026, 8, 10)): (
        "Es zählt der Monat August 2026. Danach hat man noch drei Monate: bis Montag, 30. November 2026.",
    ),
    ("housing_permit", date(2026, 11, 16)): (
        "Dieser Tag (Montag, 16. November 2026) zählt mit. Es dauert ein Jahr. Der letzte Tag ist Montag, 15. November 2027.",
    ),
    ("protected_account_back", date(2026, 11, 13)): (
        "Die Frist beginnt am Samstag, 14. November 2026.",
        "Die Frist dauert einen Monat. Sie endet am Tag mit der gleichen Zahl: Sonntag, 13. Dezember 2026.",
        "Am 13. Dezember 2026 arbeiten Banken nicht. Es zählt der Geschäftstag davor: Freitag, 11. Dezember 2026.",
        "müssen noch volle drei Geschäftstage vergehen. Wir zählen Montag bis Freitag, ohne Feiertage und ohne den 24. und",
    ),
    ("insolvency_application", date(2026, 8, 31)): (
        "Die Frist beginnt am Dienstag, 1. September 2026.",
        "Den 31. gibt es im Februar 2027 nicht. Darum endet sie am letzten Tag des Monats: Sonntag, 28. Februar 2027.",
        "Wir rechnen vorsichtig und verschieben nichts. Handeln Sie am Werktag davor: Freitag, 26. Februar 2027.",
    ),
    ("sick_renewal", date(2026, 11, 13)): (
        "Die Frist beginnt am Samstag, 14. November 2026.",
        "Die Frist dauert einen Tag. Ihr letzter Tag ist Samstag, 14. November 2026.",
        "Die Frist endet am nächsten Werktag: Montag, 16. November 2026.",
    ),
    ("parental", date(2026, 1, 10)): (
        "An diesem Tag beginnt der erste Lebensmonat.",
        "muss der Antrag im 4. Lebensmonat da sein. Er endet am Samstag, 9. Mai 2026.",
        "Handeln Sie am Werktag davor: Freitag, 8. Mai 2026.",
    ),
}


@pytest.mark.parametrize(("key", "start"), STEPS)
def test_each_step_is_told_with_its_day(key, start):
    lines = compute(rules()[key], Dates(start), NRW).lines

    assert len(lines) == len(STEPS[key, start])
    for line, words in zip(lines, STEPS[key, start], strict=True):
        assert words in line.text


def test_what_a_rule_does_not_ask_for_changes_nothing():
    """`hearing` has no post and no second day: a form may send both, left over from another rule."""
    plain = compute(rules()["hearing"], Dates(date(2026, 12, 7)), NRW)

    for left in ({"received": date(2026, 12, 1)}, {"end": date(2026, 12, 1)}):
        assert compute(rules()["hearing"], Dates(date(2026, 12, 7), **left), NRW) == plain


@pytest.mark.parametrize(
    ("key", "start", "disputed"), [("again", date(2026, 8, 20), True), ("hearing", date(2026, 12, 5), False)]
)
def test_whether_a_weekend_moves_the_end_of_a_month_is_marked_as_disputed(key, start, disputed):
    assert compute(rules()[key], Dates(start), NRW).lines[-1].open == disputed


@pytest.mark.parametrize(
    ("day", "taken"),
    [(date(1999, 12, 31), False), (date(2000, 1, 1), True), (date(2099, 12, 31), True), (date(2100, 1, 1), False)],
)
def test_days_of_another_century_are_refused(day, taken):
    with nullcontext() if taken else pytest.raises(DatesError):
        compute(rules()["hearing"], Dates(day), NRW)


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


def test_a_leave_is_announced_so_many_whole_workdays_before():
    found = compute(rules()["care_leave"], Dates(date(2027, 1, 11)), NRW)

    assert found.due_on == date(2026, 12, 23)  # 24, 28 to 31 December and 4 to 8 January lie between
    assert "volle zehn Arbeitstage" in found.lines[0].text


def test_money_that_is_there_needs_the_bank_to_be_asked_in_time_and_not_only_within_the_month():
    """§ 899 Abs. 1 ZPO: the account must be changed within the month, and the bank has until the fourth banking day."""
    found = compute(rules()["protected_account_back"], Dates(date(2026, 11, 30)), NRW)

    assert found.due_on == date(2026, 12, 22)  # 23, 28 and 29 December lie between; 24 and 25 are none
    assert is_banking_day(date(2026, 12, 30), NRW)
    assert not any(is_banking_day(date(2026, 12, day), NRW) for day in (24, 25, 26, 27, 31))


def test_what_the_jobcenter_and_the_child_supplement_want_at_once_has_no_six_months():
    other, at_once = due("again", start=date(2026, 8, 20)), due("again_soon", start=date(2026, 8, 20))

    assert (other, at_once) == (date(2027, 2, 28), date(2026, 8, 31))


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


@pytest.mark.parametrize(
    ("key", "lengths", "last"),
    [
        ("dismissal", {"weeks": 0, "days": 10}, date(2026, 11, 12)),
        ("dismissal", {"weeks": 0, "years": 1}, date(2027, 11, 2)),
        ("housing_permit", {"years": 0, "days": 10}, date(2026, 11, 11)),
        ("housing_permit", {"years": 0, "months": 6}, date(2027, 5, 1)),
        ("tenancy_objection", {"months": 0, "days": 10}, date(2026, 10, 23)),
    ],
)  # fmt: skip
def test_lengths_that_no_rule_has_yet_are_counted_alike(key, lengths, last):
    """The book may get one with the next change of a law."""
    rule = rules()[key].model_copy(update=lengths)

    assert compute(rule, Dates(date(2026, 11, 2)), NRW).unrolled == last


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


@pytest.mark.parametrize(
    ("lengths", "words"),
    [({"weeks": 0}, "needs a length"), ({"months": 1}, "one length"), ({"second": "Ende"}, "second event")],
)
def test_a_rule_of_the_book_has_one_length(lengths, words):
    """Two would be counted, but one alone told."""
    known = rules()["dismissal"].model_dump()
    assert Rule(**known)

    with pytest.raises(ValidationError, match=words):
        Rule(**known | lengths)


def test_rules_are_all_in_a_group_and_say_where_they_come_from():
    listed = [rule.key for _words, found in by_group() for rule in found]

    assert sorted(listed) == sorted(rules())
    assert len(by_group()) == len(GROUPS)
    assert all(rule.source.url.startswith(OFFICIAL) for rule in rules().values())


def test_a_rule_is_read_on_a_day_or_says_why_not():
    for rule in rules().values():
        assert rule.checked == (not rule.unread)
        assert rule.source.as_of is not None or rule.unread
        assert not rule.unread or rule.unread.endswith(".")
    assert {"objection", "dismissal", "parental", "again", "payment_order", "rent_arrears", "power_date"} <= {
        rule.key for rule in rules().values() if rule.checked
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unread": "", "source": {"title": "Gesetz"}}, "of which day"),
        ({"method": "period", "months": 1, "workdays": 3, "roll": True}, "never roll"),
        ({"method": "month", "workdays": 3, "roll": False}, "never roll"),
    ],
)
def test_a_rule_that_cannot_be_right_is_refused(changes, words):
    given = rules()["hearing"].model_dump() | changes

    with pytest.raises(ValidationError, match=words):
        Rule.model_validate(given)


def test_a_letter_that_came_on_the_very_day_has_nothing_to_be_said_of():
    """The fourth day after 2 November is the 6th: neither too early nor too late."""
    on_time = compute(rules()["objection"], Dates(date(2026, 11, 2), received=date(2026, 11, 6)), NRW)
    unknown = compute(rules()["objection"], Dates(date(2026, 11, 2)), NRW)

    assert on_time == unknown


def test_what_is_counted_back_from_an_event_is_known_as_such():
    before = next(rule for rule in rules().values() if rule.method == "before")
    other = rules()["objection"]

    assert counts_back(before, Dates(date(2026, 11, 2))) is True
    assert counts_back(other, Dates(date(2026, 11, 2))) is False
