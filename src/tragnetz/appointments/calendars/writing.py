"""Appointments as iCalendar (RFC 5545): pure. Neutral words only, for a calendar lies open on many screens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

DAY = timedelta(days=1)
REFRESH = timedelta(minutes=15)  # how often a program may ask again; most ask less often


class Status(StrEnum):
    """How sure an entry is (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a calendar: `uid` stays, `sequence` grows with each change, `changed_at` is the last one."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    changed_at: datetime
    location: str = ""
    sequence: int = 0
    status: Status = Status.CONFIRMED


def calendar_file(entries: Sequence[Entry], *, zone: ZoneInfo, name: str) -> bytes:
    """Return a calendar of entries in the local time of a zone, with the rules of that zone.

    It depends on the entries alone, so that the same ones give the same bytes: DTSTAMP is the last change, which is
    what RFC 5545 (3.8.7.2) asks of a calendar without METHOD.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Tragnetz//Appointments//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(name))  # as text: else its signs are not escaped
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText(f"PT{REFRESH // timedelta(minutes=1)}M"))
    if entries:
        first, last = (pick(entry.starts_at for entry in entries) for pick in (min, max))
        calendar.add_component(zone_rules(zone, first, last + DAY))
    for entry in entries:
        calendar.add_component(_event(entry, zone))
    return bytes(calendar.to_ical())


def zone_rules(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Return what a zone's clocks do between two instants, each change as an observance of its own (3.6.5).

    icalendar's own `add_missing_timezones` begins summer time an hour late: it writes the onset by the new clock,
    where RFC 5545 wants the old one.
    """
    rules = Timezone()
    rules.add("tzid", zone.key)
    first = first.astimezone(UTC).replace(second=0, microsecond=0)
    rules.add_component(_observance(first, zone, first.astimezone(zone).utcoffset() or timedelta()))
    for instant, before in _changes(zone, first, last):
        rules.add_component(_observance(instant, zone, before))
    return rules


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """Yield the instants at which a zone's offset changes, with the offset before, to the minute."""
    early = first
    while early < last:
        late = early + DAY
        before = early.astimezone(zone).utcoffset() or timedelta()
        if late.astimezone(zone).utcoffset() != before:
            same, changed = early, late
            while changed - same > timedelta(minutes=1):
                middle = same + (changed - same) // timedelta(minutes=2) * timedelta(minutes=1)
                same, changed = (middle, changed) if middle.astimezone(zone).utcoffset() == before else (same, middle)
            yield changed, before
        early = late


def _observance(instant: datetime, zone: ZoneInfo, before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    local = instant.astimezone(zone)
    kind = TimezoneDaylight() if local.dst() else TimezoneStandard()
    kind.add("dtstart", (instant + before).replace(tzinfo=None))  # by the clock from before the change
    kind.add("tzoffsetfrom", before)
    kind.add("tzoffsetto", local.utcoffset() or timedelta())
    kind.add("tzname", local.tzname() or zone.key)
    return kind


def _event(entry: Entry, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", _local(entry.starts_at, zone))
    event.add("dtend", _local(entry.ends_at, zone))
    event.add("summary", entry.summary)
    event.add("status", entry.status.value)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if entry.status == Status.CANCELLED else "OPAQUE")
    if entry.location:
        event.add("location", entry.location)
    return event


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant by the clock of a zone; in UTC where that clock shows the same time for the second time."""
    local = instant.astimezone(zone)
    return instant.astimezone(UTC) if local.fold else local
