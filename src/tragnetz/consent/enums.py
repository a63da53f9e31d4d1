"""Vocabulary of consent. The words on paper stand in texts/, with their versions; these here are for pages of staff."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DataGroup(TextChoices):
    """What can be allowed, referred or handed out, each by itself. The one list for all of these."""

    CONTACT = "contact", _("Name und Kontakt")
    BLOCKED_ADDRESS = "blocked_address", _("Adresse trotz Auskunftssperre")
    HOUSEHOLD = "household", _("Haushalt und Einkommen")
    DOMAINS = "domains", _("Lebensbereiche")
    GOALS = "goals", _("Ziele und Schritte")
    NOTES = "notes", _("Notizen aus der Beratung")
    CLAIMS = "claims", _("Anträge und Nachweise")
    DOCUMENTS = "documents", _("Dokumente")
    APPOINTMENTS = "appointments", _("Termine")
    WORK = "work", _("Coaching und Arbeit")
    HEALTH = "health", _("Gesundheit")


# Art. 9 DSGVO, § 11 KDG for health; notes may hold anything; a blocked address can put somebody in danger.
SENSITIVE = frozenset({DataGroup.HEALTH, DataGroup.NOTES, DataGroup.BLOCKED_ADDRESS})


class Kind(TextChoices):
    """Which of the two objects."""

    CONSENT = "consent", _("Einwilligung")
    RELEASE = "release", _("Freigabe")


class Purpose(TextChoices):
    """What something is allowed for."""

    COUNSELLING = "counselling", _("Beratung und Begleitung")
    SPECIAL = "special", _("Gesundheit und andere besonders geschützte Angaben")
    FOLLOW_UP = "follow_up", _("Nachfragen nach dem Ende der Beratung")
    PROGRAMME = "programme", _("Angaben für das Förderprogramm")
    OUTLOOK = "outlook", _("Vorausschau: was sich bei Leistungen bald ändert")
    COOPERATION = "cooperation", _("Zusammenarbeit mit einer anderen Stelle")
    APPLICATION = "application", _("Antrag bei einer Stelle")
    HANDOVER = "handover", _("Wechsel zu einer anderen Beratung")


PURPOSES = {
    Kind.CONSENT: (Purpose.COUNSELLING, Purpose.SPECIAL, Purpose.FOLLOW_UP, Purpose.PROGRAMME, Purpose.OUTLOOK),
    Kind.RELEASE: (Purpose.COOPERATION, Purpose.APPLICATION, Purpose.HANDOVER),
}


class GivenBy(TextChoices):
    """In which form something was given or withdrawn."""

    WRITTEN = "written", _("schriftlich")
    ORAL = "oral", _("mündlich")
    ELECTRONIC = "electronic", _("elektronisch")


class Signer(TextChoices):
    """Who decides: the person, or somebody who may by law."""

    SELF = "self", _("die Person selbst")
    PARENT = "parent", _("sorgeberechtigter Elternteil")
    GUARDIAN = "guardian", _("Vormund")
    CARER = "carer", _("rechtliche Betreuung")
    PROXY = "proxy", _("bevollmächtigte Person")


class Handout(TextChoices):
    """How somebody got the information on data protection."""

    PAPER = "paper", _("auf Papier gegeben")
    READ_OUT = "read_out", _("vorgelesen")
    MAIL = "mail", _("per E-Mail geschickt")
    LETTER = "letter", _("per Brief geschickt")
    SHOWN = "shown", _("auf dem Bildschirm gezeigt")


class State(StrEnum):
    """Where something that was given stands at a moment."""

    VALID = "valid"
    ENDS_SOON = "ends_soon"
    UNSIGNED = "unsigned"  # holds, but the signature is still to come
    LAPSED = "lapsed"  # the signature did not come in time
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
