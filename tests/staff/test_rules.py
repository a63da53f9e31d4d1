"""When a session ends, how often one may try, which roles an organisation would miss."""

from datetime import UTC, datetime, timedelta

import pytest

from tragnetz.network.enums import Role
from tragnetz.staff.enums import Counted, Ending
from tragnetz.staff.rules import RATES, Limits, Rate, after_try, ending, left_without

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
LIMITS = Limits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("signed_in", "seen", "expected"),
    [
        (timedelta(hours=1), 29 * MINUTE, None),
        (timedelta(hours=1), 30 * MINUTE, Ending.IDLE),
        (timedelta(hours=11, minutes=59), MINUTE, None),
        (timedelta(hours=12), timedelta(0), Ending.ABSOLUTE),
        (timedelta(hours=13), 40 * MINUTE, Ending.ABSOLUTE),
    ],
)
def test_a_session_ends_after_idle_time_and_after_a_day_however_busy(signed_in, seen, expected):
    assert ending(NOON - signed_in, NOON - seen, NOON, LIMITS) == expected


def test_a_bucket_allows_a_burst_and_then_one_by_one():
    rate, full_at, allowed = Rate(3, MINUTE), None, []
    for second in range(0, 300, 10):
        after, wait = after_try(full_at, NOON + timedelta(seconds=second), rate)
        if not wait:
            allowed.append(second)
            full_at = after

    assert allowed == [0, 10, 20, 60, 120, 180, 240]


def test_no_hour_has_more_than_twenty_guesses_of_an_account():
    rate, full_at, allowed = RATES[Counted.ACCOUNT], None, []
    for number in range(4 * 3600):
        at = NOON + timedelta(seconds=number)
        after, wait = after_try(full_at, at, rate)
        if not wait:
            allowed.append(at)
            full_at = after

    assert max(sum(one <= at < one + timedelta(hours=1) for at in allowed) for one in allowed) <= 20


def test_an_organisation_misses_lead_and_administration_alone():
    had = {Role.ADMIN, Role.LEAD, Role.DPO}

    assert left_without(had, {Role.LEAD}, set()) == [Role.ADMIN]
    assert left_without(had, set(), {Role.ADMIN}) == [Role.LEAD]
    assert left_without(had, set(), {Role.ADMIN, Role.LEAD}) == []
    assert left_without({Role.DPO}, set(), set()) == []
