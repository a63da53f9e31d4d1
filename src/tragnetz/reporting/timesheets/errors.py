"""Why a time sheet could not be kept."""

from tragnetz.reporting.errors import ReportingError


class TimeSheetError(ReportingError):
    """A command that this sheet does not allow."""
