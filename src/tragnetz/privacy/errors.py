"""Why a right or a deletion could not be carried out."""

from tragnetz.core.errors import TragnetzError


class PrivacyError(TragnetzError):
    """A command that this request or deletion does not allow."""
