"""Vocabulary of appointments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """How one meets."""

    PHONE = "phone", _("am Telefon")
    ON_SITE = "on_site", _("vor Ort")
    HOME = "home", _("bei Ihnen zu Hause")
    VIDEO = "video", _("per Video")


class BookingState(TextChoices):
    """What became of a booking."""

    BOOKED = "booked", _("vereinbart")
    ATTENDED = "attended", _("hat stattgefunden")
    MISSED = "missed", _("nicht gekommen")
    CANCELLED = "cancelled", _("abgesagt")


class CallbackState(TextChoices):
    """What became of a promise to call back."""

    OPEN = "open", _("offen")
    DONE = "done", _("erledigt")
    NOT_REACHED = "not_reached", _("nicht erreicht")


class Urgency(TextChoices):
    """How soon somebody must be helped."""

    TODAY = "today", _("heute")
    WEEK = "week", _("diese Woche")
    NORMAL = "normal", _("nicht eilig")
