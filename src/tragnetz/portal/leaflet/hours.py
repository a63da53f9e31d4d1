"""Opening hours for paper: the usual ones, and the next day on which it is different."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tragnetz.network.rules import OpeningHours, parse_hours

LOOK_AHEAD = timedelta(days=60)  # what lies further ahead is forgotten until then

type Row = dict[str, Any]


def usual(rows: Iterable[Row], on: date) -> list[Row]:
    """Return the rows of ordinary weeks whose term has not ended."""
    return [row for row, hours in _parsed(rows) if not _is_exception(hours) and not _is_over(hours, on)]


def next_exception(rows: Iterable[Row], on: date) -> Row | None:
    """Return the next closure, or the next days with other hours, that begins within the next weeks or is on now."""
    coming = [
        (hours.valid_from or on, number, row)
        for number, (row, hours) in enumerate(_parsed(rows))
        if _is_exception(hours) and not _is_over(hours, on) and (hours.valid_from or on) <= on + LOOK_AHEAD
    ]
    return min(coming)[2] if coming else None


def _parsed(rows: Iterable[Row]) -> list[tuple[Row, OpeningHours]]:
    rows = list(rows)
    return list(zip(rows, parse_hours(rows), strict=True))


def _is_exception(hours: OpeningHours) -> bool:
    return hours.instead or hours.opens is None


def _is_over(hours: OpeningHours, on: date) -> bool:
    return hours.valid_until is not None and hours.valid_until < on
