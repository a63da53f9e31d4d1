"""From answers to what a funder counts. Pure: the same answers give the same codes, whenever it is asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tragnetz.reporting.lines.line import NO_ANSWER, Answer, Answers, Condition, Indicator, Line, Question

type Told = Mapping[str, Answers]  # the answers of each moment that was told

_LOW_SCHOOL = frozenset({"none", "special", "haupt", "middle", "school_now"})
_HIGH_VOCATIONAL = frozenset({"master_craftsman", "degree"})
_MIDDLE_VOCATIONAL = frozenset({"apprenticeship", "school_based"})


def age_on(born: date, day: date) -> int:
    """Return how old somebody is on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def derived(line: Line, answers: Answers) -> dict[str, Answer]:
    """Return the answers of the entry with what follows from them: `isced` and `long_term`.

    `isced` is the band of the highest completed education (ISCED 2011): `low` 0 to 2, `middle` 3 and 4, `high` 5 to 8.
    """
    found = {key: value for key, value in answers.items() if key not in {"isced", "long_term"}}
    band = _isced(found.get("school"), found.get("vocational"))
    if band:
        found["isced"] = band
    months, age = found.get("unemployed_months"), found.get("age")
    if isinstance(months, int):
        young = isinstance(age, int) and age < line.young_below
        limit = line.long_term_young_months if young else line.long_term_months
        found["long_term"] = "yes" if months > limit else "no"
    return found


def _isced(school: Answer | None, vocational: Answer | None) -> str:
    if school is None or vocational is None or NO_ANSWER in {school, vocational}:
        return ""
    if vocational in _HIGH_VOCATIONAL:
        return "high"
    if vocational in _MIDDLE_VOCATIONAL or school not in _LOW_SCHOOL:
        return "middle"
    return "low"


def is_asked(question: Question, told: Told) -> bool:
    """Whether a question is asked after these answers."""
    return all(_holds(condition, told) for condition in question.when)


def open_questions(questions: Iterable[Question], told: Told) -> list[Question]:
    """Return the questions that are asked and have no answer yet; one that does not fit the question is none."""
    return [one for one in questions if not one.derived and is_asked(one, told) and not _is_answered(one, told)]


def _is_answered(question: Question, told: Told) -> bool:
    answer = told.get(question.moment, {}).get(question.key)
    return answer is not None and question.takes(answer)


def is_countable(questions: Iterable[Question], told: Told) -> bool:
    """Whether the entry is complete: each question of part 1 that is asked has an answer."""
    return not [one for one in open_questions(questions, told) if one.part == 1 and one.moment == "entry"]


def codes_of(indicators: Sequence[Indicator], told: Told) -> list[str]:
    """Return the codes of the indicators for which this participation counts, in the order of the line."""
    met = {one.code for one in indicators if one.when and all(_holds(row, told) for row in (*one.base, *one.when))}
    summed = {one.code for one in indicators if met & set(one.sum_of)}
    return [one.code for one in indicators if one.code in met | summed]


def in_base(indicator: Indicator, told: Told) -> bool:
    """Whether a result could be reached at all: what somebody has at entry is no result."""
    return all(_holds(row, told) for row in indicator.base)


def bases_of(line: Line, told: Told) -> list[str]:
    """Return the codes of all results of a line that could be reached, in the order of the line."""
    return [one.code for one in line.indicators if one.kind != "output" and in_base(one, told)]


def _holds(condition: Condition, told: Told) -> bool:
    return condition.holds(told.get(condition.at, {}).get(condition.question))
