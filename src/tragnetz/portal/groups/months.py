"""Months as addresses name them: `2026-12`; as a list of dates and as a grid of weeks."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tragnetz.appointments.groups.queries import GroupView, is_off, public_views
from tragnetz.appointments.groups.rules import Door
from tragnetz.appointments.models import Session
from tragnetz.network.models import Network

MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A date in the calendar, by local time."""

    session: Session
    view: GroupView
    starts: datetime
    ends: datetime

    @property
    def is_off(self) -> bool:
        """Whether this date was called off."""
        return is_off(self.session)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the grid."""

    date: date
    in_month: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month that can be shown, with its neighbours as far as there are any."""

    first: date
    earlier: str
    later: str

    @property
    def name(self) -> str:
        """How the address names it."""
        return name_of(self.first)

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return (self.first + timedelta(days=32)).replace(day=1)


def name_of(day: date) -> str:
    """Return the name of the month of a day."""
    return f"{day.year}-{day.month:02}"


def month_of(typed: str, today: date) -> Month:
    """Return the month that was asked for; that of today when it is none, has gone, or lies too far ahead."""
    this = today.replace(day=1)
    asked = _read(typed)
    away = (asked.year - this.year) * 12 + asked.month - this.month if asked else 0
    first = asked if asked and 0 <= away <= MONTHS_AHEAD else this
    away = away if first == asked else 0
    after = (first + timedelta(days=32)).replace(day=1)
    return Month(
        first,
        earlier=name_of(first - timedelta(days=1)) if away > 0 else "",
        later=name_of(after) if away < MONTHS_AHEAD else "",
    )


def _read(typed: str) -> date | None:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return None


def entries_of(views: Iterable[GroupView], zone: ZoneInfo) -> list[Entry]:
    """Return all dates of groups in order."""
    found = [
        Entry(session, view, session.starts_at.astimezone(zone), session.ends_at.astimezone(zone))
        for view in views
        for session in view.sessions
    ]
    return sorted(found, key=lambda entry: (entry.starts, entry.session.pk))


def in_month(entries: Iterable[Entry], month: Month, not_before: date) -> list[Entry]:
    """Return the dates of a month that have not gone."""
    return [entry for entry in entries if max(month.first, not_before) <= entry.starts.date() < month.after]


def grid_of(entries: Collection[Entry], month: Month) -> list[list[Day]]:
    """Return the weeks of a month from Monday on, with the dates of each day."""
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.starts.date(), []).append(entry)
    day = month.first - timedelta(days=month.first.weekday())
    weeks = []
    while day < month.after:
        days = [day + timedelta(days=number) for number in range(7)]
        weeks.append([Day(one, one.month == month.first.month, tuple(by_day.get(one, ()))) for one in days])
        day += timedelta(days=7)
    return weeks


def next_dates(network: Network, at: datetime, limit: int = 3) -> list[Entry]:
    """Return the next date of each of some groups that one can still join or wait for, soonest first."""
    found: dict[uuid.UUID, Entry] = {}
    for entry in entries_of(public_views(at), network.zone):
        if entry.view.door == Door.OPEN and not entry.is_off and entry.starts > at:
            found.setdefault(entry.view.group.pk, entry)
        if len(found) == limit:
            break
    return list(found.values())
