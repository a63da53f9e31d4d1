"""What goes into a sum and what comes out of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tragnetz.deadlines.book import Rule

type Arrival = Literal["post", "handed", "never"]


@dataclass(frozen=True, slots=True)
class Dates:
    """What happened when.

    `start` is the day of the event: for a letter by post the day it was posted (else the day on it). `arrival` says
    how it came: by post, handed over (or with a yellow envelope that bears the day), or never. `received` is the day it
    really came, if it came late. `end` is the second event of a rule that has one. `instructed` is false when the
    letter does not say, or says wrongly, how to object.
    """

    start: date
    arrival: Arrival = "post"
    received: date | None = None
    end: date | None = None
    instructed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the sum: what it says, by which paragraph, the day it comes to, and whether it is disputed."""

    text: str
    statute: str
    on: date | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A deadline: its last day (nothing if it has not begun), the day before weekends were weighed, and the steps."""

    rule: Rule
    due_on: date | None
    unrolled: date | None
    lines: tuple[Line, ...]

    @property
    def uncertain(self) -> bool:
        """Whether something in it is still to be checked: the rule itself, or a step that is disputed."""
        return not self.rule.checked or any(line.open for line in self.lines)


class DatesError(ValueError):
    """Dates that do not fit together; the text is meant for the person."""
