"""Vocabulary of the outbox."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a message travels."""

    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-Mail")
    LETTER = "letter", _("Brief")
    CALL = "call", _("Anruf")


class State(TextChoices):
    """What became of a message."""

    QUEUED = "queued", _("wartet")
    SENDING = "sending", _("wird gesendet")
    SENT = "sent", _("gesendet")
    FAILED = "failed", _("nicht angekommen")
    UNCERTAIN = "uncertain", _("ungewiss")
    CANCELLED = "cancelled", _("zurückgezogen")
