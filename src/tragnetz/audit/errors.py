"""Why the trail could not be kept or verified."""

from tragnetz.core.errors import TragnetzError


class AuditError(TragnetzError):
    """A key or a file of heads that cannot be used."""
