"""Lines: open, closed, over the weekend, on holidays, on the days when the clocks change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tragnetz.network.rules import OpeningHours, is_holiday, line_status, number_in_range

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = [OpeningHours(days=("mo", "tu", "we", "th", "fr"), opens=time(8), closes=time(15))]


def status(at: datetime):
    return line_status(HOURS, at, BERLIN, country="DE", subdivision="NW")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)


def test_line_is_open_on_a_workday():
    found = status(at(2026, 11, 24, 9, 30))

    assert (found.is_open, found.closes_at) == (True, at(2026, 11, 24, 15))


def test_line_closes_at_the_minute_it_says():
    assert status(at(2026, 11, 24, 14, 59)).is_open is True
    assert status(at(2026, 11, 24, 15, 0)).is_open is False


@pytest.mark.parametrize(
    ("when", "opens"),
    [
        (at(2026, 11, 24, 7, 0), at(2026, 11, 24, 8)),
        (at(2026, 11, 24, 18, 0), at(2026, 11, 25, 8)),
        (at(2026, 11, 27, 16, 0), at(2026, 11, 30, 8)),
        (at(2026, 12, 24, 20, 0), at(2026, 12, 28, 8)),
        (at(2027, 3, 27, 12, 0), at(2027, 3, 30, 8)),
        (at(2026, 10, 31, 12, 0), at(2026, 11, 2, 8)),
    ],
    ids=["early", "evening", "weekend", "christmas", "easter-and-summer-time", "all-saints-on-a-sunday"],
)
def test_line_tells_when_it_opens_next(when, opens):
    found = status(when)

    assert (found.is_open, found.opens_at) == (False, opens)


def test_line_without_hours_promises_nothing():
    found = line_status([], at(2026, 11, 24, 9), BERLIN, country="DE", subdivision="NW")

    assert (found.is_open, found.opens_at) == (False, None)


def test_all_saints_is_a_holiday_in_nrw_but_not_in_berlin():
    assert is_holiday(date(2027, 11, 1), "DE", "NW") is True
    assert is_holiday(date(2027, 11, 1), "DE", "BE") is False


@pytest.mark.parametrize(
    ("number", "start", "end", "side", "inside"),
    [
        (7, 1, 99, "all", True), (7, 1, 99, "odd", True), (7, 1, 99, "even", False), (100, 1, 99, "all", False),
        (None, 1, 9, "odd", True), (5, None, None, "all", True), (5, 6, None, "all", False),
    ],
)  # fmt: skip
def test_number_in_range(number, start, end, side, inside):
    assert number_in_range(number, start, end, side) is inside
