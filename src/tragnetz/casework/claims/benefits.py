"""What is special about claims to a benefit, read from benefits.yaml: its deadlines, and when to ask again."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Habit(BaseModel):
    """How claims to a benefit go: keys of deadlines (`claim`, `remedy`), and so many weeks before its end one renews.

    With `event` the deadline of the claim counts from something that must be asked, else from today.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: str = ""
    event: bool = False
    remedy: str
    lead_weeks: int | None
    source: str
    checked: bool
    note: str = ""

    @property
    def lead(self) -> timedelta | None:
        """How long before the end one renews; nothing for what is not renewed."""
        return timedelta(weeks=self.lead_weeks) if self.lead_weeks is not None else None


@cache
def habits() -> dict[str, Habit]:
    """Return the habits by key of benefit; the usual one under the empty key."""
    read = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    given = {"": {}, **read["benefits"]}
    return {key: Habit.model_validate(read["usual"] | own) for key, own in given.items()}


def habit_of(benefit: str) -> Habit:
    """Return how claims to a benefit go; the usual when nothing special is known."""
    return habits().get(benefit, habits()[""])
