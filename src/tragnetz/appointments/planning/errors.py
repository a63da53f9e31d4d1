"""Why a plan was not changed."""

from tragnetz.core.errors import TragnetzError


class NotAllowedError(TragnetzError):
    """Somebody may not plan this."""


class PlanError(TragnetzError):
    """A change does not fit: its row is gone, or it would rewrite the past."""


class OutdatedPreviewError(TragnetzError):
    """Since the preview was shown something changed; nothing was done."""
