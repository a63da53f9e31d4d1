"""Pictures: points inside of the frame, round numbers on the axes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tragnetz.printing.charts import HEIGHT, WIDTH, bars_picture, curve_picture, ticks


@given(st.floats(0.5, 1e6))
def test_ticks_are_few_round_and_reach_nearly_the_end(most):
    found = ticks(most)

    assert 2 <= len(found) <= 7 or most < 1
    assert found[0] == 0
    assert found[-1] <= most


def test_numbers_on_an_axis_are_written_as_one_reads_them():
    picture = curve_picture([0.0, 1.0], {"a": [0.0, 2600.0]})

    assert [tick.label for tick in picture.y_ticks] == ["0", "500", "1.000", "1.500", "2.000", "2.500"]


@given(st.lists(st.floats(0, 9000), min_size=2, max_size=50))
@example([0.0, 5e-324])
def test_points_stay_inside(values):
    picture = curve_picture([float(number) for number in range(len(values))], {"a": values})
    points = [tuple(map(float, point.split(","))) for point in picture.lines[0].points.split()]

    assert len(points) == len(values)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_bars_stand_on_each_other_and_on_the_base():
    picture = bars_picture(["1", "2"], [{"a": 100, "b": 50}, {}], [120, 120])

    first, second = picture.boxes
    assert first.y + first.height == pytest.approx(picture.base, abs=0.2)
    assert second.y + second.height == pytest.approx(first.y, abs=0.2)
    assert len(picture.marks) == 2
    with pytest.raises(ValueError, match="a curve needs points"):
        curve_picture([], {})
