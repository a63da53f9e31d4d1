"""The week as a table: for each place of an offer the times of each day, and what is open now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tragnetz.directory.models import Service
from tragnetz.directory.opening import Opening, openings_of
from tragnetz.network.models import Hotline, Network, Site
from tragnetz.network.queries import times_of
from tragnetz.network.rules import parse_hours
from tragnetz.portal.week.weeks import Week


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week shown: its name (German) if it is a day off."""

    date: date
    holiday: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """When a place is open on a day: `08:00–12:00`, several where it closes in between."""

    day: Day
    times: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: an offer at a place, or one of the intake numbers."""

    service: Service | None
    hotline: Hotline | None
    site: Site | None
    notes: list[dict[str, str]]
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class OpenNow:
    """An offer that is open at this moment, and until when."""

    service: Service
    site: Site | None
    until: datetime


def days_of(network: Network, week: Week, today: date) -> list[Day]:
    """Return the days of a week."""
    off = network.days_off
    return [Day(day, off.name(day), day == today) for day in week.days]


def service_rows(network: Network, services: list[Service], days: list[Day]) -> list[Row]:
    """Return the lines of services. Those that do not open in this week stay: closed is an answer too."""
    return [
        Row(row, None, opening.site, opening.notes(days[0].date), _cells(days, opening, network))
        for row in services
        for opening in openings_of(row)
    ]


def hotline_rows(network: Network, hotlines: list[Hotline], days: list[Day]) -> list[Row]:
    """Return the lines of the intake numbers."""
    found = []
    for hotline in hotlines:
        hours = parse_hours(hotline.hours)
        cells = [Cell(day, _written(times_of(network, hours, day.date))) for day in days]
        found.append(Row(None, hotline, None, [], cells))
    return found


def open_now(network: Network, services: list[Service], at: datetime) -> list[OpenNow]:
    """Return what is open at an instant; what closes first stands last, for there one may come too late."""
    found = []
    for row in services:
        for opening in openings_of(row):
            status = opening.status(network, at)
            if status.is_open and status.closes_at is not None:
                found.append(OpenNow(row, opening.site, status.closes_at))
    return sorted(found, key=lambda one: one.until, reverse=True)


def _cells(days: list[Day], opening: Opening, network: Network) -> list[Cell]:
    return [Cell(day, _written(opening.times(network, day.date))) for day in days]


def _written(times: list[tuple[Any, Any]]) -> list[str]:
    return [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in times]
