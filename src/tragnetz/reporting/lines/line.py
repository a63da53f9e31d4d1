"""The shape of a funding line, read from its YAML file."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

type Words = Annotated[str, Field(min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=40)]
type MomentName = Literal["entry", "exit", "six_months"]
type Answer = str | int
type Answers = Mapping[str, Answer]

NO_ANSWER = "no_answer"  # "keine Angabe": asked, and the person would not say; never the same as not asked


class Strict(BaseModel):
    """A map in a file: nothing but the fields below."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(Strict):
    """Where it was read, and of which day that text is."""

    title: Words
    url: str = ""
    as_of: date


class Condition(Strict):
    """What an answer must be: one of `values`, or a number within `least` and `most`. No answer meets no condition."""

    question: Name
    at: MomentName = "entry"
    values: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if bool(self.values) == (self.least is not None or self.most is not None):
            message = f"{self.question}: needs either values, or least or most"
            raise ValueError(message)
        return self

    def holds(self, answer: Answer | None) -> bool:
        """Whether an answer meets it."""
        if answer is None or answer == NO_ANSWER:
            return False
        if self.values:
            return str(answer) in self.values
        if not isinstance(answer, int):
            return False
        return (self.least is None or answer >= self.least) and (self.most is None or answer <= self.most)


class Question(Strict):
    """One question. Part 1 must be answered, or the person cannot be counted; the others may be refused.

    `choices` gives codes with their German words; without them the answer is a number from `least` to `most`. `when`:
    it is asked only if all of these hold. `sensitive`: a special category of data (Art. 9 DSGVO), never needed.
    `derived`: never asked, computed from other answers by `derive`.
    """

    key: Name
    moment: MomentName = "entry"
    part: Literal[1, 2, 3] = 1
    text: Words
    help: str = ""
    choices: dict[str, Words] = {}
    least: int = 0
    most: int = 0
    when: tuple[Condition, ...] = ()
    may_refuse: bool = False
    sensitive: bool = False
    derived: bool = False
    checked: bool = True

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if bool(self.choices) == bool(self.most):
            message = f"{self.key}: needs either choices or a highest number"
            raise ValueError(message)
        if self.sensitive and not self.may_refuse:
            message = f"{self.key}: a sensitive question must be free to refuse"
            raise ValueError(message)
        return self

    def takes(self, answer: Answer) -> bool:
        """Whether this is an answer to it."""
        if answer == NO_ANSWER:
            return self.may_refuse
        if self.choices:
            return str(answer) in self.choices
        return isinstance(answer, int) and self.least <= answer <= self.most


class Indicator(Strict):
    """A figure of the funder: of those for whom all conditions hold. A result counts only for those in its `base`.

    The base is known at the entry: so it is kept when it is told, and no cut-off day changes it. `sum_of`: computed
    from other indicators, never from answers.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}\d{2}$")]
    name: Words
    kind: Literal["output", "immediate", "longer"] = "output"
    personal: Literal[0, 1, 2] = 1
    when: tuple[Condition, ...] = ()
    base: tuple[Condition, ...] = ()
    sum_of: tuple[str, ...] = ()
    checked: bool = True

    @model_validator(mode="after")
    def _counts_something(self) -> Self:
        if bool(self.when) == bool(self.sum_of):
            message = f"{self.code}: needs either conditions or a sum"
            raise ValueError(message)
        if any(condition.at != "entry" for condition in self.base):
            message = f"{self.code}: who can have a result at all must be known at the entry"
            raise ValueError(message)
        return self


class Total(Strict):
    """Indicators of which everybody who counts has just one: rule P16. `of` is the one of all, if there is one.

    `rest` names those who have none of them, where there may be some ("30 bis 54 Jahre"): then nobody has two.
    """

    of: str = ""
    parts: tuple[str, ...]
    rest: str = ""


class Line(Strict):
    """A funding line: what must be asked and counted, and its limits.

    `bagatelle_minutes`: up to so much help somebody is no participant. `results_within_days`: so long after the exit
    its results may be told. `long_term_months`, `long_term_young_months` (for those under `young_below`): out of work
    for more than so long is long. `retention_years` count from the end of the year of the last payment.

    Fixed figures keep their line in this shape (`snapshots/frames.py`): what is added here needs a usual value, and
    what is taken out must still be read.
    """

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    name: Words
    source: Source
    bagatelle_minutes: int = Field(ge=0)
    entry_within_days: int = Field(default=28, ge=1)
    results_within_days: int = Field(default=28, ge=1)
    remind_after_days: int = Field(default=21, ge=1)
    silent_weeks: int = Field(default=12, ge=1)
    long_term_months: int = 12
    long_term_young_months: int = 12
    young_below: int = 25
    retention_years: int = Field(ge=1)
    retention_source: Words
    questions: tuple[Question, ...]
    indicators: tuple[Indicator, ...]
    totals: tuple[Total, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        keys = [one.key for one in self.questions]
        codes = [one.code for one in self.indicators]
        twice = sorted({one for one in [*keys, *codes] if (*keys, *codes).count(one) > 1})
        asked = {question.key: question for question in self.questions}
        named = [one for question in self.questions for one in question.when]
        named += [one for row in self.indicators for one in (*row.when, *row.base)]
        wrong = sorted({one.question for one in named if not _can_hold(one, asked)})
        sums = [code for row in self.indicators for code in row.sum_of]
        sums += [code for total in self.totals for code in (total.of, *total.parts) if code]
        unknown = sorted(set(sums) - set(codes))
        if twice or wrong or unknown:
            message = f"{self.key}: twice {twice}; conditions that cannot hold: {wrong}; no such indicator: {unknown}"
            raise ValueError(message)
        return self

    def asked_at(self, moment: str) -> list[Question]:
        """Return the questions of a moment, in their order, without those that are derived."""
        return [one for one in self.questions if one.moment == moment and not one.derived]


def _can_hold(condition: Condition, asked: Mapping[str, Question]) -> bool:
    question = asked.get(condition.question)
    if question is None or question.moment != condition.at:
        return False
    return set(condition.values) <= set(question.choices) if condition.values else not question.choices


@cache
def lines() -> Mapping[str, Line]:
    """Return the funding lines by their keys. Raises pydantic's ValidationError when a file is wrong."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        line = Line.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        found[line.key] = line
    return found
