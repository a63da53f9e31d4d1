"""Vocabulary of referrals. The states are those of FHIR's R4 TaskStatus, as SDOHCC uses them for referrals."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a referral stands."""

    DRAFT = "draft", _("Entwurf")
    REQUESTED = "requested", _("wartet auf Antwort")
    ACCEPTED = "accepted", _("angenommen")
    REJECTED = "rejected", _("abgelehnt")
    CANCELLED = "cancelled", _("zurückgezogen")
    IN_PROGRESS = "in_progress", _("Person war da, Hilfe läuft")
    ON_HOLD = "on_hold", _("ruht")
    FAILED = "failed", _("nicht zustande gekommen")
    COMPLETED = "completed", _("abgeschlossen")


class Side(TextChoices):
    """Who does something with a referral."""

    SENDER = "sender", _("Beratung")
    RECIPIENT = "recipient", _("Partner")


class Basis(TextChoices):
    """On what a referral stands, and so what the partner gets to read."""

    RELEASED = "released", _("mit Freigabe: Der Partner sieht, was Sie ankreuzen")
    ANONYMOUS = "anonymous", _("ohne Namen: Der Partner erfährt nur das Anliegen")
    CARRIED = "carried", _("Blatt zum Mitnehmen: Die Person gibt es selbst ab")


class Urgency(TextChoices):
    """How soon help is needed."""

    NORMAL = "normal", _("normal")
    SOON = "soon", _("bald")
    TODAY = "today", _("noch heute")


class Refusal(TextChoices):
    """Why a partner does not take somebody on: coded, so that gaps can be counted."""

    NO_CAPACITY = "no_capacity", _("Kein Platz frei")
    NOT_RESPONSIBLE = "not_responsible", _("Nicht zuständig")
    NOT_ELIGIBLE = "not_eligible", _("Voraussetzungen fehlen")
    WRONG_TOPIC = "wrong_topic", _("Falsches Thema")
    NOT_REACHED = "not_reached", _("Person nicht erreicht")
    PERSON_DECLINED = "person_declined", _("Person möchte nicht")
    DUPLICATE = "duplicate", _("Person ist schon bei uns")
    OTHER = "other", _("Anderer Grund")


class Outcome(TextChoices):
    """What came of it at last."""

    HELPED = "helped", _("Hat geholfen")
    PARTLY = "partly", _("Hat zum Teil geholfen")
    NOT_HELPED = "not_helped", _("Hat nicht geholfen")
    NO_SHOW = "no_show", _("Person kam nicht")
    NOT_REACHED = "not_reached", _("Person nicht erreicht")
    PERSON_DECLINED = "person_declined", _("Person wollte nicht mehr")
    NO_ANSWER = "no_answer", _("Partner hat nicht geantwortet")


class TalkState(TextChoices):
    """What became of a proposed joint talk."""

    OPEN = "open", _("vorgeschlagen")
    ACCEPTED = "accepted", _("vereinbart")
    DECLINED = "declined", _("passt nicht")


class Told(TextChoices):
    """What the person says themselves."""

    HELPED = "helped", _("hat geholfen")
    NOT_HELPED = "not_helped", _("hat nicht geholfen")


class Door(StrEnum):
    """What happens when somebody opens a link."""

    OPEN = "open"
    CODE = "code"  # this browser has not shown the code yet
    ENDED = "ended"
