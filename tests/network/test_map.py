"""Shapes of the map: tiles that do not lie over one another, names that fit."""

from itertools import combinations
from math import hypot

import pytest

from tragnetz.network.map import WIDTH, drawing_of, lines_of
from tragnetz.network.models import District, Locality


class Listed:
    """A district whose Ortsteile are at hand, as after a prefetch."""

    def __init__(self, localities):
        self.localities = self
        self.all = lambda: localities


def tile(name: str, column: int, row: int, **more) -> Locality:
    return Locality(name=name, key=name.lower(), tile={"column": column, "row": row, **more}, district=District())


def test_tiles_keep_their_neighbours_and_stay_inside():
    found = drawing_of([Listed([tile("A", 2, 1), tile("B", 3, 1), tile("C", 2, 2), tile("D", 3, 2)])])
    areas = {area.locality.name: area for area in found.areas}

    def distance(one: str, other: str) -> float:
        return hypot(areas[one].x - areas[other].x, areas[one].y - areas[other].y)

    assert found.schematic
    assert distance("A", "B") == pytest.approx(distance("A", "D"), abs=0.3)  # each second row stands half a tile aside
    assert distance("A", "C") > distance("B", "D") * 0.9
    assert areas["B"].x - areas["A"].x > 0
    assert areas["C"].y - areas["A"].y > 0
    assert all(0 < area.x < WIDTH and 0 < area.y < found.height for area in found.areas)
    assert min(distance(one, other) for one, other in combinations(areas, 2)) > 200


def test_city_of_one_tile_is_no_giant_and_none_is_no_map():
    assert drawing_of([Listed([tile("A", 9, 9)])]).height < 500
    assert drawing_of([Listed([Locality(name="A", district=District())])]) is None
    assert drawing_of([]) is None


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Eickel", ("Eickel",)), ("Wanne-Süd", ("Wanne-", "Süd")), ("Unser Fritz", ("Unser", "Fritz")),
        ("Röhlinghausen", ("Röhlinghausen",)), ("Am Alten Markt", ("Am Alten", "Markt")),
    ],
)  # fmt: skip
def test_names_break_at_hyphens_and_spaces(name, lines):
    assert lines_of(name) == lines


def test_label_of_the_city_beats_our_breaks():
    area = drawing_of([Listed([tile("Röhlinghausen", 0, 0, label=["Röhling-", "hausen"])])]).areas[0]

    assert area.lines == ("Röhling-", "hausen")
    assert area.rise == -0.75
