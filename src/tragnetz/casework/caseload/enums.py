"""Vocabulary of the team's work."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Overdue(TextChoices):
    """What must not be forgotten."""

    SILENT = "still", _("Lange ohne Kontakt")
    STEPS = "schritte", _("Schritte überfällig")
    CHECKS = "nachfragen", _("Nachfragen fällig")


class AgeBand(IntegerChoices):
    """An age as a team may know it."""

    TODDLER = 0, _("unter 6")
    CHILD = 6, _("6 bis 14")
    YOUTH = 15, _("15 bis 17")
    YOUNG = 18, _("18 bis 29")
    MIDDLE = 30, _("30 bis 54")
    OLDER = 55, _("55 und älter")
