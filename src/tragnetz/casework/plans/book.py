"""The templates, read from plans.yaml. A key that stands nowhere is a fault of the release."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from tragnetz.deadlines.book import rules

type Words = Annotated[str, Field(min_length=1, max_length=500)]
type Key = Annotated[str, Field(pattern=r"^[a-z0-9_-]+$", max_length=40)]


class Strict(BaseModel):
    """A map in plans.yaml: nothing but the fields below."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Item(Strict):
    """Something that is proposed: only with (`when`), or only without (`unless`) a yes to a question."""

    when: str = ""
    unless: str = ""

    def fits(self, answers: frozenset[str]) -> bool:
        """Whether it is proposed, by the questions that were answered with yes."""
        return (not self.when or self.when in answers) and (not self.unless or self.unless not in answers)


class Question(Strict):
    """A question with yes or no."""

    key: Key
    text: Words


class StepTemplate(Item):
    """Who does what, so many days from today; a statute that it rests on is marked like that of a hint."""

    text: Words
    owner: Literal["person", "counsellor", "office"]
    days: Annotated[int, Field(ge=0, le=400)]
    statute: Words | None = None
    as_of: date | None = None
    checked: bool = False

    @model_validator(mode="after")
    def _marks_its_law(self) -> Self:
        if "§" in self.text or (self.statute is None) != (self.as_of is None):
            message = f"{self.text}: a statute stands in its own field, with its day"
            raise ValueError(message)
        return self


class GoalTemplate(Item):
    """A goal with its steps, to be reached so many weeks from today."""

    key: Key
    what: Words
    sign: Words
    domain: Literal["money", "work", "home", "family", "health", "mind", "language", "papers", "people", "safety"]
    weeks: Annotated[int, Field(ge=1, le=104)]
    steps: Annotated[tuple[StepTemplate, ...], Field(min_length=1)]


class DeadlineTemplate(Item):
    """A rule of the law, counted from the day of the event."""

    rule: Key


class ClaimTemplate(Item):
    """A benefit that may be claimed, by its key."""

    key: Key


class Hint(Item):
    """What the law gives, with statute and the day of the text; shown as to be checked until somebody has read it."""

    text: Words
    statute: Words
    as_of: date
    checked: bool


class Plan(Strict):
    """A template."""

    key: Key
    name: Words
    intro: Words
    event: Words
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=4)]
    goals: Annotated[tuple[GoalTemplate, ...], Field(min_length=1)]
    deadlines: tuple[DeadlineTemplate, ...] = ()
    claims: tuple[ClaimTemplate, ...] = ()
    offers: tuple[Words, ...] = ()
    papers: tuple[Words, ...] = ()
    hints: tuple[Hint, ...] = ()

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        asked = {question.key for question in self.questions} | {""}
        steps = [step for goal in self.goals for step in goal.steps]
        for item in (*self.goals, *steps, *self.deadlines, *self.claims, *self.hints):
            if not {item.when, item.unless} <= asked:
                message = f"{self.key}: nobody asks {item.when or item.unless}"
                raise ValueError(message)
        unknown = [one.rule for one in self.deadlines if one.rule not in rules() or rules()[one.rule].second]
        if unknown:
            message = f"{self.key}: no rule that is counted from one day: {', '.join(unknown)}"
            raise ValueError(message)
        return self


@cache
def plans() -> Mapping[str, Plan]:
    """Return the templates by key, in their order, read once."""
    rows = yaml.safe_load(Path(__file__).with_name("plans.yaml").read_text(encoding="utf-8"))
    found = [Plan.model_validate(row) for row in rows]
    return {plan.key: plan for plan in found}
