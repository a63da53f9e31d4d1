"""Vocabulary of asking people after they left a project."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a question stands."""

    ASKED = "asked", _("gefragt, die Antwort steht noch aus")
    TO_CALL = "to_call", _("bitte anrufen")
    ANSWERED = "answered", _("hat selbst geantwortet")
    REFUSED = "refused", _("möchte nicht antworten")
    SETTLED = "settled", _("von der Beratung gefragt")
    STOPPED = "stopped", _("wird nicht gefragt")


OPEN = (State.ASKED, State.TO_CALL)  # an answer is still taken
SAID = (State.ANSWERED, State.REFUSED)  # by the person


class Way(TextChoices):
    """How somebody is asked."""

    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-Mail")
    PAGE = "page", _("eigene Seite")
    LETTER = "letter", _("Brief")
    CALL = "call", _("Anruf")


BY_MESSAGE = (Way.SMS, Way.EMAIL, Way.LETTER)  # with a link


class Stop(TextChoices):
    """Why somebody is not asked, or not any more."""

    OBJECTED = "objected", _("Die Einwilligung ist widerrufen.")
    NOT_WANTED = "not_wanted", _("Nach dem Ende des Falls soll niemand nachfragen.")
    SAID_NO = "said_no", _("Die Person möchte nicht gefragt werden.")
    DIED = "died", _("Die Person ist verstorben.")
    RESTRICTED = "restricted", _("Die Daten sind eingeschränkt.")
    GONE = "gone", _("Den Fall gibt es nicht mehr.")
