"""Where the figures of a page come from: computed at once, or in a large network taken from last night's sheets.

The worker writes the sheets each day; as long as counting is quick there are none, and every page is of this minute.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import transaction

from tragnetz.casework.models import CaseContact, Enquiry
from tragnetz.network.models import Network, Programme
from tragnetz.reporting.groups import Group, groups_of
from tragnetz.reporting.models import Participation, Sheet
from tragnetz.reporting.participation.programmes import bagatelle_minutes
from tragnetz.reporting.reach.cells import Cell, Counts, Place
from tragnetz.reporting.reach.door import Tallies, tallies_of
from tragnetz.reporting.reach.queries import cells_of

LARGE = 30_000  # rows to count: from here on it takes longer than a page may
_DOOR = "door"


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of a group, the tallies of the network, and when they were computed."""

    cells: list[Cell]
    tallies: list[Tallies]
    made_at: datetime


def figures_of(network: Network, group: Group, at: datetime) -> Figures:
    """Return the figures of a group: the kept ones if there are any, else those of now."""
    kept = {row.subject: row for row in Sheet.objects.filter(subject__in=[_DOOR, _subject(group)])}
    if len(kept) == len({_DOOR, _subject(group)}):
        reach, door = kept[_subject(group)], kept[_DOOR]
        return Figures(_read_cells(reach.body), _read_tallies(door.body), min(reach.made_at, door.made_at))
    return Figures(_cells(network, group, at), tallies_of(network, [limit_of(group)]), at)


def limit_of(group: Group) -> int:
    """Return up to how many minutes of help nobody must take part: the least of its projects."""
    return min(bagatelle_minutes(row) for row in group.programmes)


@transaction.atomic
def write_sheets(network: Network, at: datetime) -> None:
    """Compute the figures of a large network anew; a small one keeps none."""
    rows = Participation.objects.count() + Enquiry.objects.count() + CaseContact.objects.count()
    if rows < LARGE:
        Sheet.objects.all().delete()
        return
    groups = groups_of(Programme.objects.all())
    bodies: dict[str, Any] = {_subject(one): _written_cells(_cells(network, one, at)) for one in groups}
    bodies[_DOOR] = _written_tallies(tallies_of(network, sorted({limit_of(one) for one in groups})))
    Sheet.objects.exclude(subject__in=bodies).delete()
    for subject, body in bodies.items():
        Sheet.objects.update_or_create(network=network, subject=subject, defaults={"body": body, "made_at": at})


def _subject(group: Group) -> str:
    return f"reach:{group.key}"


def _cells(network: Network, group: Group, at: datetime) -> list[Cell]:
    return cells_of(group.programmes, until=min(at.astimezone(network.zone).date(), group.ends))


def _written_cells(cells: Iterable[Cell]) -> list[Any]:
    return [
        [*_written_place(Place(cell.month, cell.organisation, cell.district, cell.topic)),
         [cell.counts.persons, cell.counts.households, cell.counts.families, cell.counts.children,
          cell.counts.incomplete], dict(cell.missing)]
        for cell in cells
    ]  # fmt: skip


def _read_cells(body: list[Any]) -> list[Cell]:
    return [Cell(*_read_place(place), Counts(*counts), missing) for *place, counts, missing in body]


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
