"""Pictures as plain SVG shapes: computed here, drawn by `components/curve.html` and `components/bars.html`.

The picture never stands alone: the page shows the same figures as a table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tragnetz.core.amounts import grouped

WIDTH, HEIGHT = 640, 300
LEFT, BOTTOM, TOP, RIGHT = 56, 34, 12, 12
STEPS = (1, 2, 2.5, 5, 10)
MOST_TICKS = 6
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it is, and its number."""

    at: float
    value: int

    @property
    def label(self) -> str:
        """The number as it is written: 1.220."""
        return grouped(self.value)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a curve: its name and the points for `polyline`."""

    name: str
    points: str


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a bar."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in the row of a table, in per cent of its width; `low` to `low + span` is how sure it is."""

    width: float
    low: float = 0
    span: float = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of WIDTH by HEIGHT with axes."""

    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    marks: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    labels: tuple[tuple[float, str], ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def curve_picture(
    x: Sequence[float], lines: Mapping[str, Sequence[float | None]], places: Mapping[float, str] | None = None
) -> Picture:
    """Return a picture of lines over x; both axes go from 0 to 1 at least. Raises ValueError for no points.

    A line has no point where its value is None. With `places` the axis below has these words instead of numbers.
    """
    if not x or not lines:
        message = "a curve needs points"
        raise ValueError(message)
    known = [value for values in lines.values() for value in values if value is not None]
    most_x, most_y = max(*x, 1.0), max(1.0, *known)
    across, up = (WIDTH - LEFT - RIGHT) / most_x, (HEIGHT - TOP - BOTTOM) / most_y
    drawn = tuple(
        Line(
            name,
            " ".join(
                f"{LEFT + one * across:.1f},{HEIGHT - BOTTOM - value * up:.1f}"
                for one, value in zip(x, values, strict=True)
                if value is not None
            ),
        )
        for name, values in lines.items()
    )
    return Picture(
        drawn, (), (),
        () if places else tuple(Tick(round(LEFT + value * across, 1), value) for value in ticks(most_x)),
        tuple(Tick(round(HEIGHT - BOTTOM - value * up, 1), value) for value in ticks(most_y)),
        tuple((round(LEFT + at * across, 1), words) for at, words in (places or {}).items()),
    )  # fmt: skip


def bars_picture(labels: Sequence[str], bars: Sequence[Mapping[str, float]], marks: Sequence[float]) -> Picture:
    """Return stacked bars, each with a mark of its own if there are any: months, their money and what is needed."""
    most = max([*(sum(bar.values()) for bar in bars), *marks, 1.0])
    up = (HEIGHT - TOP - BOTTOM) / most
    room = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    boxes, lines, places = [], [], []
    for number, bar in enumerate(bars):
        x, level = LEFT + number * room + room * 0.12, float(HEIGHT - BOTTOM)
        for name, amount in bar.items():
            level -= amount * up
            boxes.append(Box(name, round(x, 1), round(level, 1), round(room * 0.76, 1), round(amount * up, 1)))
        places.append((round(LEFT + (number + 0.5) * room, 1), labels[number]))
    for number, mark in enumerate(marks):
        y = HEIGHT - BOTTOM - mark * up
        lines.append(Line("need", f"{LEFT + number * room:.1f},{y:.1f} {LEFT + (number + 1) * room:.1f},{y:.1f}"))
    return Picture(
        (), tuple(boxes), tuple(lines), (),
        tuple(Tick(round(HEIGHT - BOTTOM - value * up, 1), value) for value in ticks(most)), tuple(places),
    )  # fmt: skip


def bar(value: float, most: float, interval: tuple[float, float] | None = None) -> Bar:
    """Return the bar of a value where `most` fills the row, with an interval if it has one."""
    scale = WHOLE / max(most, 1e-9)
    width, *ends = (round(min(max(one * scale, 0), WHOLE), 1) for one in (value, *(interval or ())))
    return Bar(width, ends[0], round(ends[1] - ends[0], 1)) if ends else Bar(width)


def ticks(most: float) -> list[int]:
    """Return round numbers from 0 up to `most`, at most seven."""
    size = 1.0
    while True:
        for step in STEPS:
            if most / (step * size) <= MOST_TICKS:
                return [int(number * step * size) for number in range(int(most / (step * size)) + 1)]
        size *= 10


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A row of a scale from 1 to 5: its name, and two series of two levels or means each, before and after."""

    name: str
    first: tuple[float | None, float | None]
    second: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Dot:
    """A level on its row: of which series, before or after."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows with dots on a scale of five, `ways` from before to after; the name of a row stands above its dots."""

    width: int
    height: int
    rows: tuple[tuple[str, float], ...]
    ticks: tuple[Tick, ...]
    ways: tuple[Line, ...]
    dots: tuple[Dot, ...]


# As wide as a phone, so that it is read there without scrolling; wider screens show it beside its legend.
LEVEL_WIDTH, LEVEL_COUNT, LEVEL_SIDE, LEVEL_ROOM, LEVEL_TOP, LEVEL_NAME = 360, 5, 14, 56, 28, 16
SERIES = ("first", "second")


def levels_picture(rows: Sequence[LevelRow], *, is_two: bool) -> Scale:
    """Return rows on a scale from 1 to 5, the two series of a row one below the other; no level gets no dot.

    `is_two`: there is a before and an after; else only the after is drawn.
    """
    across = (LEVEL_WIDTH - 2 * LEVEL_SIDE) / (LEVEL_COUNT - 1)
    ways, dots = [], []
    for number, row in enumerate(rows):
        middle = LEVEL_TOP + number * LEVEL_ROOM + (LEVEL_ROOM + LEVEL_NAME) / 2
        for name, (before, after), shift in zip(SERIES, (row.first, row.second), (-8, 8), strict=True):
            places = [
                None if level is None else round(LEVEL_SIDE + (level - 1) * across, 1) for level in (before, after)
            ]
            y = middle + shift
            if is_two and places[0] is not None and places[1] is not None:
                ways.append(Line(name, f"{places[0]},{y} {places[1]},{y}"))
            if is_two and places[0] is not None:
                dots.append(Dot(f"{name}-before", places[0], y))
            if places[1] is not None:
                dots.append(Dot(f"{name}-after", places[1], y))
    return Scale(
        LEVEL_WIDTH, LEVEL_TOP + len(rows) * LEVEL_ROOM,
        tuple((row.name, LEVEL_TOP + number * LEVEL_ROOM + LEVEL_NAME) for number, row in enumerate(rows)),
        tuple(Tick(round(LEVEL_SIDE + step * across, 1), step + 1) for step in range(LEVEL_COUNT)),
        tuple(ways), tuple(dots),
    )  # fmt: skip
