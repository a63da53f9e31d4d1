"""A calendar file says the same instants to two independent readers, also where the clocks change."""

import re
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tragnetz.appointments.calendars.writing import Entry, Status, calendar_file

BERLIN = ZoneInfo("Europe/Berlin")
CHANGED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


def entry(starts_at: datetime, length: timedelta = HOUR, **kwargs) -> Entry:
    return Entry(f"{starts_at.isoformat()}@herne", starts_at, starts_at + length, "Termin", CHANGED, **kwargs)


def written(entries, zone: ZoneInfo = BERLIN) -> str:
    return calendar_file(entries, zone=zone, name="Netz").decode()


def by_icalendar(text: str) -> list[tuple[datetime, datetime]]:
    """Read with icalendar, which knows the zone by its name."""
    events = Calendar.from_ical(text).walk("VEVENT")
    return [(event["dtstart"].dt.astimezone(UTC), event["dtend"].dt.astimezone(UTC)) for event in events]


def by_dateutil(text: str) -> list[tuple[datetime, datetime]]:
    """Read with dateutil, which knows the zone by the rules in the file alone."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    zones = re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", unfolded, re.DOTALL)
    known = tz.tzical(StringIO("\n".join(zones).replace("\r", ""))) if zones else None

    def instant(name: str, event: str) -> datetime:
        line = re.search(rf"^{name}([;:].*)$", event, re.MULTILINE)[1].strip()
        start = rrulestr(
            f"DTSTART{line}\nRRULE:FREQ=DAILY;COUNT=1", tzids=known.get if known else None
        )[0]  # fmt: skip
        return start.astimezone(UTC)

    events = re.findall(r"BEGIN:VEVENT.*?END:VEVENT", unfolded, re.DOTALL)
    return [(instant("DTSTART", event), instant("DTEND", event)) for event in events]


def meant(entries) -> list[tuple[datetime, datetime]]:
    return [(one.starts_at, one.ends_at) for one in entries]


def weekly(clock: time, first: date, weeks: int) -> list[Entry]:
    """Appointments at a time of the clock, week after week."""
    days = [first + timedelta(weeks=number) for number in range(weeks)]
    return [entry(datetime.combine(day, clock, BERLIN).astimezone(UTC)) for day in days]


@pytest.mark.parametrize("first", [date(2026, 10, 19), date(2026, 10, 25), date(2027, 3, 22), date(2027, 3, 28)])
def test_weekly_ten_o_clock_stays_ten_o_clock_for_a_year(first):
    entries = weekly(time(10), first, 54)
    text = written(entries)

    assert by_icalendar(text) == meant(entries)
    assert by_dateutil(text) == meant(entries)
    assert re.findall(r"DTSTART;TZID=Europe/Berlin:\d{8}T(\d{6})", text) == ["100000"] * 54


@given(
    st.lists(
        st.tuples(
            st.integers(0, 500 * 24 * 4).map(lambda quarter: datetime(2026, 9, 1, tzinfo=UTC) + quarter * HOUR / 4),
            st.integers(1, 16).map(lambda quarters: quarters * HOUR / 4),
        ),
        min_size=1,
        max_size=6,
    )
)
@example([(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), HOUR) for hour in range(4)])
@example([(datetime(2027, 3, 28, hour, 30, tzinfo=UTC), HOUR) for hour in range(4)])
@example([(datetime(2027, 10, 31, hour, 30, tzinfo=UTC), HOUR) for hour in range(4)])
@settings(max_examples=80)
def test_two_readers_find_the_same_instants(spans):
    entries = [entry(start, length) for start, length in spans]
    text = written(entries)

    assert by_icalendar(text) == meant(entries)
    assert by_dateutil(text) == meant(entries)


@pytest.mark.parametrize("name", ["Europe/Berlin", "Europe/London", "America/New_York", "UTC", "Asia/Kathmandu"])
def test_rules_of_any_zone_are_right_all_year(name):
    entries = [entry(datetime(2026, 10, 1, tzinfo=UTC) + number * timedelta(hours=61)) for number in range(144)]
    text = written(entries, ZoneInfo(name))

    assert by_icalendar(text) == meant(entries)
    assert by_dateutil(text) == meant(entries)


def test_an_hour_that_comes_twice_is_told_apart():
    first, second = (entry(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in (0, 1))
    text = written([first, second])

    assert [start.astimezone(BERLIN).strftime("%H:%M") for start, _end in meant([first, second])] == ["02:30", "02:30"]
    assert by_icalendar(text) == by_dateutil(text) == meant([first, second])


def test_summer_time_begins_by_the_old_clock():
    text = written(weekly(time(10), date(2027, 3, 22), 2))

    onset = re.search(r"BEGIN:DAYLIGHT\r\nDTSTART:(\S+)", text)
    assert onset[1] == "20270328T020000"


def test_an_event_carries_what_programs_look_for():
    event = Calendar.from_ical(
        written([entry(CHANGED, sequence=3, status=Status.CANCELLED, location="Weg 1, 44623 Herne")])
    ).walk("VEVENT")[0]

    assert (int(event["sequence"]), str(event["status"]), str(event["transp"])) == (3, "CANCELLED", "TRANSPARENT")
    assert event["dtstamp"].dt == event["last-modified"].dt == CHANGED
    assert str(event["location"]) == "Weg 1, 44623 Herne"


def test_the_same_entries_are_the_same_bytes():
    entries = weekly(time(10), date(2026, 10, 19), 4)

    assert written(entries) == written(entries)


def test_lines_are_folded_and_signs_escaped():
    text = calendar_file([entry(CHANGED, location="ä" * 100 + "; x, y")], zone=BERLIN, name="Netz; Herne, Ä")

    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    calendar = Calendar.from_ical(text)
    for name in ("NAME", "X-WR-CALNAME"):  # as they stand: icalendar leaves the escapes of these two in
        assert rf"{name}:Netz\; Herne\, Ä".encode() in text.split(b"\r\n")
    assert str(calendar.walk("VEVENT")[0]["location"]) == "ä" * 100 + "; x, y"


def test_an_empty_calendar_is_one():
    calendar = Calendar.from_ical(written([]))

    assert calendar.walk("VEVENT") == []
    assert calendar["refresh-interval"].dt == timedelta(minutes=15)
    assert str(calendar["x-published-ttl"]) == "PT15M"
