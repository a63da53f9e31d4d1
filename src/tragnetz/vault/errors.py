"""What can go wrong with keys."""

from tragnetz.core.errors import TragnetzError


class VaultError(TragnetzError):
    """A key does not open, or nobody could open what would be sealed."""


class LockedError(VaultError):
    """The key that is needed is not on the ring."""


class WrongSecretError(VaultError):
    """A password, code or sheet opens no key."""
