"""Where the figures of a page come from: counted at once, or in a large network those of last night (`sheets`)."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from tragnetz.network.models import Network, Programme
from tragnetz.reporting.groups import Group, groups_of, wholes_of
from tragnetz.reporting.participation.programmes import bagatelle_minutes
from tragnetz.reporting.reach.cells import Cell, Counts, Place
from tragnetz.reporting.reach.door import Tallies, tallies_of
from tragnetz.reporting.reach.queries import cells_of
from tragnetz.reporting.reach.waiting import SUBJECT as WAITING
from tragnetz.reporting.reach.waiting import counter
from tragnetz.reporting.sheets import kept

_DOOR = "door"


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of a group, the tallies of the network, and when they were computed."""

    cells: list[Cell]
    tallies: list[Tallies]
    made_at: datetime


def figures_of(network: Network, group: Group, at: datetime) -> Figures:
    """Return the figures of a group, with those of the projects that share its target, and of the door."""
    group = group.whole or group
    reach = kept(network, _subject(group), at, _reach(network, group, at), read=_read_cells)
    door = kept(network, _DOOR, at, _door(network), read=_read_tallies)
    return Figures(reach.body, door.body, min(reach.made_at, door.made_at))


def makers(network: Network, at: datetime) -> dict[str, Callable[[], Any]]:
    """Return what is counted at night, by its subject."""
    groups = wholes_of(Programme.objects.all())
    return {_subject(one): _reach(network, one, at) for one in groups} | {
        _DOOR: _door(network),
        WAITING: counter(network, at),
    }


def limit_of(group: Group) -> int:
    """Return up to how many minutes of help nobody must take part: the least of its projects."""
    return min(bagatelle_minutes(row) for row in group.programmes)


def _subject(group: Group) -> str:
    return f"reach:{group.key}"


def _reach(network: Network, group: Group, at: datetime) -> Callable[[], Any]:
    until = min(at.astimezone(network.zone).date(), group.ends)
    return lambda: _written_cells(cells_of(group.programmes, until=until))


def _door(network: Network) -> Callable[[], Any]:
    return lambda: _written_tallies(
        tallies_of(network, sorted({limit_of(one) for one in groups_of(Programme.objects.all())}))
    )


def _written_cells(cells: Iterable[Cell]) -> list[Any]:
    return [
        [cell.programme.hex, *_written_place(Place(cell.month, cell.organisation, cell.district, cell.topic)),
         [cell.counts.persons, cell.counts.households, cell.counts.families, cell.counts.children,
          cell.counts.incomplete, cell.counts.elsewhere], dict(cell.missing)]
        for cell in cells
    ]  # fmt: skip


def _read_cells(body: list[Any]) -> list[Cell]:
    return [
        Cell(place.month, _id(programme), place.organisation, place.district, place.topic, Counts(*counts), missing)
        for programme, *written, counts, missing in body
        for place in [_read_place(written)]
    ]


def _written_tallies(tallies: Iterable[Tallies]) -> list[Any]:
    return [[*_written_place(one.place), dict(one.numbers)] for one in tallies]


def _read_tallies(body: list[Any]) -> list[Tallies]:
    return [Tallies(_read_place(place), numbers) for *place, numbers in body]


def _written_place(place: Place) -> list[str]:
    return [place.month.isoformat(), place.organisation.hex, place.district.hex if place.district else "", place.topic]


def _read_place(written: list[str]) -> Place:
    month, organisation, district, topic = written
    return Place(_day(month), _id(organisation), _id(district) if district else None, topic)


@cache
def _id(written: str) -> uuid.UUID:
    return uuid.UUID(written)


@cache
def _day(written: str) -> date:
    return date.fromisoformat(written)
