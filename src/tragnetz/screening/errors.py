"""What can go wrong with checks, in words for staff."""

from tragnetz.core.errors import TragnetzError


class ScreeningError(TragnetzError):
    """Something that cannot be kept or done like this."""
