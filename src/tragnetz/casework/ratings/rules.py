"""Decisions on ratings: pure."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tragnetz.casework.enums import LEAST_LEVEL, MOST_LEVEL, LifeDomain, Occasion

LEVELS = range(LEAST_LEVEL, MOST_LEVEL + 1)
LOW, GOOD = 2, 4


class Line(NamedTuple):
    """A domain as it was seen on a day; nothing where it was not talked about."""

    domain: str
    level: int | None = None
    own_level: int | None = None
    urgency: str = ""
    strength: str = ""
    need: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said of the domain."""
        return self.level is None and self.own_level is None and not (self.urgency or self.strength or self.need)


class Change(NamedTuple):
    """A domain on two days: how far each view moved, nothing where one of the two is missing."""

    domain: LifeDomain
    before: Line
    after: Line

    @property
    def level(self) -> int | None:
        """How many levels the counsellor's view moved."""
        return _moved(self.before.level, self.after.level)

    @property
    def own_level(self) -> int | None:
        """How many levels the person's view moved."""
        return _moved(self.before.own_level, self.after.own_level)


def _moved(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def changes(before: Iterable[Line], after: Iterable[Line]) -> list[Change]:
    """Return every domain that was talked about on one of two days, in the order of the domains."""
    first, second = ({line.domain: line for line in lines} for lines in (before, after))
    return [
        Change(domain, first.get(domain, Line(domain)), second.get(domain, Line(domain)))
        for domain in LifeDomain
        if domain in first or domain in second
    ]


def likely_occasion(*, rated: bool, closing: bool) -> Occasion:
    """Return the occasion that a form begins with."""
    if closing:
        return Occasion.END
    return Occasion.BETWEEN if rated else Occasion.START


def day_fits(rated_on: date, opened_on: date, today: date) -> bool:
    """Whether a rating may be of a day: from the first day of the case until today."""
    return min(opened_on, today) <= rated_on <= today
