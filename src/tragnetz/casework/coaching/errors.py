"""Why a step on the way to work could not be taken."""

from tragnetz.casework.errors import CaseworkError


class CoachingError(CaseworkError):
    """A command that this path does not allow."""
