"""Why something with the people of an organisation was refused."""

from tragnetz.core.errors import TragnetzError
from tragnetz.network.enums import Role


class NotAllowedError(TragnetzError):
    """The role, or the person for themselves, may not do it."""


class InvitationError(TragnetzError):
    """The invitation cannot be made or used."""


class MailError(TragnetzError):
    """The mail server did not take the mail; nothing was changed."""


class RemarkError(TragnetzError):
    """The remark cannot be taken, answered or closed."""


class LastOneError(TragnetzError):
    """Nobody else of the organisation would have these roles. Can be confirmed."""

    def __init__(self, message: str, roles: list[Role]) -> None:
        super().__init__(message)
        self.roles = roles
