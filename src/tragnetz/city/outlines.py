"""Outlines of Ortsteile from a city's `districts.geojson`: read, laid flat, made simple.

Neighbours share their borders: a border is cut where three areas meet, and each piece is made simple once for both
sides, so that no gap opens between them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from tragnetz.core.documents import Fault
from tragnetz.network.map import WIDTH

MOST_BYTES = 60_000  # of all paths together: a page for a phone
_FINE = 10  # grid of tenths
_COORDINATES = 4  # a ring that closes has as many points

type Point = tuple[int, int]
type Ring = list[Point]
type Degrees = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """An Ortsteil on the map: its rings in degrees of longitude and latitude, without the repeated last point."""

    locality: str
    rings: list[Degrees] = field(default_factory=list)


def read_outlines(file: Path, faults: list[Fault]) -> list[Outline]:
    """Read a GeoJSON file of polygons with the property `locality`; what is wrong is added to the faults."""
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        if not isinstance(features, list):
            raise TypeError  # noqa: TRY301 -- the same fault as a missing list
    except json.JSONDecodeError as error:
        faults.append(Fault(file, error.lineno, "", f"not readable as JSON: {error.msg}"))
        return []
    except (KeyError, TypeError):
        faults.append(Fault(file, 1, "features", "must be a list: the file is a FeatureCollection"))
        return []
    found: dict[str, Outline] = {}
    for number, feature in enumerate(features):
        try:
            locality = str(feature["properties"]["locality"])
            rings = [_ring(ring) for ring in _rings(feature["geometry"])]
        except (KeyError, TypeError, ValueError) as error:
            reason = str(error) if type(error) is ValueError else "needs the property `locality` and a Polygon"
            faults.append(Fault(file, 1, f"features.{number}", reason))
            continue
        found.setdefault(locality, Outline(locality)).rings.extend(rings)
    return list(found.values())


def _rings(geometry: dict[str, Any]) -> Iterator[list[Any]]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"}:
        message = f"must be a Polygon or MultiPolygon, not {kind}"
        raise ValueError(message)
    for polygon in [coordinates] if kind == "Polygon" else coordinates:
        yield from polygon


def _ring(points: list[Any]) -> Degrees:
    found = [(float(point[0]), float(point[1])) for point in points]
    if len(found) < _COORDINATES or found[0] != found[-1]:
        message = "each ring needs four points at least, the last one as the first"
        raise ValueError(message)
    if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in found):  # noqa: PLR2004 -- degrees
        message = "coordinates must be degrees, longitude before latitude (WGS 84)"
        raise ValueError(message)
    return found[:-1]


def drawn(outlines: Iterable[Outline], most_bytes: int = MOST_BYTES) -> dict[str, dict[str, Any]]:
    """Return for each Ortsteil what `network.Locality.outline` keeps; coarser until all of it is small enough."""
    flat, height = _laid_flat(list(outlines))
    tolerance = 0.5 * _FINE
    while True:
        pieces = _simple(flat, tolerance)
        paths = {locality: "".join(map(_path, rings)) for locality, rings in pieces.items()}
        if sum(map(len, paths.values())) < most_bytes or tolerance > WIDTH * _FINE:
            return {
                locality: {"path": paths[locality], "at": _middle(rings), "height": height}
                for locality, rings in pieces.items()
            }
        tolerance *= 1.5


def _laid_flat(outlines: list[Outline]) -> tuple[dict[str, list[Ring]], int]:
    """Project: at the size of a city a plane will do, its east shortened as at its middle. North is up."""
    points = [point for outline in outlines for ring in outline.rings for point in ring]
    if not points:
        return {}, 0
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    shorter = cos(radians((south + north) / 2))
    scale = (WIDTH - 12) / max((east - west) * shorter, 1e-9)

    def flat(point: tuple[float, float]) -> Point:
        x, y = (point[0] - west) * shorter * scale + 6, (north - point[1]) * scale + 6
        return round(x * _FINE), round(y * _FINE)

    height = round((north - south) * scale) + 12
    laid = {outline.locality: [_without_repeats(map(flat, ring)) for ring in outline.rings] for outline in outlines}
    return {
        locality: [ring for ring in rings if len(ring) >= _COORDINATES - 1] for locality, rings in laid.items()
    }, height


def _without_repeats(points: Iterable[Point]) -> Ring:
    found: Ring = []
    for point in points:
        if not found or point != found[-1]:
            found.append(point)
    return found[:-1] if len(found) > 1 and found[0] == found[-1] else found


def _simple(flat: dict[str, list[Ring]], tolerance: float) -> dict[str, list[Ring]]:
    corners = _corners(ring for rings in flat.values() for ring in rings)
    known: dict[tuple[Point, ...], Ring] = {}
    return {
        locality: [simple for ring in rings if len(simple := _simple_ring(ring, corners, tolerance, known)) > 2]  # noqa: PLR2004
        for locality, rings in flat.items()
    }


def _corners(rings: Iterable[Ring]) -> set[Point]:
    """Return the points where more than two lines meet: they stay where they are."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for number, point in enumerate(ring):
            neighbours[point] |= {ring[number - 1], ring[(number + 1) % len(ring)]}
    return {point for point, others in neighbours.items() if len(others) > 2}  # noqa: PLR2004 -- before and after


