"""The page of figures as values: what was reached, how it came along, where, and who knocked at the door."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tragnetz.casework.enums import Channel
from tragnetz.network.languages import language_name
from tragnetz.network.models import Network
from tragnetz.network.queries import districts
from tragnetz.printing.charts import Bar, Picture, bar
from tragnetz.reporting.reach.cells import Unit, missing, sums
from tragnetz.reporting.reach.course import Course, Goal, course_of, goals_of, months_between
from tragnetz.reporting.reach.figures import figures_of, limit_of
from tragnetz.reporting.reach.opened import Entrance, entrance_of
from tragnetz.reporting.reach.tables import COUNTED, Row, View, rows_of, view_of, years_of
from tragnetz.reporting.statistics import FIVE, FIVES
from tragnetz.workspace.figures.forms import ASKED, Asked
from tragnetz.workspace.figures.pictures import CityMap, course_picture, months_picture, shaded_map


@dataclass(frozen=True, slots=True)
class Part:
    """A table of reach: what it is split by, and its rows with bars of the persons."""

    title: str
    column: str
    rows: tuple[tuple[Row, Bar], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """One of a few kinds: its name, how many, its bar."""

    name: str
    number: int
    bar: Bar


@dataclass(frozen=True, slots=True)
class Entries:
    """Who entered in a month; None is hidden."""

    month: date
    number: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """All of it; None is hidden. `is_few`: so few are chosen that a figure could lead back to somebody."""

    is_few: bool
    missing: tuple[Share, ...]
    courses: tuple[tuple[Course, Picture], ...]
    entries: tuple[Entries, ...]
    bars: Picture | None
    parts: tuple[Part, ...]
    map: CityMap | None
    places: tuple[tuple[str, int | None], ...]
    cards: Mapping[str, int | None]
    limit: int
    made_at: datetime
    channels: tuple[Share, ...]
    languages: tuple[Share, ...]


def board_of(network: Network, asked: Asked, at: datetime) -> Board:
    """Return the figures that were asked for, in fives."""
    found, limit = figures_of(network, asked.group, at), limit_of(asked.group)
    view = view_of(found.cells, asked.wanted)
    door = entrance_of(found.tallies, asked.wanted, limit)
    few = sum(cell.counts.people for cell in view.taken) < FIVE
    entries = () if few else _entries(view)
    numbers, places = _places(view, door, asked)
    cards: dict[str, int | None] = {**door.cards(), **{unit: view.one(unit) for unit in COUNTED}}
    return Board(
        few,
        () if few else shares(missing(view.taken)),
        tuple(_courses(view, asked, found.made_at.astimezone(network.zone).date())),
        entries,
        months_picture({one.month: one.number for one in entries}) if entries else None,
        () if few else tuple(_parts(view, asked)),
        shaded_map(districts(), numbers),
        places,
        cards,
        limit,
        found.made_at,
        _sorted({str(Channel(key).label): number for key, number in door.channels().items()}),
        _sorted({language_name(key): number for key, number in door.languages().items()}),
    )


def shares(counts: Mapping[str, int]) -> tuple[Share, ...]:
    """Return kinds with their numbers, the most frequent first; what is too few is left out."""
    return _sorted({name: number for name, number in FIVES.many(counts).items() if number is not None})


def _sorted(kept: Mapping[str, int]) -> tuple[Share, ...]:
    most = max(kept.values(), default=0)
    order = sorted(kept, key=lambda name: (-kept[name], name))
    return tuple(Share(name, kept[name], bar(kept[name], most)) for name in order)


def _courses(view: View, asked: Asked, day: date) -> list[tuple[Course, Picture]]:
    """Return the course of each goal of the whole project; without a goal that of the households."""
    group = asked.group
    cells = [cell for cell in view.cells if asked.wanted.programme in (None, cell.programme)]
    goals = goals_of(group.target, group.yearly)
    wanted: list[tuple[Unit, Goal | None]] = [(goal.unit, goal) for goal in goals]
    wanted = wanted or [("households", None)]
    found = [course_of(cells, unit, goal=goal, starts=group.starts, ends=group.ends, day=day) for unit, goal in wanted]
    return [(one, course_picture(one, group.starts, group.ends)) for one in found if one is not None]


def _entries(view: View) -> tuple[Entries, ...]:
    """Return persons by month."""
    found = {month: one.persons for month, one in sums(view.taken, lambda cell: cell.month).items()}
    months = {month: found.get(month, 0) for month in months_between(view.wanted.first, view.wanted.last)}
    return tuple(Entries(month, number) for month, number in FIVES.many(months).items())


def _parts(view: View, asked: Asked) -> list[Part]:
    return [
        _part(_("Nach Jahr"), _("Jahr"), years_of(view)),
        _part(_("Nach Organisation"), _("Organisation"),
              rows_of(view, lambda cell: cell.organisation, asked.organisations)),
        _part(_("Nach Stadtbezirk"), _("Stadtbezirk"), rows_of(view, lambda cell: cell.district, asked.districts)),
        _part(_("Nach Thema"), _("Thema"), rows_of(view, lambda cell: cell.topic, asked.topics)),
    ]  # fmt: skip


def _part(title: str, column: str, rows: list[Row]) -> Part:
    most = max((row.persons or 0 for row in rows), default=0)
    return Part(title, column, tuple((row, bar(row.persons or 0, most)) for row in rows))


def _places(
    view: View, door: Entrance, asked: Asked
) -> tuple[Mapping[uuid.UUID, int | None], tuple[tuple[str, int | None], ...]]:
    """Return what the map shows, by the keys of its places, and the same as a table."""
    rows = districts()
    if asked.on_map == ASKED:
        names = {place.pk: f"{place.name} ({row.name})" for row in rows for place in row.localities.all()}
        numbers = door.localities(names)
    else:
        names = {row.pk: row.name for row in rows}
        by_district = view.split("persons", lambda cell: cell.district, list[uuid.UUID | None](names))
        numbers = {key: by_district[key] for key in names}
    return numbers, tuple((names[key], number) for key, number in numbers.items())
