"""Why the net could not be changed."""

from tragnetz.casework.errors import CaseworkError


class NetworkMapError(CaseworkError):
    """A tie that cannot be written, or is not there."""