def _simple_ring(ring: Ring, corners: set[Point], tolerance: float, known: dict[tuple[Point, ...], Ring]) -> Ring:
    at = [number for number, point in enumerate(ring) if point in corners]
    if len(at) < 2:  # noqa: PLR2004 -- an island: cut where anybody else would cut it too
        first = min(ring)
        start = ring.index(first)
        far = max(ring, key=lambda point: (hypot(point[0] - first[0], point[1] - first[1]), point))
        at = sorted({start, ring.index(far)})
    found: Ring = []
    for number, begin in enumerate(at):
        end = at[(number + 1) % len(at)]
        piece = ring[begin : end + 1] if end > begin else ring[begin:] + ring[: end + 1]
        found += _simple_piece(piece, tolerance, known)[:-1]
    return found


def _simple_piece(piece: Ring, tolerance: float, known: dict[tuple[Point, ...], Ring]) -> Ring:
    turned = piece[0] > piece[-1]
    key = tuple(reversed(piece)) if turned else tuple(piece)
    if key not in known:
        known[key] = _douglas_peucker(list(key), tolerance)
    return known[key][::-1] if turned else known[key]


def _douglas_peucker(line: Ring, tolerance: float) -> Ring:
    """Leave out points that lie nearer to the line without them than the tolerance (without recursion)."""
    keep, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        begin, end = open_parts.pop()
        distances = [(_distance(line[number], line[begin], line[end]), number) for number in range(begin + 1, end)]
        if distances and max(distances)[0] > tolerance:
            middle = max(distances)[1]
            keep.add(middle)
            open_parts += [(begin, middle), (middle, end)]
    return [line[number] for number in sorted(keep)]


def _distance(point: Point, begin: Point, end: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, begin, end
    length = hypot(x1 - x0, y1 - y0)
    if not length:
        return hypot(x - x0, y - y0)
    return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length


def _path(ring: Ring) -> str:
    first, *others = ring
    words = [f"M{first[0] / _FINE:g} {first[1] / _FINE:g}l"]
    last, steps = first, []
    for point in others:
        steps.append(f"{(point[0] - last[0]) / _FINE:g} {(point[1] - last[1]) / _FINE:g}")
        last = point
    return "".join([*words, " ".join(steps), "z"])


def _middle(rings: list[Ring]) -> list[float]:
    """Return a place for the name, inside: the middle of the widest part at half the height of the largest ring."""
    if not rings:
        return [0, 0]
    ring = max(rings, key=lambda one: abs(_area(one)))
    y = (min(point[1] for point in ring) + max(point[1] for point in ring)) / 2 + 0.5
    crossings = sorted(
        x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        for one in rings
        for (x0, y0), (x1, y1) in zip(one, one[1:] + one[:1], strict=True)
        if (y0 < y) != (y1 < y)
    )
    spans = [(right - left, (left + right) / 2) for left, right in zip(crossings[::2], crossings[1::2], strict=False)]
    x = max(spans)[1] if spans else ring[0][0]
    return [round(x / _FINE, 1), round(y / _FINE, 1)]


def _area(ring: Ring) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2
