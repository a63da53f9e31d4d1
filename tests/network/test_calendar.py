"""Opening hours as calendar events say the same as our own rule, day by day, also where the clocks change."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tragnetz.network.calendar import hour_events
from tragnetz.network.rules import DAYS, DaysOff, OpeningHours, open_times

BERLIN = ZoneInfo("Europe/Berlin")
NRW = DaysOff("DE", "NW", (("12-24", "Heiligabend"),))
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
WEEK = OpeningHours(days=("mo", "tu", "we", "th", "fr"), opens=time(8), closes=time(12))


def written(hours) -> Calendar:
    """Return the calendar as a stranger reads it: from its text."""
    calendar = Calendar()
    for number, event in hour_events(hours, FIRST, LAST, BERLIN, NRW):
        event.add("uid", str(number))
        calendar.add_component(event)
    return Calendar.from_ical(calendar.to_ical())


def opened(calendar) -> dict[date, list[tuple[time, time]]]:
    """Return from when to when it is open on each day, by the rules of the calendar alone (dateutil)."""
    found = defaultdict(list)
    for event in calendar.walk("VEVENT"):
        start, end = event["dtstart"].dt, event["dtend"].dt
        instants = rruleset()
        instants.rdate(start)
        if "rrule" in event:
            instants.rrule(rrulestr(event["rrule"].to_ical().decode(), dtstart=start))
        for name, add in (("rdate", instants.rdate), ("exdate", instants.exdate)):
            for one in event[name].dts if name in event else []:
                add(one.dt)
        for instant in instants:
            found[instant.date()].append((instant.timetz().replace(tzinfo=None), end.time()))
    return {day: sorted(times) for day, times in found.items()}


def ours(hours) -> dict[date, list[tuple[time, time]]]:
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    found = {day: open_times(hours, day, NRW) for day in days}
    return {day: times for day, times in found.items() if times}


@st.composite
def rows(draw) -> OpeningHours:
    days = tuple(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True)))
    start = draw(st.none() | st.dates(FIRST, LAST))
    end = draw(st.none() | st.dates(start or FIRST, LAST))
    opens = draw(st.times(time(0), time(22)).map(lambda clock: clock.replace(microsecond=0)))
    closes = opens.replace(hour=opens.hour + 1)
    kind = draw(st.sampled_from(["open", "open", "open", "closed", "instead"]))
    if kind == "closed":
        start = start or FIRST
        return OpeningHours(days=draw(st.sampled_from([(), days])), valid_from=start, valid_until=end)
    return OpeningHours(
        days=days, opens=opens, closes=closes, valid_from=start, valid_until=end,
        every=draw(st.integers(1, 4)) if start else 1,
        nth=tuple(draw(st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), max_size=2, unique=True))),
        instead=kind == "instead", on_holidays=draw(st.booleans()),
    )  # fmt: skip


@given(st.lists(rows(), max_size=4))
@example([WEEK, OpeningHours(days=("fr",), opens=time(14), closes=time(16), nth=(1, -1))])
@example(
    [OpeningHours(days=("th",), opens=time(2, 30), closes=time(3, 30), every=2, valid_from=date(2026, 1, 8), nth=(2,))]
)
@settings(max_examples=60)
def test_calendar_opens_on_the_same_days_as_our_rule(hours):
    assert opened(written(hours)) == ours(hours)


def test_clock_times_stay_when_the_clocks_change():
    hours = [OpeningHours(days=("sa", "su", "mo"), opens=time(9), closes=time(10), on_holidays=True)]
    found = opened(written(hours))

    assert [found[date(2026, 3, day)] for day in (28, 29, 30)] == [[(time(9), time(10))]] * 3
    assert [found[date(2026, 10, day)] for day in (24, 25, 26)] == [[(time(9), time(10))]] * 3


def test_rule_ends_with_the_last_open_day_as_an_instant_in_utc():
    summer = [OpeningHours(days=("mo",), opens=time(9), closes=time(10), valid_until=date(2026, 7, 31))]
    winter = [OpeningHours(days=("mo",), opens=time(9), closes=time(10), valid_until=date(2026, 11, 30))]

    ends = [written(hours).walk("VEVENT")[0]["rrule"]["UNTIL"] for hours in (summer, winter)]

    assert ends == [[datetime(2026, 7, 27, 7, tzinfo=UTC)], [datetime(2026, 11, 30, 8, tzinfo=UTC)]]


def test_rhythm_stands_in_the_rule_and_closures_in_the_exceptions():
    hours = [
        OpeningHours(days=("th",), opens=time(14), closes=time(16), every=2, valid_from=date(2026, 11, 2)),
        OpeningHours(days=("fr",), opens=time(9), closes=time(10), nth=(1, -1)),
        OpeningHours(valid_from=date(2026, 12, 17), valid_until=date(2026, 12, 17)),
    ]
    first, second = written(hours).walk("VEVENT")

    assert (first["rrule"]["FREQ"], first["rrule"]["INTERVAL"], first["rrule"]["WKST"]) == (["WEEKLY"], [2], ["MO"])
    assert datetime(2026, 12, 17, 14, tzinfo=BERLIN) in [one.dt for one in first["exdate"].dts]
    assert (second["rrule"]["FREQ"], second["rrule"]["BYDAY"]) == (["MONTHLY"], ["1FR", "-1FR"])


def test_place_that_never_opens_has_no_event():
    assert written([OpeningHours(valid_from=FIRST)]).walk("VEVENT") == []
