"""What bounds a slot, one bound at a time: rhythm and term, shares and their release, ways, rests, full days, lengths."""

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tragnetz.appointments.enums import Audience, BookingState, Purpose
from tragnetz.appointments.rules import (
    BOOKING_MOVES,
    GRID,
    Elsewhere,
    Length,
    Shift,
    Taken,
    Terms,
    Wanted,
    free_slots,
    length_seconds,
    read_token,
)

BERLIN = ZoneInfo("Europe/Berlin")
ME, HERE, THERE = (uuid.UUID(int=number) for number in (1, 3, 4))
MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
MORNING = Shift(ME, uuid.UUID(int=2), HERE, 0, time(8), time(12), ("phone",), date(2020, 1, 1), None)


def at(hour: int, minute: int = 0, day: date = MONDAY) -> int:
    return int(datetime.combine(day, time(hour, minute), BERLIN).timestamp())


def free(*shifts, busy=(), first=MONDAY, last=None, **given):
    taken = given.pop("taken", None) or Taken({ME: list(busy)})
    given = {"not_before": 0, "kinds": frozenset({"phone"})} | given
    return list(
        free_slots(
            shifts or [MORNING], taken, first=first, last=last or first, holidays=frozenset(), zone=BERLIN, **given
        )
    )


def starts(*shifts, **given) -> list[int]:
    return [slot.start for slot in free(*shifts, **given)]


def test_every_second_week_begins_with_the_first_one():
    wednesday = date(2026, 11, 25)  # the rhythm counts from the Monday of this week, whenever the term begins in it
    shift = replace(MORNING, weekday=0, valid_from=wednesday, every=2)

    worked = [weeks for weeks in range(6) if shift.holds_on(MONDAY + weeks * WEEK)]

    assert worked == [2, 4]
    assert not shift.holds_on(MONDAY)  # before its term
    assert all(replace(shift, every=1).holds_on(MONDAY + weeks * WEEK) for weeks in range(1, 6))


