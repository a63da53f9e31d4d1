"""Outlines from GeoJSON: faults are named, borders stay shared, the picture stays small."""

import json
import math
import random
import re

import pytest

from tests.city.test_city import auental, replace  # noqa: F401 -- a fixture
from tests.conftest import CITIES
from tragnetz.city.check import check_city
from tragnetz.city.outlines import Outline, _simple, drawn, read_outlines
from tragnetz.network.map import WIDTH


def jagged(points: int, seed: int = 1) -> list[Outline]:
    """Return two neighbours with a long border in common, and an island."""
    chance = random.Random(seed)  # noqa: S311 -- a border, not a secret
    border = [(7.2 + chance.uniform(-0.004, 0.004), 51.5 + 0.05 * number / points) for number in range(points + 1)]
    west = [(7.1, 51.5), *border, (7.1, 51.55)]
    east = [(7.3, 51.55), *reversed(border), (7.3, 51.5)]
    island = [(7.25 + 0.01 * math.cos(angle / 50), 51.52 + 0.006 * math.sin(angle / 50)) for angle in range(0, 314, 3)]
    return [Outline("west", [west]), Outline("east", [east, island]), Outline("island", [list(reversed(island))])]


def corners_of(path: str) -> list[list[tuple[float, float]]]:
    """Return the points of a path, each as often as it stands there."""
    rings = []
    for ring in re.findall(r"M(\S+) (\S+)l([^z]*)z", path):
        x, y = float(ring[0]), float(ring[1])
        points = [(x, y)]
        steps = [float(one) for one in ring[2].split()]
        for right, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = round(x + right, 1), round(y + down, 1)
            points.append((x, y))
        rings.append(points)
    return rings


def test_picture_is_north_up_and_as_wide_as_it_may_be():
    found = drawn(jagged(20))
    west, east = corners_of(found["west"]["path"])[0], corners_of(found["east"]["path"])[0]

    assert min(x for x, _y in west) == 6
    assert max(x for x, _y in east) == WIDTH - 6
    assert min(y for _x, y in west) == 6  # the northern edge
    assert found["west"]["height"] == pytest.approx(
        0.05 / (0.2 * math.cos(math.radians(51.525))) * (WIDTH - 12) + 12, abs=1
    )


def test_neighbours_keep_the_same_border_however_simple():
    found = drawn(jagged(4000), most_bytes=3000)
    west, east = corners_of(found["west"]["path"])[0], corners_of(found["east"]["path"])[0]
    inner = {point for point in west if point[0] > 300}

    assert len(inner) > 5
    assert inner == {point for point in east if point[0] < 700}
    assert set(corners_of(found["island"]["path"])[0]) == set(corners_of(found["east"]["path"])[1])


def test_paths_stay_small():
    large = sum(len(one["path"]) for one in drawn(jagged(20_000), most_bytes=10**9).values())
    small = sum(len(one["path"]) for one in drawn(jagged(20_000), most_bytes=9000).values())

    assert large > 30_000
    assert 1000 < small < 9000


def test_name_stands_inside_also_of_a_crescent():
    ring = [(0, 0), (10, 0), (10, 1), (2, 1), (2, 9), (10, 9), (10, 10), (0, 10)]
    crescent = Outline("moon", [[(x / 100, y / 100) for x, y in ring]])

    x, _y = drawn([crescent])["moon"]["at"]

    assert x < 0.25 * WIDTH


def test_nothing_drawn_is_nothing():
    assert drawn([]) == {}
    assert _simple({}, 1.0) == {}


def test_shipped_outlines_are_without_fault_and_meet():
    faults = []
    outlines = read_outlines(CITIES / "auental" / "districts.geojson", faults)
    points = [{point for ring in one.rings for point in ring} for one in outlines]

    assert faults == []
    assert all(len(points[one] & points[other]) > 5 for one, other in ((0, 1), (0, 2), (1, 2)))


def feature(locality="hafen", kind="Polygon", ring=((0, 0), (1, 0), (1, 1), (0, 0))) -> dict:
    return {"properties": {"locality": locality}, "geometry": {"type": kind, "coordinates": [ring]}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "districts.geojson:1: not readable as JSON"),
        ("[]", "features: must be a list"),
        (json.dumps({"features": {}}), "features: must be a list"),
        (json.dumps({"features": [{"geometry": None}]}), "features.0: needs the property `locality` and a Polygon"),
        (json.dumps({"features": [feature(kind="Point")]}), "features.0: must be a Polygon or MultiPolygon, not Point"),
        (json.dumps({"features": [feature(ring=((0, 0), (1, 0), (1, 1)))]}), "each ring needs four points"),
        (json.dumps({"features": [feature(ring=((0, 0), (500000, 0), (1, 1), (0, 0)))]}), "coordinates must be degrees"),
        (json.dumps({"features": [feature("atlantis")]}), "there is no locality `atlantis`"),
        (json.dumps({"features": [feature()]}), "schlossberg: this locality has no outline"),
    ],
)  # fmt: skip
def test_faults_of_outlines_are_named(auental, text, told):  # noqa: F811 -- the fixture
    (auental / "districts.geojson").write_text(text)

    assert told in "\n".join(map(str, check_city(auental)))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("column: 0, row: 1", "column: 1, row: 1", "muehlenviertel.map: the same tile as `hafen`"),
        (", map: {column: 0, row: 1}", "", "hafen.map: is missing: all localities need a tile, or none"),
        ("column: 0, row: 1", "column: -1, row: 1", "districts.yaml:13: unterstadt.localities.0.map.column"),
    ],
)
def test_faults_of_tiles_are_named(auental, old, new, told):  # noqa: F811 -- as above
    replace(auental, "districts.yaml", old, new)

    assert told in "\n".join(map(str, check_city(auental)))
