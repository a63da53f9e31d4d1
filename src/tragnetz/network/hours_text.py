"""Opening hours as lines that people type, and back: what stands in a form. Pure; German, as editors write it.

Mo-Fr 8-15
Sa 9:00-12:30 (nur mit Termin)
alle 2 Wochen Di 14-16 ab 05.01.2026
1. und letzter Do im Monat 10-12
geschlossen 24.12.2026-01.01.2027
nur Mo-Do 8-12 vom 01.07.2026 bis 31.08.2026
Mo-Fr 8-15 auch an Feiertagen
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from tragnetz.network.rules import DAYS

_NAMES = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_LONG = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_DAY = r"(?:mo(?:ntag)?|di(?:enstag)?|mi(?:ttwoch)?|do(?:nnerstag)?|fr(?:eitag)?|sa(?:mstag)?|so(?:nntag)?)s?\.?"
_DAYS = re.compile(rf"{_DAY}(?:\s*(?:-|bis|,|und|\+|/|&)\s*{_DAY})*(?=\W|$)", re.IGNORECASE)
_TIMES = re.compile(r"(?:von\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr)?\s*(?:-|bis)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr)?(?![.\d])", re.IGNORECASE)  # fmt: skip  # noqa: E501 -- one expression
_DATE = r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})"
_TERM = re.compile(rf"(?:vom?\s+)?{_DATE}\s*(?:-|bis)(?:\s+zum)?\s*{_DATE}", re.IGNORECASE)
_FROM = re.compile(rf"(?:ab|seit|vom?)\s+{_DATE}", re.IGNORECASE)
_UNTIL = re.compile(rf"bis(?:\s+zum)?\s+{_DATE}", re.IGNORECASE)
_ONE = re.compile(rf"(?:am\s+)?{_DATE}", re.IGNORECASE)
_EVERY = re.compile(r"alle\s+(\d{1,2})\s+wochen", re.IGNORECASE)
_NTH = re.compile(r"((?:[1-5]\.|letzte[rn]?)(?:\s*(?:,|und)\s*(?:[1-5]\.|letzte[rn]?))*)\s+(?=[a-zA-Z])", re.IGNORECASE)
_NOTE = re.compile(r"\(([^()]*)\)\s*$")
LAST = -1
MOST_LINES = 40


class HoursError(ValueError):
    """A line that cannot be read: its number from 1, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(_("Zeile %(line)s: %(reason)s") % {"line": line, "reason": reason})
        self.line = line
        self.reason = reason


