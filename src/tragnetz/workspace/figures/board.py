"""The page of figures as values: what was reached, how it came along, where, and who knocked at the door."""

import uuid
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tragnetz.casework.enums import Channel
from tragnetz.casework.waits import Attendance, Wait, attendances, call_waits, talk_waits
from tragnetz.core.charts import Bar, Picture, bar
from tragnetz.network.languages import language_name
from tragnetz.network.models import Network
from tragnetz.network.queries import districts
from tragnetz.reporting.reach.cells import Cell, Counts, Unit, missing, sums, total
from tragnetz.reporting.reach.course import Course, Goal, course_of, goals_of, months_between
from tragnetz.reporting.reach.door import Door, door_of
from tragnetz.reporting.reach.sheets import figures_of, limit_of
from tragnetz.reporting.reach.tables import Row, rows_of, shown
from tragnetz.reporting.statistics import INSIDE
from tragnetz.workspace.figures.forms import ASKED, Asked
from tragnetz.workspace.figures.pictures import CityMap, course_picture, months_picture, shaded_map

DAYS = timedelta(days=365)  # waiting times are of the last year: older ones say nothing about today


@dataclass(frozen=True, slots=True)
class Part:
    """A table of reach: what it is split by, and its rows with bars of the persons."""

    title: str
    column: str
    rows: tuple[tuple[Row, Bar], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """One of a few kinds: its name, how many (None: hidden), its bar."""

    name: str
    number: int | None
    bar: Bar


@dataclass(frozen=True, slots=True)
class Entries:
    """Who entered in a month; None is hidden."""

    month: date
    number: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """All of it. `counts` is None where so few are chosen that a figure could lead back to somebody."""

    counts: Counts | None
    missing: tuple[Share, ...]
    courses: tuple[tuple[Course, Picture], ...]
    entries: tuple[Entries, ...]
    bars: Picture | None
    parts: tuple[Part, ...]
    map: CityMap | None
    places: tuple[tuple[str, int | None], ...]
    door: Door
    cards: Mapping[str, int | None]
    limit: int
    made_at: datetime
    channels: tuple[Share, ...]
    languages: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long people of the whole network waited in the last year, and how many did not come."""

    talks: Wait
    calls: Wait
    missed: Attendance


def board_of(network: Network, asked: Asked, at: datetime, *, least: int = INSIDE) -> Board:
    """Return the figures that were asked for."""
    wanted, found = asked.wanted, figures_of(network, asked.group, at)
    cells = [cell for cell in found.cells if wanted.takes(cell)]
    counts = total(cells)
    few = 0 < counts.people < least
    entries = () if few else _entries(cells, asked, least)
    limit = limit_of(asked.group)
    door = door_of(found.tallies, wanted, limit=limit)
    numbers, places = _places(cells, door, asked, least)
    return Board(
        None if few else counts,
        () if few else shares(missing(cells), least),
        tuple(_courses(found.cells, asked, found.made_at.astimezone(network.zone).date())),
        entries,
        months_picture({one.month: one.number for one in entries}) if entries else None,
        () if few else tuple(_parts(cells, asked, least)),
        shaded_map(districts(), numbers),
        places,
        door,
        _cards(counts, door, least),
        limit,
        found.made_at,
        shares({str(Channel(key).label): number for key, number in door.channels.items()}, least),
        shares({language_name(key): number for key, number in door.languages.items()}, least),
    )


def _cards(counts: Counts, door: Door, least: int) -> dict[str, int | None]:
    """Return single figures as they may be shown; entries that are not complete are somebody's work, not a trait."""
    found = {name: getattr(counts, name) for name in ("persons", "households", "families", "children")}
    found |= {
        name: getattr(door, name)
        for name in ("enquiries", "information", "urgent", "talks", "interpreted", "within", "above")
    }
    return {name: number if number == 0 or number >= least else None for name, number in found.items()}


def waiting_of(network: Network, at: datetime) -> Waiting:
    """Return waiting times of the last year."""
    since = at - DAYS
    return Waiting(
        talk_waits(network, since, at)[0], call_waits(network, since, at)[0], attendances(network, since, at)[0]
    )


def shares(counts: Mapping[str, int], least: int) -> tuple[Share, ...]:
    """Return kinds with their numbers, the most frequent first."""
    kept = shown(counts, least)
    most = max((number or 0 for number in kept.values()), default=0)
    order = sorted(kept, key=lambda name: (-(kept[name] or 0), name))
    return tuple(Share(name, kept[name], bar(kept[name] or 0, most)) for name in order)


def _courses(cells: Sequence[Cell], asked: Asked, day: date) -> list[tuple[Course, Picture]]:
    """Return the course of each goal of the whole project; without a goal that of the households."""
    group = asked.group
    goals = goals_of(group.target, group.yearly)
    wanted: list[tuple[Unit, Goal | None]] = [(goal.unit, goal) for goal in goals]
    wanted = wanted or [("households", None)]
    found = [course_of(cells, unit, goal=goal, starts=group.starts, ends=group.ends, day=day) for unit, goal in wanted]
    return [(one, course_picture(one, group.starts, group.ends)) for one in found if one is not None]


def _entries(cells: Sequence[Cell], asked: Asked, least: int) -> tuple[Entries, ...]:
    """Return persons by month. In a whole project a month tells nothing about anybody; of a part of it, it could."""
    found = {month: one.persons for month, one in sums(cells, lambda cell: cell.month).items()}
    months = {month: found.get(month, 0) for month in months_between(asked.wanted.first, asked.wanted.last)}
    numbers: Mapping[date, int | None] = shown(months, least) if asked.wanted.narrowed else months
    return tuple(Entries(month, number) for month, number in numbers.items())


def _parts(cells: Sequence[Cell], asked: Asked, least: int) -> list[Part]:
    years = sums(cells, lambda cell: cell.month.year)
    return [
        _part(_("Nach Jahr"), _("Jahr"), years, {year: str(year) for year in sorted(years)}, least),
        _part(_("Nach Organisation"), _("Organisation"), sums(cells, lambda cell: cell.organisation),
              asked.organisations, least),
        _part(_("Nach Stadtbezirk"), _("Stadtbezirk"), sums(cells, lambda cell: cell.district), asked.districts, least),
        _part(_("Nach Thema"), _("Thema"), sums(cells, lambda cell: cell.topic), asked.topics, least),
    ]  # fmt: skip


def _part[KeyT: Hashable](
    title: str, column: str, groups: Mapping[KeyT, Counts], names: Mapping[KeyT, str], least: int
) -> Part:
    rows = rows_of(groups, names, least=least)
    most = max((row.persons or 0 for row in rows), default=0)
    return Part(title, column, tuple((row, bar(row.persons or 0, most)) for row in rows))


def _places(
    cells: Sequence[Cell], door: Door, asked: Asked, least: int
) -> tuple[Mapping[uuid.UUID, int | None], tuple[tuple[str, int | None], ...]]:
    """Return what the map shows, by the keys of its places, and the same as a table."""
    rows = districts()
    names = {row.pk: row.name for row in rows}
    counts: Mapping[uuid.UUID | None, int] = {
        key: one.persons for key, one in sums(cells, lambda cell: cell.district).items()
    }
    if asked.on_map == ASKED:
        names = {place.pk: f"{place.name} ({row.name})" for row in rows for place in row.localities.all()}
        counts = {key: number for key, number in door.localities.items()}  # noqa: C416 -- the keys of the other kind
    numbers = shown({key: counts.get(key, 0) for key in names}, least)
    return numbers, tuple((names[key], number) for key, number in numbers.items())
