"""Vocabulary of casework."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How somebody came to us."""

    PHONE = "phone", _("Telefon")
    WEB = "web", _("Internet")
    VISIT = "visit", _("persönlich")


class Outcome(TextChoices):
    """What an enquiry led to."""

    INFORMATION = "information", _("nur Auskunft")
    APPOINTMENT = "appointment", _("Termin")
    CALLBACK = "callback", _("Rückruf")
    WAITING = "waiting", _("Warteliste")
    GROUP = "group", _("Gruppe")


class CaseState(TextChoices):
    """Whether a case is worked on."""

    OPEN = "open", _("offen")
    CLOSED = "closed", _("beendet")


class NoteKind(TextChoices):
    """What a note is: what happened, what we think of it, what was agreed."""

    FACTS = "facts", _("Sachverhalt")
    ASSESSMENT = "assessment", _("Einschätzung")
    AGREEMENT = "agreement", _("Vereinbarung")


class StepOwner(TextChoices):
    """Who takes a step."""

    PERSON = "person", _("die Person")
    COUNSELLOR = "counsellor", _("Beratung")
    OFFICE = "office", _("Amt")
