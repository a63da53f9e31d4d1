"""Dates in a German text, and what each is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tragnetz.core.months import months_later

MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)  # fmt: skip
_SHORT = {
    "jan": 1, "feb": 2, "mrz": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11,
    "dez": 12,
}  # fmt: skip
_NAMES = {**{name: number for number, name in enumerate(MONTHS, start=1)}, "maerz": 3, "jänner": 1, **_SHORT}
_DATE = re.compile(
    r"\b(?:(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<d2>\d{1,2})\. ?(?P<m2>\d{1,2})\. ?(?P<y2>(?:19|20)\d\d|\d\d)\b(?!\.\d)"
    rf"|(?P<d3>\d{{1,2}})\. ?(?P<m3>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\.? (?P<y3>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "einer": 1, "eines": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "sechs": 6, "acht": 8, "zehn": 10,
    "vierzehn": 14,
}  # fmt: skip
_PERIOD = re.compile(
    rf"(?:innerhalb|binnen)(?: von)? (?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)}) (?P<unit>tage\w*|woche\w*|monat\w*)",
    re.IGNORECASE,
)
CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """A date with its place in the text, and the words before it."""

    on: date
    start: int
    end: int
    before: str


def dates_in(text: str) -> Iterator[Found]:
    """Yield the dates of a text in their order; what is no day of the calendar is left out."""
    for match in _DATE.finditer(text):
        year, month, day = (match[f"{part}"] or match[f"{part}2"] or match[f"{part}3"] for part in ("y", "m", "d"))
        number = int(month) if month.isdigit() else _NAMES[month.lower()]
        full = int(year) if len(year) == 4 else CENTURY + int(year)  # noqa: PLR2004 -- digits of a year
        try:
            on = date(full, number, int(day))
        except ValueError:
            continue
        yield Found(on, match.start(), match.end(), text[max(0, match.start() - 60) : match.start()].lower())


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time that a text sets, with its place."""

    number: int
    unit: str
    start: int
    end: int

    def after(self, day: date) -> date:
        """Return the day on which the time is over, counted from a day."""
        if self.unit == "monat":
            return months_later(day, self.number)
        return day + timedelta(days=self.number * (7 if self.unit == "woche" else 1))


def periods_in(text: str) -> Iterator[Period]:
    """Yield the lengths of time that a text sets: "innerhalb von zwei Wochen"."""
    for match in _PERIOD.finditer(text):
        number = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
        unit = next(name for name in ("tag", "woche", "monat") if match["unit"].lower().startswith(name))
        yield Period(number, unit, match.start(), match.end())
