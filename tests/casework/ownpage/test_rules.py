"""When a session ends, what a deed is to the person, what finds a code."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tragnetz.casework.ownpage.rules import Touched, closed_after, is_over, lookup_part, once_a_day, touched

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("started", "seen", "over"),
    [(0, 0, False), (29, 29, False), (40, 30, True), (479, 1, False), (480, 1, True)],
)
def test_a_session_ends_after_half_an_hour_alone_or_eight_hours(started, seen, over):
    assert is_over(AT - timedelta(minutes=started), AT - timedelta(minutes=seen), AT) is over


@pytest.mark.parametrize(
    ("verb", "kind"),
    [("case:read", Touched.READ), ("agreement:print", Touched.READ), ("released:list", Touched.READ),
     ("case:export", Touched.READ), ("step:add", Touched.WROTE), ("emergency:take", Touched.EMERGENCY)],
)  # fmt: skip
def test_a_deed_is_reading_writing_or_an_emergency(verb, kind):
    assert touched(verb) is kind


def test_the_same_on_one_day_is_told_once():
    row = (date(2026, 1, 1), "Alpha", "Beratung", Touched.READ)
    other = (date(2026, 1, 1), "Alpha", "Beratung", Touched.WROTE)

    assert once_a_day([row, other, row]) == [row, other]


def test_months_count_by_the_calendar():
    assert closed_after(date(2026, 8, 31), 6) == date(2026, 2, 28)


def test_the_database_knows_a_third_of_the_code():
    assert lookup_part("K7M49XQ2PD3A") == "K7M4"
