"""Who knocked at the door, as it may be shown: in fives (`reporting.statistics`). Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tragnetz.reporting.reach.cells import Wanted
from tragnetz.reporting.reach.door import Door, Tallies, door_of
from tragnetz.reporting.statistics import FIVES

_CARDS = ("enquiries", "information", "urgent", "talks", "interpreted", "within", "above")


@dataclass(frozen=True, slots=True)
class Entrance:
    """Numbers of the door under some filters."""

    door: Door

    def cards(self) -> dict[str, int | None]:
        """Return single numbers by their names in `Door`; None where one is too small."""
        return {name: FIVES.one(getattr(self.door, name)) for name in _CARDS}

    def channels(self) -> dict[str, int]:
        """Return how enquiries came; what is too few is left out."""
        return _told(self.door.channels)

    def languages(self) -> dict[str, int]:
        """Return in which language people asked; what is too few is left out."""
        return _told(self.door.languages)

    def localities(self, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, int | None]:
        """Return from which of some Ortsteile people asked."""
        return FIVES.many({key: self.door.localities.get(key, 0) for key in keys})


def entrance_of(tallies: Iterable[Tallies], wanted: Wanted, limit: int) -> Entrance:
    """Return the numbers of the door; `limit`: up to how many minutes help is short."""
    return Entrance(door_of(tallies, wanted, limit=limit))


def _told(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in FIVES.many(dict(sorted(counts.items()))).items() if number is not None}
