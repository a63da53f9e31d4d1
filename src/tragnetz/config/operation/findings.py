"""What a check found: how serious it is, what is, and what to do. In German: administrators read the same words."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum


class Level(IntEnum):
    """How serious; the exit status of `tragnetz doctor` is the highest of all."""

    OK = 0
    WARN = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `place` (host, path, network) is for whoever runs the machine alone and never stands on a page.

    A finding about one organisation is for that one and for whoever runs the machine. `text` and `advice` hold no host,
    path or secret.
    """

    check: str
    level: Level
    text: str
    advice: str = ""
    place: str = ""
    organisation_id: uuid.UUID | None = None


def ok(check: str, text: str, *, place: str = "", organisation_id: uuid.UUID | None = None) -> Finding:
    """Return that something is as it should be."""
    return Finding(check, Level.OK, text, "", place, organisation_id)


def warn(check: str, text: str, advice: str, *, place: str = "", organisation_id: uuid.UUID | None = None) -> Finding:
    """Return what should be mended soon."""
    return Finding(check, Level.WARN, text, advice, place, organisation_id)


def error(check: str, text: str, advice: str, *, place: str = "", organisation_id: uuid.UUID | None = None) -> Finding:
    """Return what does not work, or endangers what people entrusted to the network."""
    return Finding(check, Level.ERROR, text, advice, place, organisation_id)


def judged(value: float, *, warn_from: float, error_from: float) -> Level:
    """Return how serious a value is that should be small."""
    return Level.ERROR if value >= error_from else Level.WARN if value >= warn_from else Level.OK


def words(time: timedelta) -> str:
    """Return a length of time as one says it."""
    seconds = max(time.total_seconds(), 0)
    for unit, name, names in ((86_400, "Tag", "Tagen"), (3_600, "Stunde", "Stunden"), (60, "Minute", "Minuten")):
        if seconds >= 2 * unit or (seconds >= unit and unit != 86_400):  # noqa: PLR2004 -- 36 hours say more than a day
            number = int(seconds // unit)
            return f"{number} {name if number == 1 else names}"
    return f"{int(seconds)} Sekunden"


def decimal(number: float) -> str:
    """Return a number with one place behind the comma, as one reads it in German: 69,4."""
    return f"{number:.1f}".replace(".", ",")
