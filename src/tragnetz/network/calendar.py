"""Opening hours as events of a calendar (RFC 5545): what repeats as a rule, what is closed as an exception."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event

from tragnetz.network.rules import DaysOff, OpeningHours, rows_in_force


def hour_events(
    hours: Sequence[OpeningHours], first: date, last: date, zone: ZoneInfo, off: DaysOff
) -> Iterator[tuple[int, Event]]:
    """Return an event for each row that opens a place between two days, with the number of the row.

    Each rule ends with the last day that is known to be open: nobody is promised more than was looked at. Days on
    which the row does not hold after all (days off, closures, other hours instead) are exceptions of the rule.
    """
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    in_force = {day: rows_in_force(hours, day, off) for day in days}
    for number, row in enumerate(hours):
        said = [day for day in days if row.opens is not None and row.holds_on(day)]
        opened = [day for day in said if row in in_force[day]]
        if opened:
            closed = [day for day in said if opened[0] < day < opened[-1] and day not in set(opened)]
            yield number, _event(row, opened, closed, zone)


def _event(row: OpeningHours, opened: list[date], closed: list[date], zone: ZoneInfo) -> Event:
    event = Event()
    event.add("dtstart", _at(row.opens, opened[0], zone))
    event.add("dtend", _at(row.closes, opened[0], zone))
    if len(opened) == 1:
        return event
    rule = _rule(row)
    if rule is None:
        event.add("rdate", [_at(row.opens, day, zone) for day in opened[1:]])
        return event
    event.add("rrule", rule | {"until": _at(row.opens, opened[-1], zone).astimezone(UTC)})
    if closed:
        event.add("exdate", [_at(row.opens, day, zone) for day in closed])
    return event


def _rule(row: OpeningHours) -> dict[str, Any] | None:
    """Return how a row repeats; nothing where no rule can say it (some days of a month, in some weeks only)."""
    days = [day.upper() for day in row.days]
    if row.nth and row.every > 1:
        return None
    if row.nth:
        return {"freq": "monthly", "byday": [f"{nth}{day}" for nth in row.nth for day in days]}
    rhythm = {"interval": row.every, "wkst": "MO"} if row.every > 1 else {}
    return {"freq": "weekly", "byday": days} | rhythm


def _at(clock: Any, day: date, zone: ZoneInfo) -> datetime:  # noqa: ANN401 -- a time; rows without one open nothing
    return datetime.combine(day, clock, zone)
