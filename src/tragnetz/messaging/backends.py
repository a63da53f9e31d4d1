"""Ways out: the console, a folder, SMTP, an SMS gateway. One returns when a message was handed over, or raises."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Protocol

from django.conf import settings

from tragnetz.messaging.errors import NotSentError
from tragnetz.messaging.gateway import read_gateway
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import Rendered
from tragnetz.messaging.smtp import SmtpBackend


class Backend(Protocol):
    """A way out. It `repeats_safely` if the same message handed over twice reaches the person once."""

    @property
    def repeats_safely(self) -> bool: ...

    def send(self, message: Message, rendered: Rendered) -> None:
        """Hand one message over. Raises NotSentError, RefusedError, UncertainError."""


class ConsoleBackend:
    """Prints, for the demo."""

    repeats_safely: ClassVar[bool] = False

    def send(self, message: Message, rendered: Rendered) -> None:
        """Print one message."""
        print(f"[{message.channel} -> {message.address}] {rendered.body}", flush=True)  # noqa: T201 -- its purpose


class FileBackend:
    """Writes one file a message, for a gateway that collects them."""

    repeats_safely: ClassVar[bool] = False  # the first file may have been collected already

    def send(self, message: Message, rendered: Rendered) -> None:
        """Write one message to the disk; a crash in between leaves no half file under the final name.

        A full disk or one that takes no writes raises NotSentError: nothing stands under that name.
        """
        folder = Path(settings.TRAGNETZ_VAR) / "outbox"
        name = f"{message.channel}-{message.pk}"
        half = folder / f"{name}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with half.open("w", encoding="utf-8") as file:
                file.write(f"To: {message.address}\nSubject: {rendered.subject}\n\n{rendered.body}\n")
                file.flush()
                os.fsync(file.fileno())  # else it could be said to be sent, and a power cut takes it
            half.rename(folder / f"{name}.txt")
        except OSError as error:
            with suppress(OSError):
                half.unlink()
            raise NotSentError(errno.errorcode.get(error.errno or 0, "OSError")) from error


def backend_for(channel: str) -> Backend:
    """Return the way out that the settings name for a channel. Raises KeyError for one that does not exist."""
    name = settings.TRAGNETZ_MESSAGE_BACKENDS[channel]
    match name:
        case "console":
            return ConsoleBackend()
        case "file":
            return FileBackend()
        case "smtp":
            return SmtpBackend(settings.TRAGNETZ_SMTP)
        case "http":
            return read_gateway(settings.TRAGNETZ_SMS)
    raise KeyError(name)
