"""Why a record of a project could not be made."""

from tragnetz.core.errors import TragnetzError


class ReportingError(TragnetzError):
    """A command that this project or this participation does not allow."""
