"""A message to oneself: whether e-mail and SMS leave as they are set up. Nothing of it is kept, nobody else gets it."""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tragnetz.clients.rules import clean_phone
from tragnetz.config.operation.findings import Finding, error, ok, warn
from tragnetz.messaging.backends import backend_for
from tragnetz.messaging.enums import Channel
from tragnetz.messaging.errors import NotSentError, RefusedError, UncertainError
from tragnetz.messaging.gateway import GatewayError
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import Rendered

TEXT = Rendered("Testnachricht", "Diese Nachricht ist ein Test. Wenn Sie sie lesen, kommen Nachrichten an.")
NAMES = {Channel.EMAIL: "E-Mail", Channel.SMS: "SMS"}
EXAMPLES = {Channel.EMAIL: "ich@example.org", Channel.SMS: "+491701234567"}
REAL = {Channel.EMAIL: "smtp", Channel.SMS: "http"}


def sent_to(email: str, phone: str) -> Iterator[Finding]:
    """Send a message to an e-mail address and a number, where they are given, and say what became of it."""
    if email:
        yield _tried(Channel.EMAIL, _mailable(email))
    if phone:
        yield _tried(Channel.SMS, clean_phone(phone))


def _mailable(typed: str) -> str:
    try:
        validate_email(typed)
    except ValidationError:
        return ""
    return typed


def _tried(channel: Channel, address: str) -> Finding:
    check, name = f"try-{channel}", NAMES[channel]
    if not address:
        return error(check, f"{name}: Das ist keine Adresse oder Nummer.", f"Schreiben Sie sie so: {EXAMPLES[channel]}")
    message = Message(channel=channel, address=address, template="try")
    try:
        backend_for(channel).send(message, TEXT)
    except UncertainError as failed:
        text = f"{name}: Der Server sagt nicht, ob er sie angenommen hat ({failed})."
        return warn(check, text, "Sehen Sie nach, ob sie ankam.", place=address)
    except (NotSentError, RefusedError, GatewayError) as failed:
        return error(
            check, f"{name}: nicht angenommen ({failed}).", "docs/messages.md nennt die Einstellungen.", place=address
        )
    way = settings.TRAGNETZ_MESSAGE_BACKENDS[channel]
    if way != REAL[channel]:
        return warn(
            check,
            f"{name}: nur als „{way}“ ausgegeben, sie ging nicht hinaus.",
            f"Setzen Sie TRAGNETZ_{channel.upper()}_BACKEND={REAL[channel]}.",
        )
    return ok(check, f"{name}: angenommen. Sehen Sie nach, ob sie ankam.", place=address)
