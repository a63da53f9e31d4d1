"""Decisions on teamwork: pure."""

from collections.abc import Collection
from datetime import date, timedelta

from tragnetz.casework.enums import HandoverPoint

NEW_FOR = timedelta(days=14)  # so long the day page says that a case is new to somebody
MUST = frozenset({HandoverPoint.SAFE})  # whoever takes over must know how to reach the person without harm
LONGEST = timedelta(days=2 * 366)


def missing_points(points: Collection[str]) -> list[HandoverPoint]:
    """Return the points without which a case does not go to another counsellor."""
    return [point for point in HandoverPoint if point in MUST and point not in points]


def task_day_fits(due_on: date, today: date) -> bool:
    """Whether a task may be due on a day: not past, within two years."""
    return today <= due_on <= today + LONGEST
