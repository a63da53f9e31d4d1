"""What can go wrong with people's data."""

from tragnetz.core.errors import TragnetzError


class ContactError(TragnetzError):
    """A way to reach somebody that leads nowhere."""


class PhoneError(ContactError):
    """A phone number that nobody can call."""


class EmailError(ContactError):
    """An e-mail address to which nobody can write."""
