"""What is wrong in a record of a project (P1 to P17): pure. Nothing here hangs on the clock but by `today`.

Whatever is found is still kept: a finding asks a person to look, it changes no figure by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tragnetz.reporting.enums import Check, Moment
from tragnetz.reporting.lines.derive import Told, derived, is_asked, open_questions
from tragnetz.reporting.lines.line import NO_ANSWER, Line, Question, Total

ADULT, OLDEST = 18, 120
# Which check a result belongs to that cannot be, after what was told at the entry.
IMPOSSIBLE: Mapping[str, Check] = {
    "exit_job_search": Check.JOB_SEARCH, "exit_training": Check.JOB_SEARCH,
    "exit_employment": Check.JOB, "later_employment": Check.JOB, "later_improved": Check.BETTER_JOB,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What a project asks, and its limits."""

    starts: date
    ends: date
    line: Line
    questions: Sequence[Question]
    silent_weeks: int


@dataclass(frozen=True, slots=True)
class Record:
    """A participation as the checks see it. `told_on`: of which day the answers of a moment are.

    `has_case`: only then is it known whether anybody was in contact.
    """

    entered_on: date
    left_on: date | None = None
    told: Told = field(default_factory=dict)
    told_on: Mapping[str, date] = field(default_factory=dict)
    birth_year: int | None = None
    last_contact: date | None = None
    has_case: bool = True


def faults(record: Record, frame: Frame) -> list[Check]:
    """Return what is wrong in the answers whatever the day is, in the order of the checks."""
    found = {*_entry(record, frame.line), *_results(record, frame)}
    return [one for one in Check if one in found]


def due(record: Record, frame: Frame, today: date) -> list[Check]:
    """Return what hangs on the day: outside of the project's time, overdue answers, and long silence."""
    found = []
    if not frame.starts <= record.entered_on <= frame.ends or (record.left_on and record.left_on > frame.ends):
        found.append(Check.TERM)
    if record.left_on and Moment.EXIT not in record.told and today > exit_reminder(record.left_on, frame.line):
        found.append(Check.RESULT_DUE)
    missing = [one for one in open_questions(frame.questions, record.told) if one.moment == "entry" and one.part == 1]
    if missing and today > record.entered_on + timedelta(days=frame.line.entry_within_days):
        found.append(Check.ENTRY_DUE)
    last = max(record.last_contact or record.entered_on, record.entered_on)
    if record.has_case and record.left_on is None and today > last + timedelta(weeks=frame.silent_weeks):
        found.append(Check.SILENT)
    return found


def exit_reminder(left_on: date, line: Line) -> date:
    """Return after which day missing results of an exit are pointed out."""
    return left_on + timedelta(days=line.remind_after_days)


def _entry(record: Record, line: Line) -> Iterator[Check]:
    entry = record.told.get(Moment.ENTRY, {})
    employment, age = entry.get("employment"), entry.get("age")
    if employment is not None and not next(one for one in line.questions if one.key == "employment").takes(employment):
        yield Check.WORK
    if employment != "unemployed" and ("unemployed_months" in entry or "long_term" in entry):
        yield Check.MONTHS
    if age is not None and not _age_fits(age, record):
        yield Check.AGE
    if entry.get("isced") != derived(line, entry).get("isced"):
        yield Check.EDUCATION
    if isinstance(age, int) and age < ADULT and entry.get("isced") == "high":
        yield Check.YOUNG_DEGREE
    if entry.get("third_country") == "yes" and entry.get("foreign_background") == "no":
        yield Check.BACKGROUND
    if entry and entry.get("gender") in {None, NO_ANSWER}:
        yield Check.GENDER


def _age_fits(age: object, record: Record) -> bool:
    if not isinstance(age, int) or not 0 <= age <= OLDEST:
        return False
    if record.birth_year is None:
        return True
    by_year = record.entered_on.year - record.birth_year
    return by_year - 1 <= age <= by_year


def _results(record: Record, frame: Frame) -> Iterator[Check]:
    results = {moment: rows for moment, rows in record.told.items() if moment != Moment.ENTRY and rows}
    for question in frame.questions:
        told = question.moment != "entry" and question.key in results.get(question.moment, {})
        if told and question.key in IMPOSSIBLE and not is_asked(question, record.told):
            yield IMPOSSIBLE[question.key]
    if results and record.left_on is None:
        yield Check.LATE_RESULT
    told_on = record.told_on.get(Moment.EXIT)
    if record.left_on and told_on and told_on > record.left_on + timedelta(days=frame.line.results_within_days):
        yield Check.LATE_RESULT


def open_sums(totals: Iterable[Total], counts: Mapping[str, int], people: int) -> list[Total]:
    """Return the totals of a funding line that do not add up (P16), from how many have each code.

    `people` are those who count. A total whose parts a project does not report is not looked at: `counts` has them not.
    """
    return [one for one in totals if set(one.parts) <= counts.keys() and not _adds_up(one, counts, people)]


def _adds_up(total: Total, counts: Mapping[str, int], people: int) -> bool:
    parts, every = sum(counts[code] for code in total.parts), counts.get(total.of, people)
    return every == people and (parts <= people if total.rest else parts == people)
