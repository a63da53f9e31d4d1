"""Why casework could not go on."""

from tragnetz.core.errors import TragnetzError


class CaseworkError(TragnetzError):
    """A command that this case or enquiry does not allow."""
