"""Why a capacity could not be kept."""

from tragnetz.casework.errors import CaseworkError


class CaseloadError(CaseworkError):
    """A number of cases that nobody can carry, or not one's own team."""