def write_hours(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return opening hours (`network.shapes.Hours` as plain values) as lines."""
    return "\n".join(_written(row) for row in rows)


def _written(row: Mapping[str, Any]) -> str:
    parts = ["nur"] if row.get("instead") else []
    if row.get("every", 1) > 1:
        parts.append(f"alle {row['every']} Wochen")
    if row.get("nth"):
        parts.append(" und ".join("letzter" if n == LAST else f"{n}." for n in row["nth"]))
    if not row.get("opens"):
        parts.append("geschlossen")
    if row.get("days"):
        parts.append(_written_days(row["days"]))
    if row.get("nth"):
        parts.append("im Monat")
    if row.get("opens"):
        parts.append(f"{_clock(row['opens'])}-{_clock(row['closes'])}")
    start, end = (_written_date(row.get(name)) for name in ("from", "until"))
    if start and end:
        parts.append(f"vom {start} bis {end}")
    elif start or end:
        parts.append(f"ab {start}" if start else f"bis {end}")
    if row.get("on_holidays"):
        parts.append("auch an Feiertagen")
    note = (row.get("note") or {}).get("de", "")
    return " ".join([*parts, f"({note})"] if note else parts)


def _written_days(days: Iterable[str]) -> str:
    numbers = sorted(DAYS.index(day) for day in days)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        _NAMES[run[0]] if len(run) == 1 else f"{_NAMES[run[0]]}-{_NAMES[run[-1]]}" for run in runs
    )  # fmt: skip


def _clock(text: str) -> str:
    hours, minutes = str(text).split(":")[:2]
    return str(int(hours)) if minutes == "00" else f"{int(hours)}:{minutes}"


def _written_date(text: str | None) -> str:
    return f"{date.fromisoformat(text):%d.%m.%Y}" if text else ""


def read_hours(text: str, known: Iterable[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """Return the rows of typed lines; raises HoursError at the first that cannot be read.

    A line as `write_hours` gives it for a `known` row is that row, with its id and its notes in other languages.
    """
    as_written = {_written(row): dict(row) for row in known}
    lines = [line.strip() for line in text.replace("–", "-").replace("—", "-").splitlines()]
    found: list[dict[str, Any]] = []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        if len(found) >= MOST_LINES:
            raise HoursError(number, _("höchstens %s Zeilen") % MOST_LINES)
        found.append(as_written.get(line) or _Line(number, line).row())
    return found


@dataclass(slots=True)
class _Line:
    """One line while it is read: what was understood is taken out, at the end nothing may be left."""

    number: int
    rest: str

    def row(self) -> dict[str, Any]:
        row: dict[str, Any] = {}
        note = self._take(_NOTE)
        on_holidays = self._word("auch an feiertagen") or self._word("auch feiertags")
        instead = self._word("nur")
        every, nth = self._take(_EVERY), None
        closed = self._word("geschlossen") or self._word("zu")
        self._term(row)
        times = None if closed else self._take(_TIMES)
        nth = self._take(_NTH)
        self._word("jeden")
        self._word("im monat")
        days = self._take(_DAYS)
        if not closed and times is None:
            self._fail(_("Es fehlt die Uhrzeit, zum Beispiel „Mo-Fr 8-15“."))
        if not closed and days is None:
            self._fail(_("Es fehlt der Tag, zum Beispiel „Mo-Fr 8-15“."))
        if self.rest.strip(" ,;.:"):
            self._fail(_("„%s“ verstehen wir nicht. Bemerkungen gehören in Klammern.") % self.rest.strip(" ,;.:")[:60])
        if days:
            row["days"] = self._days(days[0])
        if times:
            row |= self._times(times)
        if every:
            row["every"] = int(every[1])
        if nth:
            row["nth"] = [LAST if word.startswith("l") else int(word[0]) for word in self._nth_words(nth[1])]
        row |= {"instead": True} if instead else {}
        row |= {"on_holidays": True} if on_holidays else {}
        row |= {"note": {"de": note[1].strip()}} if note and note[1].strip() else {}
        self._check(row)
        return row

    def _fail(self, reason: str) -> None:
        raise HoursError(self.number, reason)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.rest)
        if found:
            self.rest = f"{self.rest[: found.start()]} {self.rest[found.end() :]}".strip()
        return found

    def _word(self, words: str) -> bool:
        return self._take(re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)) is not None

    def _term(self, row: dict[str, Any]) -> None:
        both = self._take(_TERM)
        if both:
            row["from"], row["until"] = self._date(both.groups()[:3]), self._date(both.groups()[3:])
            return
        start, end = self._take(_FROM), self._take(_UNTIL)
        one = None if start or end else self._take(_ONE)
        if one:
            row["from"] = row["until"] = self._date(one.groups())
        if start:
            row["from"] = self._date(start.groups())
        if end:
            row["until"] = self._date(end.groups())

    def _date(self, parts: Iterable[str]) -> str:
        day, month, year = (int(part) for part in parts)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            self._fail(
                _("Den Tag %(day)s.%(month)s.%(year)s gibt es nicht.") % {"day": day, "month": month, "year": year}
            )
            raise

    def _times(self, found: re.Match[str]) -> dict[str, str]:
        first, second = (int(found[1]), int(found[2] or 0)), (int(found[3]), int(found[4] or 0))
        if second == (24, 0):
            second = (23, 59)
        try:
            opens, closes = time(*first), time(*second)
        except ValueError:
            self._fail(_("Diese Uhrzeit gibt es nicht: %s") % found[0].strip())
            raise
        if closes <= opens:
            self._fail(_("Das Ende liegt vor dem Anfang: %s") % found[0].strip())
        return {"opens": opens.isoformat(), "closes": closes.isoformat()}

    @staticmethod
    def _days(text: str) -> list[str]:
        found: set[int] = set()
        tokens = re.findall(rf"{_DAY}|-|bis", text, re.IGNORECASE)
        numbers: list[int | None] = [None if token.lower() in {"-", "bis"} else _day_number(token) for token in tokens]
        for place, number in enumerate(numbers):
            if number is not None:
                found.add(number)
            elif 0 < place < len(numbers) - 1:
                start, end = numbers[place - 1] or 0, numbers[place + 1] or 0
                steps = (end - start) % 7
                found |= {(start + step) % 7 for step in range(steps + 1)}
        return [DAYS[number] for number in sorted(found)]

    @staticmethod
    def _nth_words(text: str) -> list[str]:
        return re.findall(r"[1-5]\.|letzte[rn]?", text.lower())

    def _check(self, row: Mapping[str, Any]) -> None:
        if row.get("from") and row.get("until") and row["until"] < row["from"]:
            self._fail(_("Das Ende liegt vor dem Anfang."))
        if row.get("every", 1) > 1 and not row.get("from"):
            self._fail(_("Bei „alle … Wochen“ fehlt, ab wann: zum Beispiel „ab 05.01.2026“."))
        if not row.get("opens") and not row.get("from"):
            self._fail(_("Bei „geschlossen“ fehlt, wann: zum Beispiel „geschlossen 24.12.2026-01.01.2027“."))


def _day_number(token: str) -> int:
    return next(number for number, name in enumerate(_LONG) if name.startswith(token.lower()[:2]))
