"""What can go wrong with messages."""

from datetime import timedelta

from tragnetz.core.errors import TragnetzError


class MessageError(TragnetzError):
    """What somebody wanted to do with a message is not possible (any more)."""


class NotSentError(Exception):
    """The message surely did not go out; it may be tried again, `after` some time if the gateway said so.

    The text is a code of the gateway, never its words: they may quote an address.
    """

    def __init__(self, code: str = "", after: timedelta | None = None) -> None:
        super().__init__(code)
        self.after = after


class RefusedError(Exception):
    """The message surely did not go out, and never will to this address. The text is a code of the gateway."""


class UncertainError(Exception):
    """The message may have gone out or not. The text is a code of the gateway."""
