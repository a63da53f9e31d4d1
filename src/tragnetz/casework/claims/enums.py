"""Vocabulary of claims."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaimState(TextChoices):
    """How a claim stands."""

    PLANNED = "planned", _("geplant")
    PAPERS = "papers", _("Unterlagen fehlen")
    SENT = "sent", _("abgegeben")
    ASKED_BACK = "asked_back", _("Rückfrage der Stelle")
    GRANTED = "granted", _("bewilligt")
    REFUSED = "refused", _("abgelehnt")
    OBJECTION = "objection", _("Widerspruch oder Klage läuft")
    LAPSED = "lapsed", _("ausgelaufen")
    RENEWED = "renewed", _("weiter beantragt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


class Rhythm(TextChoices):
    """How money comes; nothing for a benefit that is not money."""

    NONE = "", _("kein Geld, zum Beispiel ein Ausweis")
    MONTH = "month", _("jeden Monat")
    ONCE = "once", _("einmal")
