"""Counting days as the law does: §§ 187, 188 and 193 BGB."""

from collections.abc import Callable
from datetime import date, timedelta

from babel.dates import format_date
from dateutil.relativedelta import relativedelta

from tragnetz.core.months import months_later

type Holidays = Callable[[date], str]
"""Name of the public holiday on a day in the state where it counts; nothing on other days."""

DAY = timedelta(days=1)
SATURDAY = 5
HALF_DAYS = ((12, 24), (12, 31))  # Christmas Eve and New Year's Eve: no holidays by law, whatever people think


def month_end(day: date, months: int = 0) -> date:
    """Return the last day of a day's month, or of the month so many later."""
    return months_later(day.replace(day=1), months + 1) - DAY


def end_of_life_month(birth: date, number: int) -> date:
    """Return the last day of a child's n-th month of life, or of a term whose first day counts (§ 187 Abs. 2 BGB).

    It ends before the day with the same number (§ 188 Abs. 2 BGB); a month that is too short ends with its last day.
    """
    target = months_later(birth.replace(day=1), number)
    if birth.day == 1:
        return target - DAY
    end: date = target + relativedelta(day=birth.day - 1)
    return end


def months_before(end: date, months: int) -> date:
    """Return the last day from which so many whole months remain until the end of a day."""
    return months_later(end + DAY, -months) - DAY


def workdays_before(event: date, count: int, holidays: Holidays, *, banking: bool = False) -> date:
    """Return the last workday from which so many whole workdays remain before an event; its own day is none of them.

    With `banking` the days on which banks work are counted.
    """
    counts = is_banking_day if banking else is_workday
    day = event
    for _number in range(count + 1):
        day -= DAY
        while not counts(day, holidays):
            day -= DAY
    return day


def is_banking_day(day: date, holidays: Holidays) -> bool:
    """Whether banks work on a day (§ 675n Abs. 1 BGB): many rest on 24 and 31 December, so these never count."""
    return is_workday(day, holidays) and (day.month, day.day) not in HALF_DAYS


def is_workday(day: date, holidays: Holidays) -> bool:
    """Whether a period may end on a day: neither Saturday nor Sunday nor public holiday (§ 193 BGB)."""
    return day.weekday() < SATURDAY and not holidays(day)


def next_workday(day: date, holidays: Holidays) -> date:
    """Return the day itself if a period may end on it, else the next one on which it may."""
    while not is_workday(day, holidays):
        day += DAY
    return day


def off_day(day: date, holidays: Holidays) -> str:
    """Say why a period does not end on a day: "ein Sonntag", "ein Feiertag (Allerheiligen)"; nothing on a workday."""
    name = holidays(day)
    if name:
        return f"ein Feiertag ({name})"
    return {5: "ein Samstag", 6: "ein Sonntag"}.get(day.weekday(), "")


def in_words(day: date) -> str:
    """Return a day as people say it: "Montag, 7. Dezember 2026"."""
    return format_date(day, "EEEE, d. MMMM y", locale="de")


def plain(day: date) -> str:
    """Return a day without its name: "7. Dezember 2026"."""
    return format_date(day, "d. MMMM y", locale="de")


def month_in_words(day: date) -> str:
    """Return a day's month: "Dezember 2026"."""
    return format_date(day, "MMMM y", locale="de")
