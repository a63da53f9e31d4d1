"""Weeks as addresses name them: `2026-W48`."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS_AWAY = 8  # further ahead hours are guesses, further back nobody asks


@dataclass(frozen=True, slots=True)
class Week:
    """A week that can be shown, with its neighbours as far as there are any."""

    monday: date
    earlier: str
    later: str

    @property
    def days(self) -> list[date]:
        """Its seven days."""
        return [self.monday + timedelta(days=number) for number in range(7)]

    @property
    def name(self) -> str:
        """How the address names it."""
        return name_of(self.monday)


def name_of(day: date) -> str:
    """Return the ISO name of the week of a day."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def week_of(typed: str, today: date) -> Week:
    """Return the week that was asked for; the one of today when it is none, or lies further than WEEKS_AWAY."""
    this = today - timedelta(days=today.weekday())
    asked = _monday(typed)
    monday = asked if asked is not None and abs((asked - this).days) <= 7 * WEEKS_AWAY else this
    earlier, later = monday - timedelta(days=7), monday + timedelta(days=7)
    return Week(
        monday,
        earlier=name_of(earlier) if (this - earlier).days <= 7 * WEEKS_AWAY else "",
        later=name_of(later) if (later - this).days <= 7 * WEEKS_AWAY else "",
    )


def _monday(typed: str) -> date | None:
    year, _sign, week = typed.partition("-W")
    if not (typed.isascii() and year.isdigit() and week.isdigit()):
        return None
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except (ValueError, OverflowError):
        return None
