"""What can go wrong with people's data."""

from tragnetz.core.errors import TragnetzError


class PhoneError(TragnetzError):
    """A phone number that nobody can call."""
