"""Pictures of figures. Beside each stands its table."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tragnetz.network.map import Area, drawing_of
from tragnetz.network.models import District
from tragnetz.printing.charts import Picture, bars_picture, curve_picture
from tragnetz.reporting.reach.course import Course, Goal, months_between, planned_by

SHADES = 5
JANUARY, LATE = 1, 10


def course_picture(course: Course, starts: date, ends: date) -> Picture:
    """Return plan, reach and forecast as lines over the months of the whole project."""
    months = months_between(starts, ends)
    reached: list[float | None] = [0, *(month.reached for month in course.months)]
    room = len(months) + 1
    lines: dict[str, list[float | None]] = {}
    if course.goal:
        lines["planned"] = [0, *(_planned(course.goal, starts, ends, month) for month in months)]
    lines["reached"] = _filled(reached, room)
    if course.coming is not None:
        at = len(reached) - 1
        ahead = max(room - 1 - at, 1)
        for name, end in (("low", course.low), ("high", course.high), ("expected", course.expected)):
            step = ((end or 0) - course.reached) / ahead
            line: list[float | None] = [None] * at
            lines[name] = _filled([*line, *(course.reached + step * number for number in range(room - at))], room)
    places = {float(number): year for number, year in enumerate(_years(months)) if year}
    return curve_picture([float(number) for number in range(room)], lines, places)


def _years(months: Sequence[date]) -> list[str]:
    """Return the year at each January, and at the first month where there is room before the next one."""
    return [
        str(month.year) if month.month == JANUARY or (number == 0 and month.month < LATE) else ""
        for number, month in enumerate(months)
    ]


def _planned(goal: Goal, starts: date, ends: date, month: date) -> float:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return planned_by(goal, starts, ends, min(date.fromordinal(following.toordinal() - 1), ends))


def _filled(line: Sequence[float | None], room: int) -> list[float | None]:
    return [*line, *([None] * (room - len(line)))][:room]


def months_picture(entered: Mapping[date, int | None]) -> Picture:
    """Return who entered in each month as bars; what is hidden has none."""
    return bars_picture(_years(list(entered)), [{"reached": float(number or 0)} for number in entered.values()], [])


@dataclass(frozen=True, slots=True)
class Shaded:
    """An area of the map with its figure (None: hidden) and its shade from 0 to SHADES."""

    area: Area
    number: int | None
    shade: int


@dataclass(frozen=True, slots=True)
class CityMap:
    """The map with what its shades mean."""

    width: int
    height: int
    schematic: bool
    areas: tuple[Shaded, ...]
    legend: tuple[tuple[int, str], ...]


def shaded_map(districts: Sequence[District], numbers: Mapping[uuid.UUID, int | None]) -> CityMap | None:
    """Return the map with a figure for each Ortsteil, by its key or that of its district; nothing without a drawing."""
    drawing = drawing_of(districts)
    if drawing is None:
        return None
    most = max((number or 0 for number in numbers.values()), default=0)
    areas = []
    for area in drawing.areas:
        place = area.locality
        number = numbers.get(place.pk, 0) if place.pk in numbers else numbers.get(place.district_id, 0)
        areas.append(Shaded(area, number, _shade(number, most)))
    steps = _limits(most)
    legend = tuple((shade + 1, f"{low}–{high}" if low != high else str(low)) for shade, (low, high) in enumerate(steps))
    return CityMap(drawing.width, drawing.height, drawing.schematic, tuple(areas), legend)


def _limits(most: int) -> list[tuple[int, int]]:
    """Return from where to where each shade goes; few people need fewer shades."""
    size = max(-(-most // SHADES), 1)
    return [(low, min(low + size - 1, most)) for low in range(1, most + 1, size)]


def _shade(number: int | None, most: int) -> int:
    if not number:
        return 0
    return next(at + 1 for at, (low, high) in enumerate(_limits(most)) if low <= number <= high)
