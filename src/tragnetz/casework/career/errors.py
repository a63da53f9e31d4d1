"""Why something could not be written about a career."""

from tragnetz.casework.errors import CaseworkError


class CareerError(CaseworkError):
    """A command that these papers do not allow."""
