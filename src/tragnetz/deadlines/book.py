"""The rules of deadlines, read from rules.yaml."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

type Words = Annotated[str, Field(min_length=1)]
type MethodName = Literal[
    "period", "term", "month", "after_month", "year", "life_month", "before", "day", "job_seeking"
]

GROUPS: Mapping[str, str] = {
    "letter": "Bescheide und Briefe vom Amt",
    "court": "Gericht und Mahnung",
    "work": "Arbeit",
    "home": "Wohnen und Energie",
    "claim": "Anträge: ab wann es Geld gibt",
    "family": "Kinder und Familie",
    "care": "Gesundheit und Pflege",
}


class Strict(BaseModel):
    """A map in rules.yaml: nothing but the fields below."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(Strict):
    """Where the rule was read, and of which day that text is; no day where nobody had a text with one."""

    title: Words
    url: str = ""
    as_of: date | None = None


class Counting(Strict):
    """By which paragraphs one counts: the first day, the last day, a month that is too short, the next workday."""

    start: Words
    end: Words
    short: Words
    roll: Words


class Rule(Strict):
    """One deadline of the law.

    `method` says how it is counted: a `period` of `months`, `weeks`, `days` or `years` after the event; a `term` of
    that length whose first day is the event itself; the end of a `month`, `months` or `years` later; the end of the
    month after which one must act at once; a day of a `year`, `years` later; so many months of a child's life; so many
    months, weeks, days or `workdays` `before` an event; the `day` itself; or `job_seeking`, which is both. `workdays`
    of a `period` are what the other side still needs before its end; with `banking` those on which banks work. With
    `post` a letter counts as received some days after it was posted. `roll` tells whether weekends and holidays move
    the end. `miss` is what is lost, `next` what to do. `unread` says why nobody compared the rule with today's text.
    A rule has one length, for one alone is told; `job_seeking` has two, and `workdays` of a `period` stand beside it.
    """

    key: Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=40)]
    name: Words
    group: Literal["letter", "court", "work", "home", "claim", "family", "care"]
    statute: Words
    source: Source
    unread: str = ""
    event: Words
    second: str = ""
    method: MethodName
    months: int = 0
    weeks: int = 0
    days: int = 0
    workdays: int = 0
    banking: bool = False
    years: int = 0
    until: tuple[int, int] = (12, 31)
    law: str = "bgb"
    post: str = ""
    instruction: str = ""
    roll: bool = True
    miss: Words
    next: Words
    notes: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _has_a_length(self) -> Self:
        lengths = [self.months, self.weeks, self.days, self.years]
        if self.method != "period":  # there they stand beside the length: what the other side still needs
            lengths.append(self.workdays)
        if self.method in {"period", "term", "before", "life_month"} and not any(lengths):
            message = f"{self.key}: a {self.method} needs a length"
            raise ValueError(message)
        if self.method != "job_seeking" and sum(map(bool, lengths)) > 1:
            message = f"{self.key}: one length alone can be said in words"
            raise ValueError(message)
        if (self.method == "job_seeking") != bool(self.second):
            message = f"{self.key}: a second event belongs to job_seeking alone"
            raise ValueError(message)
        if self.workdays and (self.method not in {"before", "period"} or self.roll):
            message = f"{self.key}: workdays are counted back, from an event or the end of a period, and never roll"
            raise ValueError(message)
        if self.checked and self.source.as_of is None:
            message = f"{self.key}: of which day is the text that was read?"
            raise ValueError(message)
        return self

    @property
    def checked(self) -> bool:
        """Whether somebody compared the rule with the text of the statute, and no later change is known."""
        return not self.unread

    @property
    def label(self) -> str:
        """The rule in a list: name and statute."""
        return f"{self.name} ({self.statute})"

    @property
    def length(self) -> str:
        """The length in words, as it stands after "Die Frist dauert": "einen Monat", "drei Wochen"."""
        for count, one, many in (
            (self.years, "ein Jahr", "Jahre"),
            (self.months, "einen Monat", "Monate"),
            (self.weeks, "eine Woche", "Wochen"),
            (self.days, "einen Tag", "Tage"),
        ):
            if count:
                return _amount(count, one, many)
        return ""

    @property
    def lead(self) -> str:
        """The workdays in words, as they stand after "noch volle": "zehn Arbeitstage", "drei Geschäftstage"."""
        words = ("einen Geschäftstag", "Geschäftstage") if self.banking else ("einen Arbeitstag", "Arbeitstage")
        return _amount(self.workdays, *words) if self.workdays else ""


def _amount(count: int, one: str, many: str) -> str:
    return one if count == 1 else f"{_NUMBERS.get(count, str(count))} {many}"


_NUMBERS = {2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs", 8: "acht", 10: "zehn", 12: "zwölf"}


class Book(Strict):
    """All rules, and the ways of counting by their short names."""

    counting: dict[str, Counting]
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        keys = [rule.key for rule in self.rules]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        unknown = sorted({rule.law for rule in self.rules} - set(self.counting))
        if twice or unknown:
            message = f"twice: {twice}; no such way of counting: {unknown}"
            raise ValueError(message)
        return self


@cache
def book() -> Book:
    """Return the rules. Raises pydantic's ValidationError when the file is wrong."""
    raw = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
    return Book.model_validate({"counting": raw["counting"], "rules": raw["rules"]})


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rules by their keys, in the order of the file."""
    return {rule.key: rule for rule in book().rules}


def by_group() -> list[tuple[str, list[Rule]]]:
    """Return the rules in their groups, for a list to choose from."""
    return [(words, [rule for rule in book().rules if rule.group == key]) for key, words in GROUPS.items()]
