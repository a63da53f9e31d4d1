"""Why a date of a group could not be set."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tragnetz.appointments.errors import NotPossibleError

if TYPE_CHECKING:
    from tragnetz.appointments.groups.rules import Span


class LeaderTakenError(NotPossibleError):
    """The leader has no time then. Carries the next times that would do."""

    def __init__(self, message: str, possible: "Sequence[Span]" = ()) -> None:
        super().__init__(message)
        self.possible = list(possible)
