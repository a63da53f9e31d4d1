"""Vocabulary of interpreters, for staff alone."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InterpreterKind(TextChoices):
    """Who interprets."""

    PERSON = "person", _("einzelne Person")
    POOL = "pool", _("Pool oder Agentur")
    PHONE = "phone", _("Dolmetschen am Telefon oder per Video")


class DeclarationForm(TextChoices):
    """How somebody declared to keep secret what they hear."""

    PAPER = "paper", _("auf Papier unterschrieben")
    TEXT = "text", _("in einer E-Mail oder elektronisch")
    CONTRACT = "contract", _("im Vertrag mit dem Pool oder der Agentur")


class AssignmentState(TextChoices):
    """What became of asking an interpreter."""

    ASKED = "asked", _("angefragt")
    CONFIRMED = "confirmed", _("zugesagt")
    DECLINED = "declined", _("abgelehnt")
    CANCELLED = "cancelled", _("abbestellt")
