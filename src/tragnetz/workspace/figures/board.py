"""The page of figures as values: what was reached, how it came along, where, and who knocked at the door."""

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
from tragnetz.reporting.participation.programmes import bagatelle_minutes
from tragnetz.reporting.reach.cells import Cell, Counts, sums, total
from tragnetz.reporting.reach.course import Course, course_of, goals_of, months_between
from tragnetz.reporting.reach.door import Door, ShortHelp, Talks, door_of, short_help_of, talks_of
from tragnetz.reporting.reach.missing import missing_answers
from tragnetz.reporting.reach.queries import cells_of
from tragnetz.reporting.reach.tables import INSIDE, Row, rows_of, shown
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
    short: ShortHelp
    limit: int
    talks: Talks
    channels: tuple[Share, ...]
    languages: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long people of the whole network waited in the last year, and how many did not come."""

    talks: Wait
    calls: Wait
    missed: Attendance


def board_of(network: Network, asked: Asked, day: date, *, least: int = INSIDE) -> Board:
    """Return the figures that were asked for, up to a day."""
    group, wanted = asked.group, asked.wanted
    every = cells_of([row.pk for row in group.programmes], until=min(day, group.ends))
    cells = [cell for cell in every if wanted.takes(cell)]
    counts = total(cells)
    few = 0 < counts.people < least
    entries = () if few else _entries(cells, asked, least)
    limit = min(bagatelle_minutes(row) for row in group.programmes)
    door = door_of(network, wanted)
    numbers, places = _places(cells, door, asked, least)
    return Board(
        None if few else counts,
        () if few else shares(missing_answers(group.programmes, wanted), least),
        tuple(_courses(every, asked, day)),
        entries,
        months_picture({one.month: one.number for one in entries}) if entries else None,
        () if few else tuple(_parts(cells, asked, least)),
        shaded_map(districts(), numbers),
        places,
        door,
        short_help_of(wanted, limit=limit),
        limit,
        talks_of(wanted),
        shares({str(Channel(key).label): number for key, number in door.channels.items()}, least),
        shares({language_name(key): number for key, number in door.languages.items()}, least),
    )


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
    wanted = [(goal.unit, goal) for goal in goals] or [("households", None)]
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
) -> tuple[Mapping[object, int | None], tuple[tuple[str, int | None], ...]]:
    """Return what the map shows, by the keys of its places, and the same as a table."""
    if asked.on_map == ASKED:
        names = {place.pk: f"{place.name} ({row.name})" for row in districts() for place in row.localities.all()}
        numbers = shown({key: door.localities.get(key, 0) for key in names}, least)
    else:
        names = dict(asked.districts)
        found = sums(cells, lambda cell: cell.district)
        numbers = shown({key: found.get(key, Counts()).persons for key in names}, least)
    return numbers, tuple((names[key], number) for key, number in numbers.items())
