"""Vocabulary of papers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperState(TextChoices):
    """Whether a paper is there."""

    MISSING = "missing", _("fehlt")
    THERE = "there", _("ist da")
    SEEN = "seen", _("gesehen, nicht behalten")
    NOT_NEEDED = "not_needed", _("wird nicht gebraucht")
