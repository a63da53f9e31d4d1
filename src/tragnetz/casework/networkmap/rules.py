"""Where each tie stands on the map: pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

MOST_TIES = 40
WIDTH, HEIGHT = 640, 480
INNER, OUTER = 0.62, 0.92  # two rings, as shares of the room: neighbours on one ring would write over each other
MARGIN_X, MARGIN_Y = 120, 40
CROWDED = 8  # ties from which on two rings are used
SHORT = 18  # letters of a name that fit


@dataclass(frozen=True, slots=True)
class Knot:
    """A tie on the map: its place, where its line ends at the household, how its words are anchored."""

    number: int
    x: float
    y: float
    anchor: str
    label: str


def knots(labels: Sequence[str]) -> list[Knot]:
    """Return where ties stand around the middle, clockwise from above in the order given, words turned outward."""
    found = []
    for place, label in enumerate(labels):
        angle = 2 * pi * place / len(labels) - pi / 2
        ring = INNER if len(labels) > CROWDED and place % 2 else OUTER
        x = WIDTH / 2 + (WIDTH / 2 - MARGIN_X) * ring * cos(angle)
        y = HEIGHT / 2 + (HEIGHT / 2 - MARGIN_Y) * ring * sin(angle)
        found.append(Knot(place + 1, round(x, 1), round(y, 1), _anchor(x), _short(label)))
    return found


def _anchor(x: float) -> str:
    if abs(x - WIDTH / 2) < 1:
        return "middle"
    return "start" if x > WIDTH / 2 else "end"


def _short(label: str) -> str:
    return label if len(label) <= SHORT else f"{label[: SHORT - 1]}…"
