"""Ways out: the console, a folder, SMTP. A backend returns when the message was handed over, or raises."""

from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail

from tragnetz.messaging.enums import Channel
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import Rendered


class NotSentError(Exception):
    """The message surely did not go out; it may be tried again. Any other error leaves it uncertain."""


class Backend(Protocol):
    """A way out."""

    def send(self, message: Message, rendered: Rendered) -> None:
        """Hand one message over."""


class ConsoleBackend:
    """Prints, for the demo."""

    def send(self, message: Message, rendered: Rendered) -> None:
        """Print one message."""
        print(f"[{message.channel} -> {message.address}] {rendered.body}", flush=True)  # noqa: T201 -- its purpose


class FileBackend:
    """Writes one file a message, for a gateway that collects them."""

    def send(self, message: Message, rendered: Rendered) -> None:
        """Write one message; a crash in between leaves no half file under the final name."""
        folder = Path(settings.TRAGNETZ_VAR) / "outbox"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{message.channel}-{message.pk}"
        half = folder / f"{name}.part"
        half.write_text(f"To: {message.address}\nSubject: {rendered.subject}\n\n{rendered.body}\n", encoding="utf-8")
        half.rename(folder / f"{name}.txt")


class SmtpBackend:
    """Sends e-mail through the server of the settings."""

    def send(self, message: Message, rendered: Rendered) -> None:
        """Send one e-mail."""
        if message.channel != Channel.EMAIL:
            reason = "SMTP carries e-mail only"
            raise NotSentError(reason)
        try:
            send_mail(rendered.subject, rendered.body, None, [message.address])
        except ConnectionError as error:
            raise NotSentError(str(error)) from error


_BACKENDS: dict[str, type[Backend]] = {"console": ConsoleBackend, "file": FileBackend, "smtp": SmtpBackend}


def backend_for(channel: str) -> Backend:
    """Return the way out that the settings name for a channel."""
    return _BACKENDS[settings.TRAGNETZ_MESSAGE_BACKENDS[channel]]()
