"""Vocabulary of time sheets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Activity(TextChoices):
    """What the hours went into: a keyword, never a client."""

    TALK = "talk", _("Beratung und Begleitung")
    CASE_WORK = "case_work", _("Arbeit am Fall ohne Gespräch")
    GROUP = "group", _("Gruppe oder Workshop")
    TEAM = "team", _("Team und Besprechung")
    TRAINING = "training", _("Fortbildung")
    ADMIN = "admin", _("Dokumentation und Verwaltung")
    TRAVEL = "travel", _("Fahrt")
    ABSENT = "absent", _("abwesend (Urlaub, Feiertag, krank)")


class Origin(TextChoices):
    """Where a line comes from: a new draft replaces its own lines, never those somebody typed."""

    DRAFT = "draft", _("aus Kalender und Kontakten")
    OWN = "own", _("selbst eingetragen")


class SheetState(TextChoices):
    """How far a sheet is."""

    DRAFT = "draft", _("Entwurf")
    RETURNED = "returned", _("zurückgegeben")
    SIGNED = "signed", _("unterschrieben")
    APPROVED = "approved", _("freigegeben")
    REPLACED = "replaced", _("durch eine Korrektur ersetzt")
