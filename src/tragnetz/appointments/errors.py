"""Why an appointment could not be made."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tragnetz.core.errors import TragnetzError

if TYPE_CHECKING:
    from tragnetz.appointments.rules import Slot


class SlotTakenError(TragnetzError):
    """Somebody was quicker, or the time is no longer offered. Carries the next free times."""

    def __init__(self, message: str, next_slots: "Sequence[Slot]" = ()) -> None:
        super().__init__(message)
        self.next_slots = list(next_slots)


class NotPossibleError(TragnetzError):
    """A booking in this state cannot be moved, cancelled or marked so."""
