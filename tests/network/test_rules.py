"""Lines: open, closed, over the weekend, on holidays, on the days when the clocks change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tragnetz.network.hours import weekly_hours
from tragnetz.network.rules import (
    DaysOff,
    OpeningHours,
    is_holiday,
    line_status,
    number_in_range,
    open_times,
    parse_hours,
)
from tragnetz.network.shapes import Hours

BERLIN = ZoneInfo("Europe/Berlin")
NRW = DaysOff("DE", "NW")
HOURS = [OpeningHours(days=("mo", "tu", "we", "th", "fr"), opens=time(8), closes=time(15))]


def status(at: datetime):
    return line_status(HOURS, at, BERLIN, NRW)


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
    found = line_status([], at(2026, 11, 24, 9), BERLIN, NRW)

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


def times(rows, day):
    found = open_times(parse_hours(rows), day, NRW)
    return [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in found]


WEEK = {"days": ["mo", "tu", "we", "th", "fr"], "opens": "08:00:00", "closes": "12:00:00"}


def test_closed_in_its_term_beats_all_others():
    rows = [WEEK, {"from": "2026-11-23", "until": "2026-11-25"}]

    assert times(rows, date(2026, 11, 25)) == []
    assert times(rows, date(2026, 11, 26)) == ["08:00-12:00"]


def test_other_hours_replace_the_usual_ones():
    rows = [
        WEEK,
        {
            **WEEK,
            "opens": "10:00:00",
            "closes": "11:00:00",
            "from": "2026-11-23",
            "until": "2026-11-23",
            "instead": True,
        },
    ]

    assert times(rows, date(2026, 11, 23)) == ["10:00-11:00"]
    assert times(rows, date(2026, 11, 24)) == ["08:00-12:00"]


def test_holidays_close_but_for_rows_that_say_otherwise():
    christmas = date(2026, 12, 25)

    assert times([WEEK], christmas) == []
    assert times([{**WEEK, "on_holidays": True}], christmas) == ["08:00-12:00"]


def test_days_that_a_city_names_close_each_year_and_are_no_holidays():
    off = DaysOff("DE", "NW", (("12-24", "Heiligabend"), ("12-25", "auch ein Feiertag")))
    eve = date(2026, 12, 24)
    rows = parse_hours([WEEK, {**WEEK, "opens": "14:00:00", "closes": "16:00:00", "on_holidays": True}])

    assert open_times(rows, eve, off) == [(time(14), time(16))]
    assert open_times(rows, eve, NRW) == [(time(8), time(12)), (time(14), time(16))]
    assert [off.name(day) for day in (eve, date(2027, 12, 24), date(2026, 12, 23))] == ["Heiligabend"] * 2 + [""]
    assert off.name(date(2026, 12, 25)) == "Erster Weihnachtstag"
    assert not is_holiday(eve, "DE", "NW")


def test_every_second_week_is_counted_from_its_first():
    rows = [{"days": ["th"], "opens": "14:00:00", "closes": "16:00:00", "every": 2, "from": "2026-11-02"}]

    assert [bool(times(rows, date(2026, 11, day))) for day in (5, 12, 19, 26)] == [True, False, True, False]
    assert times(rows, date(2026, 10, 29)) == []


def test_first_and_last_friday_of_a_month():
    rows = [{"days": ["fr"], "opens": "09:00:00", "closes": "10:00:00", "nth": [1, -1]}]

    fridays = [day for day in range(1, 31) if times(rows, date(2026, 11, day))]
    assert fridays == [6, 27]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (WEEK, "Mo–Fr 08:00–12:00"),
        ({"days": ["fr"], "opens": "09:00:00", "closes": "10:00:00", "nth": [1, -1]}, "1., letzter Fr im Monat 09:00–10:00"),
        ({**WEEK, "every": 2, "from": "2026-11-02"}, "Mo–Fr alle 2 Wochen 08:00–12:00, ab 02.11.2026"),
        ({"from": "2026-12-24", "until": "2026-12-24"}, "geschlossen, 24.12.2026"),
        ({"from": "2026-12-24", "until": "2027-01-01", "note": {"de": "Ferien"}}, "Ferien, 24.12.2026 – 01.01.2027"),
    ],
)  # fmt: skip
def test_hours_in_words(row, line):
    assert weekly_hours([row], "de") == [line]


def test_hours_that_make_no_sense_are_refused():
    for row in (
        {"days": ["mo"]},
        {"opens": "08:00", "closes": "12:00"},
        {**WEEK, "closes": "07:00"},
        {**WEEK, "every": 2},
    ):
        with pytest.raises(ValueError, match=r"needs|closes"):
            Hours.model_validate(row)
