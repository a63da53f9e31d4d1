"""Decisions on opening hours, house numbers and distances: pure, the time is an argument."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Any
from zoneinfo import ZoneInfo

import holidays

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
LOOK_AHEAD_DAYS = 14
EARTH_METRES = 6_371_000
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
class OpeningHours:
    """Open on these days from `opens` to `closes` (local time); without times: closed in its term.

    `every` counts weeks from that of `valid_from`; `nth` picks days of a month (-1: the last). A row with `instead`
    replaces all others in its term.
    """

    days: tuple[str, ...] = ()
    opens: time | None = None
    closes: time | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    every: int = 1
    nth: tuple[int, ...] = ()
    instead: bool = False
    on_holidays: bool = False

    def in_term(self, day: date) -> bool:
        """Whether a day lies in the term of this row."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def holds_on(self, day: date) -> bool:
        """Whether this row says something about a day; a row without days is about each day of its term."""
        if not self.in_term(day) or (self.days and DAYS[day.weekday()] not in self.days):
            return False
        if self.every > 1 and self.valid_from is not None:
            weeks = (_monday(day) - _monday(self.valid_from)).days // 7
            if weeks % self.every:
                return False
        return not self.nth or _is_nth(day, self.nth)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_nth(day: date, wanted: tuple[int, ...]) -> bool:
    is_last = (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 in wanted or (is_last and -1 in wanted)


@dataclass(frozen=True, slots=True)
class LineStatus:
    """Whether somebody picks up now, until when, or when next (aware local times)."""

    is_open: bool
    closes_at: datetime | None = None
    opens_at: datetime | None = None


def parse_hours(rows: Iterable[dict[str, Any]]) -> list[OpeningHours]:
    """Read opening hours as they stand in city data (`network.shapes.Hours`)."""
    return [
        OpeningHours(
            days=tuple(row.get("days", ())),
            opens=_time(row.get("opens")),
            closes=_time(row.get("closes")),
            valid_from=_day(row.get("from")),
            valid_until=_day(row.get("until")),
            every=row.get("every", 1),
            nth=tuple(row.get("nth", ())),
            instead=bool(row.get("instead")),
            on_holidays=bool(row.get("on_holidays")),
        )
        for row in rows
    ]


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=64)
def public_holidays(country: str, subdivision: str, year: int) -> dict[date, str]:
    """Return the public holidays of a year with their German names (source: the `holidays` library)."""
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language="de")
    return dict(found.items())


def is_holiday(day: date, country: str, subdivision: str) -> bool:
    """Whether a day is a public holiday there."""
    return day in public_holidays(country, subdivision, day.year)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """On which days it is closed in a city: the public holidays of its Land, and days of each year of its own.

    `closing` are pairs of month-day and German name, as ("12-24", "Heiligabend"). They are no holidays by law: periods
    end on them.
    """

    country: str
    subdivision: str
    closing: tuple[tuple[str, str], ...] = ()

    def name(self, day: date) -> str:
        """Return the German name of a day off; nothing on other days."""
        return _days_off(self, day.year).get(day, "")


@lru_cache(maxsize=64)
def _days_off(off: DaysOff, year: int) -> dict[date, str]:
    closing = {date(year, int(day[:2]), int(day[3:])): name for day, name in off.closing}
    return closing | public_holidays(off.country, off.subdivision, year)


def rows_in_force(hours: Iterable[OpeningHours], day: date, off: DaysOff) -> list[OpeningHours]:
    """Return the rows by which a place is open on a day, exceptions and days off weighed; empty: closed."""
    rows = [row for row in hours if row.holds_on(day)]
    if any(row.opens is None for row in rows):
        return []
    special = [row for row in rows if row.instead]
    if special:
        return special
    if off.name(day):
        return [row for row in rows if row.on_holidays]
    return rows


def open_times(hours: Iterable[OpeningHours], day: date, off: DaysOff) -> list[tuple[time, time]]:
    """Return from when to when a place is open on a day, in order; empty: closed."""
    rows = rows_in_force(hours, day, off)
    return sorted((row.opens, row.closes) for row in rows if row.opens is not None and row.closes is not None)


def line_status(hours: Sequence[OpeningHours], at: datetime, zone: ZoneInfo, off: DaysOff) -> LineStatus:
    """Tell whether a line or place is open at an instant, and else when it opens next within two weeks."""
    local = at.astimezone(zone)
    for offset in range(LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=offset)
        for start, end in open_times(hours, day, off):
            opens, closes = datetime.combine(day, start, zone), datetime.combine(day, end, zone)
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


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the metres between two points of latitude and longitude in degrees (haversine)."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(half))
