"""Vocabulary of the net around a household."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sphere(TextChoices):
    """Where a tie belongs. The map puts each sphere into a sector of its own."""

    FAMILY = "family", _("Familie")
    FRIENDS = "friends", _("Freunde und Nachbarschaft")
    WORK = "work", _("Arbeit und Schule")
    HEALTH = "health", _("Gesundheit und Pflege")
    OFFICES = "offices", _("Ämter")
    HELP = "help", _("Beratung und Hilfe")
    OTHER = "other", _("anderes")


class Strength(TextChoices):
    """What a tie does: it supports, is just there, or weighs on the household."""

    SUPPORT = "+", _("gibt Kraft")
    NEUTRAL = "0", _("ist da")
    BURDEN = "-", _("belastet")