def test_a_term_holds_from_its_first_to_its_last_day():
    shift = replace(MORNING, valid_from=MONDAY, valid_until=MONDAY + WEEK)

    assert [shift.holds_on(day) for day in (MONDAY - WEEK, MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_each_day_from_the_first_to_the_last_has_its_shift():
    days = [MONDAY + timedelta(days=offset) for offset in range(8)]
    tuesday = replace(MORNING, weekday=1, starts=time(13), ends=time(14))

    assert starts(MORNING, tuesday, last=days[-1]) == [
        *(at(8) + step * GRID for step in range(7)),
        at(13, day=days[1]),
        *(at(8, day=days[7]) + step * GRID for step in range(7)),
    ]


@pytest.mark.parametrize(
    ("audience", "public", "desk", "percent"),
    [
        (Audience.PUBLIC, 40, 60, 40), (Audience.DESK, 40, 60, 60), (Audience.INTERNAL, 40, 60, 100),
        (Audience.PUBLIC, 0, 100, 0), (Audience.PUBLIC, 100, 0, 100), (Audience.DESK, 100, 0, 0),
    ],
)  # fmt: skip
def test_an_audience_gets_its_share_of_hours_evenly(audience, public, desk, percent):
    shift = replace(MORNING, public_percent=public, desk_percent=desk)
    days = [MONDAY + number * timedelta(days=1) for number in range(100)]

    dealt = [sum(shift.is_open_to(audience, day, hour) for day in days) for hour in range(4)]

    assert shift.percent_for(audience) == percent
    assert dealt == [percent] * 4  # each hour of the day as often as any other


def test_what_the_public_may_book_the_desk_may_too():
    shift = replace(MORNING, public_percent=30, desk_percent=60)

    for number in range(200):
        day, hour = MONDAY + timedelta(days=number // 4), number % 4
        if shift.is_open_to(Audience.PUBLIC, day, hour):
            assert shift.is_open_to(Audience.DESK, day, hour)


@pytest.mark.parametrize("release", [0, 3600, 2 * 3600, 5 * 3600])
def test_what_is_kept_is_open_to_all_before_its_release(release):
    """Nothing is dealt to the public: only what begins earlier than now and the release time is offered."""
    shift = replace(MORNING, public_percent=0)
    given = {"audience": Audience.PUBLIC, "terms": Terms(release=release), "not_before": at(8)}

    assert starts(shift, **given) == [start for start in starts(MORNING, not_before=at(8)) if start < at(8) + release]
    assert starts(shift, **given | {"audience": Audience.INTERNAL}) == starts(MORNING, not_before=at(8))


def test_a_share_counts_by_the_hour_from_the_start_of_the_shift():
    shift = replace(MORNING, public_percent=50)
    hours = {hour for hour in range(4) if shift.is_open_to(Audience.PUBLIC, MONDAY, hour)}

    found = starts(shift, audience=Audience.PUBLIC)

    assert 0 < len(hours) < 4
    assert {(start - at(8)) // 3600 for start in found} == hours
    assert len(found) == sum(1 if hour == 3 else 2 for hour in hours)  # no talk begins in the last half hour


def test_the_way_from_another_site_is_no_time_for_talks_here():
    there = [Elsewhere(at(9), at(10), THERE)]
    ways = {frozenset({HERE, THERE}): 30 * 60}

    with_way = Taken({ME: [(at(9), at(10))]}, elsewhere={ME: there}, ways=ways)
    without = Taken({ME: [(at(9), at(10))]}, elsewhere={ME: there})
    here = Taken({ME: [(at(9), at(10))]}, elsewhere={ME: [Elsewhere(at(9), at(10), HERE)]}, ways=ways)

    assert starts(taken=with_way) == [at(10, 30), at(11)]
    assert starts(taken=without) == starts(taken=here) == [at(8), at(10), at(10, 30), at(11)]


def test_a_rest_stands_after_a_talk_but_not_after_the_shift():
    terms = Terms(lengths={"phone": Length(60, 60, 15)})

    assert starts(terms=terms)[-1] == at(11)
    assert starts(terms=terms, busy=[(at(10), at(11))]) == [at(8), at(8, 30), at(11)]
    assert starts(terms=terms, busy=[(at(9), at(10))]) == [at(10), at(10, 30), at(11)]


def test_a_full_day_has_no_times_and_the_next_one_has():
    taken = Taken({}, full=frozenset({(ME, MONDAY)}))

    assert {slot.start for slot in free(last=MONDAY + WEEK, taken=taken)} == set(starts(first=MONDAY + WEEK))


def test_a_talk_takes_as_long_as_it_says():
    terms = Terms(lengths={"phone": Length(45, 30)})

    found = {
        (purpose, twice): length_seconds(terms, "phone", purpose, interpreter=twice) // 60
        for purpose in (Purpose.FIRST, Purpose.FOLLOW)
        for twice in (False, True)
    }

    assert found == {
        (Purpose.FIRST, False): 45, (Purpose.FIRST, True): 90,
        (Purpose.FOLLOW, False): 30, (Purpose.FOLLOW, True): 60,
    }  # fmt: skip
    assert length_seconds(terms, "video", Purpose.FIRST, interpreter=False) == 3600
    assert {slot.end - slot.start for slot in free(terms=terms, purpose=Purpose.FOLLOW)} == {30 * 60}


def test_a_place_belongs_to_what_is_on_site_and_other_kinds_are_left_out():
    shift = replace(MORNING, kinds=("phone", "on_site", "video"))

    found = free(shift, kinds=frozenset({"phone", "on_site"}))

    assert {(slot.kind, slot.site_id) for slot in found} == {("phone", None), ("on_site", HERE)}


@pytest.mark.parametrize(
    ("start", "length", "good"),
    [
        (1, 1, True), (2**33 - 1, 8 * 3600, True), (0, 3600, False), (-1, 3600, False), (2**33, 3600, False),
        (1_800_000_000, 0, False), (1_800_000_000, -60, False), (1_800_000_000, 8 * 3600 + 1, False),
    ],
)  # fmt: skip
def test_a_token_is_of_this_age_and_of_a_day_at_most(start, length, good):
    token = f"{ME.hex}.{start}.{length}.phone"

    assert read_token(token) == (Wanted(ME, start, length, "phone") if good else None)


def test_bookings_move_as_the_table_says():
    held, booked, attended, missed, cancelled = (
        BookingState.HELD, BookingState.BOOKED, BookingState.ATTENDED, BookingState.MISSED, BookingState.CANCELLED,
    )  # fmt: skip

    assert {
        held: {booked, cancelled}, booked: {attended, missed, cancelled}, attended: {booked, missed},
        missed: {booked, attended}, cancelled: set(),
    } == BOOKING_MOVES  # fmt: skip
