"""Decisions on a CV: pure. Months are counted from year 0, so that they can be compared and subtracted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tragnetz.casework.career.enums import EntryKind, Level, SkillKind

LEAST_GAP = 3  # months; shorter ones nobody asks about
EARLIEST, AHEAD = 1940, 6  # years: nobody's school began before, nobody plans further
_K = EntryKind
# Parts of a CV in the order in which they stand; what is in none of the first three is told as life beside work.
SECTIONS: tuple[tuple[str, frozenset[EntryKind]], ...] = (
    ("Berufserfahrung", frozenset({_K.JOB, _K.MINIJOB, _K.SELF_EMPLOYED, _K.INTERNSHIP, _K.SEEKING})),
    ("Familie und Pflege", frozenset({_K.FAMILY, _K.CARE})),
    ("Aus- und Weiterbildung", frozenset({_K.TRAINING, _K.STUDY, _K.COURSE})),
    ("Schule", frozenset({_K.SCHOOL})),
    ("Ehrenamt", frozenset({_K.VOLUNTARY})),
    ("Weiteres", frozenset({_K.OTHER})),
)
LANGUAGE_LEVELS = (Level.NATIVE, Level.C2, Level.C1, Level.B2, Level.B1, Level.A2, Level.A1)
IT_LEVELS = (Level.EXPERT, Level.GOOD, Level.BASIC)
LEARNED = frozenset({_K.TRAINING, _K.STUDY, _K.SCHOOL, _K.COURSE})  # what may need to be recognised
_MONTH = re.compile(r"^(?:(?P<month>\d{1,2})\s*[/.\-]\s*)?(?P<year>\d{4})$")
_TURNED = re.compile(r"^(?P<year>\d{4})\s*[-/.]\s*(?P<month>\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Gap:
    """Months of which a CV says nothing; both are part of it."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How long it is."""
        return month_number(self.last) - month_number(self.first) + 1


def month_number(day: date) -> int:
    """Return which month a day lies in, counted from year 0."""
    return day.year * 12 + day.month - 1


def first_day(number: int) -> date:
    """Return the first day of a month that was counted."""
    return date(number // 12, number % 12 + 1, 1)


def gaps(stretches: Iterable[tuple[date, date | None]], today: date) -> list[Gap]:
    """Return the months between the first beginning and today that no stretch covers, from three in a row on.

    The running month counts as covered: what began or ended in it is still open.
    """
    now = month_number(today)
    found, covered = list[Gap](), now
    for number, (first, last) in enumerate(
        sorted((month_number(start), month_number(end) if end else now) for start, end in stretches)
    ):
        if number:
            _add(found, covered + 1, min(first, now) - 1)
        covered = max(covered, last) if number else last
    _add(found, covered + 1, now - 1)
    return found


def _add(found: list[Gap], first: int, last: int) -> None:
    if last - first + 1 >= LEAST_GAP:
        found.append(Gap(first_day(first), first_day(last)))


def read_month(typed: str, *, at_end: bool = False) -> tuple[date, bool] | None:
    """Return the month that somebody typed as MM/JJJJ, and whether it was only a year; nothing for anything else.

    A year alone begins in January, and ends in December (`at_end`).
    """
    text = typed.strip()
    found = _MONTH.match(text) or _TURNED.match(text)
    if found is None:
        return None
    only_year = found["month"] is None
    month, year = int(found["month"] or (12 if at_end else 1)), int(found["year"])
    return (date(year, month, 1), only_year) if 1 <= month <= 12 and year else None  # noqa: PLR2004 -- a year's months


def month_fits(day: date, today: date) -> bool:
    """Whether a month can be part of a life."""
    return EARLIEST <= day.year <= today.year + AHEAD


def month_words(day: date, *, years_only: bool) -> str:
    """Return a month as a CV shows it, MM/JJJJ, or its year."""
    return f"{day.year}" if years_only else f"{day:%m/%Y}"


def span_words(starts_on: date, ends_on: date | None, *, years_only: bool) -> str:
    """Return from when to when, as a CV shows it."""
    first = month_words(starts_on, years_only=years_only)
    if ends_on is None:
        return f"seit {first}"
    last = month_words(ends_on, years_only=years_only)
    return first if first == last else f"{first} – {last}"


def levels_of(kind: SkillKind) -> tuple[Level, ...]:
    """Return how well one may say to have a skill of a kind; nothing where that makes no sense."""
    return {SkillKind.LANGUAGE: LANGUAGE_LEVELS, SkillKind.IT: IT_LEVELS}.get(kind, ())


def lines(text: str) -> list[str]:
    """Return the lines of a text, without dashes, dots or blanks before them; empty ones are left out."""
    return [line for row in text.splitlines() if (line := row.strip().lstrip("-•*–").strip())]
