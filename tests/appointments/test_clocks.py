"""Times stay right where the clocks change, and whatever clock the server goes by."""

import os
import subprocess
import sys
import uuid
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tragnetz.appointments.enums import Audience, Kind, Purpose
from tragnetz.appointments.rules import Length, Shift, Slot, Taken, Terms, free_slots

BERLIN = ZoneInfo("Europe/Berlin")
MEMBER, ORGANISATION = uuid.uuid4(), uuid.uuid4()
CHANGES = [date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
AUTUMN, SPRING = CHANGES[0], CHANGES[1]


def shift(day: date, starts: time, ends: time) -> Shift:
    return Shift(MEMBER, ORGANISATION, None, day.weekday(), starts, ends, (Kind.PHONE.value,), date(2026, 1, 1), None)


def slots(row: Shift, first: date, last: date | None = None, minutes: int = 30) -> list[Slot]:
    found = free_slots(
        [row], Taken({}), first=first, last=last or first, holidays=frozenset(), zone=BERLIN,
        kinds=frozenset({Kind.PHONE.value}), not_before=0, terms=Terms(lengths={Kind.PHONE: Length(minutes, minutes)}),
        purpose=Purpose.FIRST, interpreter=False, audience=Audience.INTERNAL,
    )  # fmt: skip
    return list(found)


def clock(slot: Slot) -> str:
    return slot.starts_at.astimezone(BERLIN).strftime("%H:%M")


@pytest.mark.parametrize("change", CHANGES)
def test_weekly_ten_o_clock_stays_ten_o_clock_over_a_year(change):
    first = change - timedelta(weeks=2)
    found = slots(shift(first, time(10), time(11)), first, first + timedelta(weeks=52), minutes=60)

    assert len(found) == 53
    assert {clock(slot) for slot in found} == {"10:00"}
    assert {slot.end - slot.start for slot in found} == {3600}


def test_half_past_two_is_not_offered_on_the_day_that_has_none():
    found = slots(shift(SPRING, time(0), time(6)), SPRING)

    assert [clock(slot) for slot in found] == [
        "00:00", "00:30", "01:00", "01:30", "03:00", "03:30", "04:00", "04:30", "05:00", "05:30",
    ]  # fmt: skip
    assert slots(shift(SPRING, time(2, 30), time(3)), SPRING) == []


@pytest.mark.parametrize("day", [AUTUMN, CHANGES[2]])
def test_an_hour_that_comes_twice_is_offered_twice_as_two_instants(day):
    found = slots(shift(day, time(0), time(6)), day)

    assert len(found) == 14
    twice = [slot for slot in found if clock(slot) == "02:30"]
    assert [slot.starts_at for slot in twice] == [
        datetime.combine(day, time(hour, 30), UTC) for hour in (0, 1)
    ]  # fmt: skip
    assert len({slot.token for slot in found}) == 14


@given(
    day=st.sampled_from(CHANGES).flatmap(
        lambda change: st.integers(-3, 3).map(lambda days: change + timedelta(days=days))
    ),
    quarters=st.tuples(st.integers(0, 94), st.integers(1, 95)).filter(lambda pair: pair[0] < pair[1]),
    minutes=st.sampled_from([15, 30, 45, 60, 90]),
)
@example(day=SPRING, quarters=(8, 12), minutes=30)
@example(day=AUTUMN, quarters=(8, 12), minutes=30)
@settings(max_examples=400)
def test_slots_lie_in_the_shift_with_their_exact_length(day, quarters, minutes):
    starts, ends = (time(number // 4, number % 4 * 15) for number in quarters)
    found = slots(shift(day, starts, ends), day, minutes=minutes)

    opens, closes = (datetime.combine(day, at, BERLIN).timestamp() for at in (starts, ends))
    assert [slot.start for slot in found] == list(
        range(int(opens), int(closes) - minutes * 60 + 1, 1800)
    )  # fmt: skip
    assert all(slot.end - slot.start == minutes * 60 for slot in found)
    # On the clock of the city each lies on the day and between the ends of the shift; none shows a time that was not.
    for slot in found:
        local = slot.starts_at.astimezone(BERLIN)
        assert local.date() == day
        assert local.astimezone(UTC).astimezone(BERLIN).replace(tzinfo=None) == local.replace(tzinfo=None)
        assert not (day == SPRING and local.hour == 2)


PRINTED = """
import django
django.setup()
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo
from django.template import Context, Template
from tragnetz.appointments.calendars.reading import read_calendar
from tragnetz.appointments.calendars.writing import Entry, calendar_file
from tests.appointments.test_clocks import AUTUMN, BERLIN, SPRING, shift, slots

found = slots(shift(AUTUMN, time(0), time(6)), AUTUMN) + slots(shift(SPRING, time(0), time(6)), SPRING)
print([slot.start for slot in found])
page = Template("{% for slot in found %}{{ slot.starts_at|date:'d.m.Y H:i' }} {% endfor %}")
print(page.render(Context({"found": found})))
entries = [Entry(str(s.start), s.starts_at, s.ends_at, "Termin", datetime(2026, 1, 1, tzinfo=UTC)) for s in found]
print(calendar_file(entries, zone=BERLIN, name="Netz"))
table = b"beginn;ende\\n25.10.2026 10:00;25.10.2026 11:00\\n28.03.2027 10:00;28.03.2027 11:00\\n"
print(read_calendar("x.csv", table, zone=BERLIN, now=datetime(2026, 10, 1, tzinfo=UTC)))
"""


def test_clock_of_the_server_changes_nothing():
    def printed(zone: str) -> str:
        environment = os.environ | {"TZ": zone, "DJANGO_SETTINGS_MODULE": "tragnetz.config.settings"}
        return subprocess.run(
            [sys.executable, "-c", PRINTED], env=environment, capture_output=True, text=True, check=True,
            cwd=Path(__file__).parents[2],
        ).stdout  # fmt: skip

    first, *others = [printed(zone) for zone in ("UTC", "Europe/Berlin", "America/New_York")]

    assert "25.10.2026 02:30 " in first
    assert others == [first, first]
