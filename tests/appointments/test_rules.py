"""Free times: against a slow, plain model, and on the days when clocks change."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tragnetz.appointments.rules import GRID, Shift, Taken, Terms, free_slots, length_seconds, merge_busy, read_token

BERLIN = ZoneInfo("Europe/Berlin")
ME = uuid.UUID(int=1)
MONDAY = date(2026, 11, 23)


def shift(starts=time(8), ends=time(12), weekday=0, kinds=("phone",)) -> Shift:
    return Shift(ME, uuid.UUID(int=2), None, weekday, starts, ends, kinds, date(2020, 1, 1), None)


def free(shifts, busy=(), first=MONDAY, last=MONDAY, holidays=frozenset(), not_before=0, *, interpreter=False):
    rows = Taken(merge_busy((ME, start, end) for start, end in busy))
    return list(
        free_slots(
            shifts,
            rows,
            first=first,
            last=last,
            holidays=holidays,
            zone=BERLIN,
            kinds=frozenset({"phone"}),
            not_before=not_before,
            interpreter=interpreter,
        )
    )


def at(hour: int, minute: int = 0, day: date = MONDAY) -> int:
    return int(datetime.combine(day, time(hour, minute), BERLIN).timestamp())


def test_a_morning_has_starts_every_half_hour_until_the_last_full_talk():
    starts = [slot.start for slot in free([shift()])]

    assert starts == [at(8) + step * GRID for step in range(7)]


def test_a_booking_takes_its_time_and_no_more():
    starts = [slot.start for slot in free([shift()], busy=[(at(9), at(10))])]

    assert starts == [at(8), at(10), at(10, 30), at(11)]


def test_an_interpreter_doubles_the_time():
    assert next(slot.end - slot.start for slot in free([shift()], interpreter=True)) == 2 * 3600


def test_a_holiday_has_no_times():
    assert free([shift()], holidays=frozenset({MONDAY})) == []


def test_past_times_are_not_offered():
    assert [slot.start for slot in free([shift()], not_before=at(10, 45))] == [at(11)]


def test_the_days_when_clocks_change_keep_local_time():
    for sunday in (date(2026, 3, 29), date(2026, 10, 25)):
        slots = free([shift(weekday=6)], first=sunday, last=sunday)

        assert slots[0].starts_at.astimezone(BERLIN).time() == time(8)
        assert len(slots) == 7


def test_a_token_comes_back_as_it_went():
    slot = free([shift()])[0]

    assert read_token(slot.token) == (slot.membership_id, slot.start, slot.end - slot.start, slot.kind)


@given(st.text(max_size=80))
def test_any_other_token_is_refused_quietly(text):
    wanted = read_token(text)

    assert wanted is None or wanted.length > 0


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=6),
    st.integers(0, 6),
    st.integers(1, 10),
)
def test_free_times_are_those_of_a_plain_model(bookings, opens, hours):
    """A start is free if it lies on the grid reached from the roster, or from the end of what hinders it."""
    start = datetime.combine(MONDAY, time(8), BERLIN) + timedelta(minutes=30 * opens)
    end = min(start + timedelta(hours=hours), datetime.combine(MONDAY, time(20), BERLIN))
    busy = [(at(6) + 1800 * begin, at(6) + 1800 * (begin + length)) for begin, length in bookings]
    length = length_seconds(Terms(), "phone", "first", interpreter=False)
    expected = [
        begin
        for begin in range(int(start.timestamp()), int(end.timestamp()) - length + 1, GRID)
        if all(begin + length <= taken or begin >= freed for taken, freed in busy)
    ]

    found = [slot.start for slot in free([shift(start.time(), end.time())], busy=busy)]

    assert found == expected


def test_busy_times_are_joined():
    rows = merge_busy([(ME, 0, 10), (ME, 10, 20), (ME, 5, 7), (ME, 30, 40)])

    assert rows == {ME: [(0, 20), (30, 40)]}
    assert datetime.fromtimestamp(0, UTC).year == 1970
