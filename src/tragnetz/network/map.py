"""The map of a city's districts, as shapes to draw: true outlines where the city gave them, else tiles of a grid.

The picture is WIDTH wide and as high as it must be. Pure: rows in, values out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # so that a folder can be checked without a database
    from tragnetz.network.models import District, Locality

WIDTH = 1000
_EDGE = 6  # room for the lines around
_GAP = 0.94  # a tile is a little smaller than its place, so that one sees where it ends
_LINE = 1.1  # from line to line, in heights of a letter
_LONGEST_WORD = 8  # letters of a name that fit into one line


@dataclass(frozen=True, slots=True)
class Area:
    """An Ortsteil as a shape, with the middle and the lines of its name."""

    locality: "Locality"
    path: str
    x: float
    y: float
    lines: tuple[str, ...]

    @property
    def rise(self) -> float:
        """How far above the middle the first line stands, in heights of a letter; one more line follows the name."""
        return round(0.35 - _LINE / 2 * len(self.lines), 2)


@dataclass(frozen=True, slots=True)
class Drawing:
    """All areas. A `schematic` one has neither true shapes nor true distances."""

    areas: tuple[Area, ...]
    height: int
    schematic: bool
    width: int = WIDTH


def drawing_of(districts: "Iterable[District]") -> Drawing | None:
    """Return the drawing of a city, north up; nothing when the city gave neither outlines nor tiles."""
    localities = [locality for district in districts for locality in district.localities.all()]
    outlined = [locality for locality in localities if locality.outline]
    if outlined:
        height = max(locality.outline["height"] for locality in outlined)
        return Drawing(tuple(map(_outlined, outlined)), height, schematic=False)
    tiled = [locality for locality in localities if locality.tile]
    return _tiles(tiled) if tiled else None


def _outlined(locality: "Locality") -> Area:
    x, y = locality.outline["at"]
    return Area(locality, locality.outline["path"], x, y, lines_of(locality.name))


def _tiles(localities: "list[Locality]") -> Drawing:
    """Draw hexagons in rows; each second row stands half a tile further, so that each tile has six neighbours."""
    places = [(locality.tile["column"] + locality.tile["row"] % 2 / 2, locality.tile["row"]) for locality in localities]
    first, top = min(x for x, _row in places), min(row for _x, row in places)
    across = max(x for x, _row in places) - first + 1
    wide = (WIDTH - 2 * _EDGE) / max(across, 3)  # a city of one Ortsteil is no giant
    radius = wide / sqrt(3)
    left = (WIDTH - wide * across) / 2
    areas = []
    for locality, (column, row) in zip(localities, places, strict=True):
        x, y = left + (column - first + 0.5) * wide, _EDGE + radius + (row - top) * radius * 1.5
        label = tuple(locality.tile.get("label", ())) or lines_of(locality.name)
        areas.append(Area(locality, _hexagon(x, y, radius * _GAP), round(x, 1), round(y, 1), label))
    rows = max(row for _x, row in places) - top
    return Drawing(tuple(areas), round(2 * _EDGE + 2 * radius + rows * radius * 1.5), schematic=True)


def _hexagon(x: float, y: float, radius: float) -> str:
    half, side = radius / 2, radius * sqrt(3) / 2
    corners = ((0, -radius), (side, -half), (side, half), (0, radius), (-side, half), (-side, -half))
    return "M" + "L".join(f"{x + right:.1f} {y + down:.1f}" for right, down in corners) + "Z"


def lines_of(name: str) -> tuple[str, ...]:
    """Break a name after hyphens and at spaces where it is too long for one line."""
    if len(name) <= _LONGEST_WORD:
        return (name,)
    lines: list[str] = []
    for word in name.replace("-", "- ").split():
        joined = f"{lines[-1]}{'' if lines[-1].endswith('-') else ' '}{word}" if lines else word
        if lines and len(joined) <= _LONGEST_WORD:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)
