"""Vocabulary of the vault."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Holder(TextChoices):
    """Whose key pair it is."""

    USER = "user", _("Mitarbeiterin oder Mitarbeiter")
    ROLE = "role", _("Aufgabe in einer Organisation")
    RECOVERY = "recovery", _("Wiederherstellung der Organisation")
    PERSON = "person", _("begleitete Person")
