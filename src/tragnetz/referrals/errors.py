"""Why a referral could not go on."""

from tragnetz.core.errors import TragnetzError


class ReferralError(TragnetzError):
    """A command that this referral does not allow."""
