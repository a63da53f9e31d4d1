"""Vocabulary of reporting."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Moment(TextChoices):
    """Of which day answers tell: what is asked at entry is never asked again later."""

    ENTRY = "entry", _("beim Eintritt")
    EXIT = "exit", _("beim Austritt, bis vier Wochen danach")
    SIX_MONTHS = "six_months", _("sechs Monate nach dem Austritt")


class Leaving(TextChoices):
    """How somebody left a project."""

    REGULAR = "regular", _("wie geplant beendet")
    EARLY_JOB = "early_job", _("früher beendet: Arbeit oder Ausbildung")
    EARLY_WISH = "early_wish", _("früher beendet: eigener Wunsch")
    EARLY_SILENT = "early_silent", _("früher beendet: Kontakt abgerissen")
    EARLY_MOVED = "early_moved", _("früher beendet: weggezogen")
    EARLY_OTHER = "early_other", _("früher beendet: anderer Grund")
    PROJECT_END = "project_end", _("das Projekt ist zu Ende")
