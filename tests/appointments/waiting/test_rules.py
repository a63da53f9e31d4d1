"""Who comes first, what suits whom, until when one may answer."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragnetz.appointments.waiting.rules import (
    Counsellor,
    Standing,
    Wishes,
    offer_lasts_until,
    out_of_quiet,
    place_key,
    points,
    suits_person,
    suits_time,
)

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 23, 8, tzinfo=UTC)
ANNA = Counsellor(uuid.UUID(int=1), frozenset({"de", "tr"}), frozenset({"debt"}), "f", frozenset({uuid.UUID(int=9)}))
HOUR = timedelta(hours=1)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_urgency_comes_first_then_who_waits_longest():
    queue = [Standing("normal", at(0)), Standing("today", at(5)), Standing("week", at(3)), Standing("week", at(1))]

    assert sorted(queue, key=place_key) == [queue[1], queue[3], queue[2], queue[0]]


def test_who_missed_an_offer_goes_behind_those_who_waited_then_and_no_further():
    missed, waited, came_later = (
        Standing("normal", at(0), at(10)),
        Standing("normal", at(9)),
        Standing("normal", at(11)),
    )

    assert sorted([came_later, missed, waited], key=place_key) == [waited, missed, came_later]


standings = st.lists(
    st.builds(
        lambda urgency, since, missed: Standing(urgency, at(since), None if missed is None else at(since + missed)),
        st.sampled_from(["today", "week", "normal"]), st.integers(0, 100), st.none() | st.integers(0, 50),
    ),
    max_size=12,
)  # fmt: skip


@given(standings)
def test_nobody_of_equal_urgency_is_overtaken(people):
    queue = sorted(people, key=place_key)
    for number, ahead in enumerate(queue):
        for behind in queue[number + 1 :]:
            if ahead.urgency == behind.urgency and behind.missed_at is None:
                assert ahead.since <= behind.since


@given(standings, st.integers(0, 11))
def test_an_offer_missed_moves_nobody_else(people, number):
    if not people:
        return
    queue = sorted(people, key=place_key)
    chosen = queue[number % len(queue)]
    others = [one for one in queue if one is not chosen]
    moved = sorted([*others, chosen._replace(missed_at=at(500))], key=place_key)

    assert [one for one in moved if one in others] == others


@pytest.mark.parametrize(
    ("wishes", "suits"),
    [
        (Wishes(), True),
        (Wishes(gender="f"), True),
        (Wishes(gender="m"), False),
        (Wishes(language="tr"), True),
        (Wishes(language="uk"), False),
        (Wishes(language="uk", interpreter=True), True),
        (Wishes(language="ro"), True),  # nobody speaks it: waiting for ever helps nobody
        (Wishes(membership_id=uuid.UUID(int=2)), False),
        (Wishes(topic="care", district_id=uuid.UUID(int=8)), True),
    ],
)
def test_wishes_decide_who_suits(wishes, suits):
    assert suits_person(wishes, ANNA, {"de", "tr", "uk"}) == suits


def test_topic_and_district_make_a_counsellor_better():
    assert points(Wishes(topic="debt", district_id=uuid.UUID(int=9)), ANNA) == 5
    assert points(Wishes(topic="care"), ANNA) == 0


@pytest.mark.parametrize(
    ("wishes", "suits"),
    [
        (Wishes(kind="phone", weekdays=(0, 2), earliest=time(9), latest=time(12)), True),
        (Wishes(kind="on_site"), False),
        (Wishes(weekdays=(1,)), False),
        (Wishes(earliest=time(10)), False),
        (Wishes(latest=time(10)), False),
        (Wishes(latest=time(10, 30)), True),
    ],
)
def test_wishes_decide_which_time_suits(wishes, suits):
    begins = datetime.combine(date(2026, 11, 23), time(9, 30), BERLIN)

    assert suits_time(wishes, begins, begins + HOUR, "phone") == suits


@pytest.mark.parametrize(
    ("clock", "due"),
    [((23, 19, 59), (23, 19, 59)), ((23, 20, 0), (24, 8, 0)), ((24, 3, 0), (24, 8, 0)), ((24, 8, 0), (24, 8, 0))],
)
def test_nobody_is_woken(clock, due):
    def local(day, hour, minute):
        return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)

    assert out_of_quiet(local(*clock), BERLIN) == local(*due)


def test_the_time_to_answer_counts_from_when_somebody_hears_of_it():
    notice, day = 2 * HOUR, 24 * HOUR

    assert offer_lasts_until(at(10), at(100), day, notice) == at(34)
    assert offer_lasts_until(at(10), at(20), day, notice) == at(18)
    assert offer_lasts_until(at(10), at(13), day, notice) == at(11)
    assert offer_lasts_until(at(10), at(12.5), day, notice) is None
