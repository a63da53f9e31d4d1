"""Months, also where they are short."""

from datetime import date, timedelta

import pytest

from tragnetz.core.months import latest_over, months_later


@pytest.mark.parametrize(
    ("day", "months", "latest"),
    [
        (date(2027, 2, 28), 6, date(2026, 8, 31)),
        (date(2028, 2, 28), 6, date(2027, 8, 28)),
        (date(2028, 2, 29), 6, date(2027, 8, 31)),
        (date(2027, 6, 30), 6, date(2026, 12, 31)),
        (date(2027, 8, 31), 6, date(2027, 2, 28)),
        (date(2029, 2, 28), 12, date(2028, 2, 29)),
    ],
)
def test_months_are_over_for_several_days_at_the_end_of_a_short_one(day, months, latest):
    assert latest_over(day, months) == latest


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_what_is_over_is_over_by_counting_forward(months):
    for number in range(2 * 366):
        day = date(2027, 1, 1) + timedelta(days=number)
        latest = latest_over(day, months)

        assert months_later(latest, months) <= day < months_later(latest + timedelta(days=1), months)
