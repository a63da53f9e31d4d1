"""Decisions on groups: series by the clock on the wall, seats, certificates, the next possible times."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.appointments.groups.rules import (
    Door,
    Span,
    door,
    free_seats,
    has_earned,
    may_check_in,
    minutes_of,
    next_possible,
    series,
    share,
    span_on,
)
from tragnetz.network.rules import is_holiday

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def holiday(day: date) -> bool:
    return is_holiday(day, "DE", "NW")


def never(_day: date) -> bool:
    return False


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def test_series_begins_at_the_same_hour_before_and_after_the_clocks_change():
    found = series(date(2026, 10, 20), time(10), time(12), zone=BERLIN, count=2, every=1, is_closed=holiday)

    assert [span.starts_at.hour for span in found.spans] == [8, 9]
    assert [span.starts_at.astimezone(BERLIN).hour for span in found.spans] == [10, 10]


def test_series_leaves_holidays_out_and_names_them():
    found = series(date(2026, 12, 18), time(10), time(12), zone=BERLIN, count=3, every=1, is_closed=holiday)

    assert found.left_out == (date(2026, 12, 25), date(2027, 1, 1))
    assert [span.starts_at.astimezone(BERLIN).date() for span in found.spans] == [
        date(2026, 12, 18),
        date(2027, 1, 8),
        date(2027, 1, 15),
    ]


@given(
    first=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    starts=st.times(time(5), time(20)),
    length=st.integers(15, 180),
    count=st.integers(1, 60),
    every=st.integers(1, 4),
)
def test_every_series_keeps_weekday_hour_length_and_number(first, starts, length, count, every):
    ends = (datetime.combine(first, starts) + timedelta(minutes=length)).time()

    found = series(first, starts, ends, zone=BERLIN, count=count, every=every, is_closed=holiday)
    local = [span.starts_at.astimezone(BERLIN) for span in found.spans]

    assert len(local) == count
    assert {one.time() for one in local} == {starts}
    assert {one.weekday() for one in local} == {first.weekday()}
    assert not any(holiday(one.date()) for one in local)
    assert all(span.ends_at - span.starts_at == timedelta(minutes=length) for span in found.spans)
    days = sorted([one.date() for one in local] + list(found.left_out))
    assert days[0] == first
    assert {(later - earlier).days for earlier, later in pairwise(days)} <= {7 * every}


def test_series_that_never_finds_a_day_ends():
    assert (
        series(date(2026, 1, 1), time(9), time(10), zone=BERLIN, count=3, every=1, is_closed=lambda _: True).spans == ()
    )


@pytest.mark.parametrize(
    ("taken", "places", "expected"),
    [([], 2, [1, 2]), ([1, 3], 3, [2]), ([1, 2], 2, []), ([7], 2, [1, 2])],
)
def test_free_seats(taken, places, expected):
    assert free_seats(taken, places) == expected


@pytest.mark.parametrize(
    ("state", "until", "last", "expected"),
    [
        ("open", None, NOW + timedelta(days=1), Door.OPEN),
        ("open", None, NOW, Door.OVER),
        ("open", None, None, Door.OVER),
        ("open", NOW, NOW + timedelta(days=1), Door.LATE),
        ("open", NOW + timedelta(hours=1), NOW + timedelta(days=1), Door.OPEN),
        ("draft", None, NOW + timedelta(days=1), Door.DRAFT),
        ("cancelled", None, NOW + timedelta(days=1), Door.CANCELLED),
    ],
)
def test_door(state, until, last, expected):
    assert door(state, until=until, last_start=last, now=NOW) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(-31, False), (-30, True), (0, True), (119, True), (120, False)])
def test_signing_in_is_open_from_half_an_hour_before_to_the_end(minutes, expected):
    span = Span(at(1, 10), at(1, 12))

    assert may_check_in(span, at(1, 10) + timedelta(minutes=minutes)) is expected


@pytest.mark.parametrize(
    ("needed", "came", "held", "expected"),
    [(80, 4, 5, True), (80, 3, 5, False), (None, 5, 5, False), (1, 0, 5, False), (100, 1, 1, True), (67, 2, 3, False)],
)
def test_certificate_is_earned_by_the_share_of_dates(needed, came, held, expected):
    assert has_earned(needed, came=came, held=held) is expected


def test_share_and_minutes():
    assert (share(2, 3), share(0, 0)) == (66, 0)
    assert minutes_of([Span(at(1, 10), at(1, 12)), Span(at(2, 10), at(2, 10, 45))]) == 165


def test_next_possible_is_near_and_free():
    wanted = Span(at(1, 10), at(1, 12))
    busy = [Span(at(1, 9), at(1, 11)), Span(at(2, 11), at(2, 13))]

    found = next_possible(wanted, busy, zone=BERLIN, is_closed=never, not_before=at(1, 8))

    assert found == [Span(at(1, 11), at(1, 13)), Span(at(3, 10), at(3, 12)), Span(at(4, 10), at(4, 12))]


def test_next_possible_leaves_out_sundays_closed_days_and_the_past():
    wanted = Span(at(24, 10), at(24, 12))

    found = next_possible(wanted, [], zone=BERLIN, is_closed=holiday, not_before=at(24, 19))

    # 25 and 26 are Christmas, the 27th is a Sunday.
    assert [one.starts_at.astimezone(BERLIN).day for one in found] == [28, 29, 30]


def test_span_on_a_short_day_has_its_length_by_the_clock():
    span = span_on(date(2027, 3, 28), time(1), time(4), BERLIN)

    assert span.ends_at - span.starts_at == timedelta(hours=2)
