"""When a session ends, how often one may try, which roles an organisation would miss."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tragnetz.network.enums import Role
from tragnetz.staff.enums import Counted, Ending
from tragnetz.staff.rules import INVITATION_LIFE, RATES, Limits, Rate, after_try, ending, gained, left_without

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


DOCS = Path(__file__).resolve().parents[2] / "docs"
# First words of a row of the tables of docs/limits.md and docs/login.md -> the bucket it is about.
TOLD = {
    "forms that are written down": Counted.FORM, "pages behind a link": Counted.LINK, "wrong codes |": Counted.WRONG_CODE,
    "wrong codes of the own page": Counted.OWN_ADDRESS, "codes at a referral": Counted.REFERRAL_ADDRESS,
    "what is only computed": Counted.COMPUTED, "search |": Counted.SEARCH, "calendars": Counted.FEED,
    "remarks of staff": Counted.REMARK_STAFF,
    "password, by the address typed": Counted.ACCOUNT, "password on a known device": Counted.DEVICE,
    "password, by internet address": Counted.ADDRESS, "second factor, old password": Counted.CODE,
    "mail to one address": Counted.MAIL, "mail caused by": Counted.MAIL_ADDRESS,
}  # fmt: skip
UNITS = {"s": timedelta(seconds=1), "min": MINUTE}
ELSEWHERE = {  # told in sentences
    Counted.OWN_ALL: Rate(50, timedelta(seconds=72)),
    Counted.OWN_UPLOAD: Rate(12, 2 * MINUTE),
    Counted.TOLD: Rate(6, 120 * MINUTE),
    Counted.APP_CODE: Rate(1, timedelta(seconds=90)),
}


def test_what_is_counted_is_what_the_pages_say():
    lines = [line for page in ("limits", "login") for line in (DOCS / f"{page}.md").read_text("utf-8").splitlines()]
    found = dict(ELSEWHERE)
    for words, what in TOLD.items():
        row = next(line for line in lines if line.startswith(f"| {words}"))
        burst, every, unit = re.search(r"\| (\d+) \| ([\d.]+) (s|min) \|", row).groups()
        found[what] = Rate(int(burst), float(every) * UNITS[unit])

    assert found == RATES


def test_a_bucket_that_was_full_long_ago_holds_no_more_than_its_burst():
    rate = Rate(2, MINUTE)

    assert after_try(NOON - timedelta(hours=1), NOON, rate) == (NOON + MINUTE, timedelta(0))
    assert after_try(NOON + MINUTE, NOON, rate) == (NOON + 2 * MINUTE, timedelta(0))
    assert after_try(NOON + 2 * MINUTE, NOON, rate) == (NOON + 3 * MINUTE, MINUTE)


def test_what_somebody_gains_is_what_they_did_not_have():
    assert gained({Role.LEAD}, {Role.LEAD, Role.DPO}) == {Role.DPO}
    assert gained({Role.LEAD, Role.DPO}, {Role.LEAD}) == set()
    assert timedelta(days=7) == INVITATION_LIFE
