"""Decisions on opening hours and house numbers: pure, the time is an argument."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
LOOK_AHEAD_DAYS = 14
# Languages that people say they speak, each in its own words.
LANGUAGE_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
    "ru": "Русский",
    "ro": "Română",
    "bg": "Български",
    "pl": "Polski",
    "ku": "Kurdî",
    "fa": "فارسی",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
}


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """On these days open from `opens` to `closes` (local time)."""

    days: tuple[str, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class LineStatus:
    """Whether somebody picks up now, until when, or when next (aware local times)."""

    is_open: bool
    closes_at: datetime | None = None
    opens_at: datetime | None = None


def parse_hours(rows: Iterable[dict[str, object]]) -> list[WeeklyHours]:
    """Read weekly hours as they stand in city data: days, opens, closes."""
    return [
        WeeklyHours(
            days=tuple(str(day) for day in row["days"]),  # type: ignore[attr-defined]  # validated at load
            opens=time.fromisoformat(str(row["opens"])),
            closes=time.fromisoformat(str(row["closes"])),
        )
        for row in rows
    ]


@lru_cache(maxsize=64)
def public_holidays(country: str, subdivision: str, year: int) -> dict[date, str]:
    """Return the public holidays of a year with their German names (source: the `holidays` library)."""
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language="de")
    return dict(found.items())


def is_holiday(day: date, country: str, subdivision: str) -> bool:
    """Whether a day is a public holiday there."""
    return day in public_holidays(country, subdivision, day.year)


def line_status(
    hours: list[WeeklyHours], at: datetime, zone: ZoneInfo, *, country: str, subdivision: str
) -> LineStatus:
    """Tell whether a line or place is open at an instant, and else when it opens next within two weeks."""
    local = at.astimezone(zone)
    for offset in range(LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=offset)
        if is_holiday(day, country, subdivision):
            continue
        today = sorted((row for row in hours if DAYS[day.weekday()] in row.days), key=lambda row: row.opens)
        for row in today:
            opens = datetime.combine(day, row.opens, zone)
            closes = datetime.combine(day, row.closes, zone)
            if opens <= local < closes:
                return LineStatus(is_open=True, closes_at=closes)
            if local < opens:
                return LineStatus(is_open=False, opens_at=opens)
    return LineStatus(is_open=False)


def number_in_range(number: int | None, start: int | None, end: int | None, side: str) -> bool:
    """Whether a house number lies in a range of a street; without a number every range may be meant."""
    if number is None:
        return True
    if (start is not None and number < start) or (end is not None and number > end):
        return False
    return side == "all" or (number % 2 == 0) == (side == "even")
