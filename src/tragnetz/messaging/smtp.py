"""E-mail by SMTP, step by step: what fails before the text was handed over surely did not go out."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.policy import SMTP
from typing import Any, ClassVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.encoding import punycode

from tragnetz.messaging.enums import Channel
from tragnetz.messaging.errors import NotSentError, RefusedError, UncertainError
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import Rendered

SECONDS = 20
OK, ACCEPTED = 250, {250, 251}
FOR_GOOD = 500  # codes from here on are final, those below may pass (RFC 5321, 4.2.1)


class SmtpBackend:
    """Sends e-mail through one server; the settings have `host`, `port`, `username`, `password`, `use_tls`."""

    repeats_safely: ClassVar[bool] = False

    def __init__(self, server: Mapping[str, Any], *, seconds: float = SECONDS) -> None:
        self.server = server
        self.seconds = seconds

    def send(self, message: Message, rendered: Rendered) -> None:
        """Send one e-mail. Raises NotSentError, RefusedError, UncertainError."""
        if message.channel != Channel.EMAIL:
            raise RefusedError(self.__class__.__name__)
        sender = settings.DEFAULT_FROM_EMAIL
        mail = EmailMessage(rendered.subject, rendered.body, sender, [message.address])
        # The same message has the same id: a mailbox that gets it twice can show it once.
        mail.extra_headers["Message-ID"] = f"<{message.pk}@{sender.rpartition('@')[2].strip('>')}>"
        mail.extra_headers["Auto-Submitted"] = "auto-generated"
        try:
            text, to = mail.message().as_bytes(policy=SMTP), _on_the_line(message.address)
        except ValueError as error:  # a line break in an address or a subject, or a name that no mail can carry
            raise RefusedError(type(error).__name__) from error
        with self._connected() as line:
            try:
                self._expect(line.mail(mail.from_email.rpartition("<")[2].strip(">")), {OK})
                self._expect(line.rcpt(to), ACCEPTED)
            except (OSError, smtplib.SMTPException) as error:
                raise NotSentError(type(error).__name__) from error
            try:
                self._expect(line.data(text), {OK})
            except smtplib.SMTPDataError as error:  # the server did not want the text at all
                self._expect((error.smtp_code, b""), {OK})
            except (OSError, smtplib.SMTPException) as error:
                raise UncertainError(type(error).__name__) from error

    def greet(self) -> None:
        """Say hello, with encryption and log-in as for a mail, and go. Raises NotSentError."""
        with self._connected() as line:
            try:
                self._expect(line.noop(), {OK})
            except (OSError, smtplib.SMTPException, RefusedError) as error:
                raise NotSentError(type(error).__name__) from error

    @staticmethod
    def _expect(answer: tuple[int, bytes], wanted: set[int]) -> None:
        code = answer[0]
        if code in wanted:
            return
        raise RefusedError(str(code)) if code >= FOR_GOOD else NotSentError(str(code))

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        try:
            line = smtplib.SMTP(self.server["host"], self.server["port"], timeout=self.seconds)
            line.ehlo_or_helo_if_needed()
            if self.server["use_tls"]:
                line.starttls(context=ssl.create_default_context())
            if self.server["username"]:
                line.login(self.server["username"], self.server["password"])
        except (OSError, smtplib.SMTPException) as error:
            raise NotSentError(type(error).__name__) from error
        try:
            yield line
        finally:
            line.close()  # a polite QUIT could fail after the mail was taken; closing cannot


def _on_the_line(address: str) -> str:
    """Return an address as it is told to a server: a domain with umlauts in its form of ASCII. Raises UnicodeError."""
    local, _, domain = address.rpartition("@")
    return f"{local.encode('ascii').decode()}@{punycode(domain)}"
