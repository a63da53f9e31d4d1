"""Vocabulary of the outbox."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a message travels."""

    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-Mail")
    LETTER = "letter", _("Brief")
    CALL = "call", _("Anruf")


BY_ITSELF = (Channel.SMS, Channel.EMAIL)  # the others are done by people


class State(TextChoices):
    """What became of a message."""

    QUEUED = "queued", _("wartet")
    SENDING = "sending", _("wird gesendet")
    SENT = "sent", _("gesendet")
    FAILED = "failed", _("nicht angekommen")
    UNCERTAIN = "uncertain", _("ungewiss")
    CANCELLED = "cancelled", _("zurückgezogen")


class Template(TextChoices):
    """What a message tells, in words for staff."""

    BOOKED = "booked", _("Bestätigung")
    MOVED = "moved", _("neuer Termin")
    REMINDER = "reminder", _("Erinnerung")
    CANCELLED = "cancelled", _("Absage")
    PROPOSAL = "proposal", _("Vorschlag für einen anderen Termin")
    WAITING_KEPT = "waiting_kept", _("Warteliste: Bestätigung")
    WAITING_OFFER = "waiting_offer", _("Warteliste: freier Termin")
    GROUP_REGISTERED = "group_registered", _("Gruppe: Anmeldung")
    GROUP_WAITING = "group_waiting", _("Gruppe: Warteliste")
    GROUP_MOVED_UP = "group_moved_up", _("Gruppe: Platz frei")
    GROUP_CANCELLED = "group_cancelled", _("Gruppe: Absage")
    GROUP_REMINDER = "group_reminder", _("Gruppe: Erinnerung")
    OWN_MESSAGE = "own_message", _("Hinweis auf eine Nachricht")
    DEADLINE = "deadline", _("Erinnerung an eine Frist")
    HELPED_ASK = "helped_ask", _("Frage, ob es geholfen hat")
    AFTER_ASK = "after_ask", _("Frage nach einem Projekt")
    AFTER_AGAIN = "after_again", _("Erinnerung an die Frage nach einem Projekt")
    REFERRAL = "referral", _("Link zu einer Vermittlung")
    OUTLOOK = "outlook", _("Bitte um einen Anruf")
    INTERPRETER_ASKED = "interpreter_asked", _("Bitte um Dolmetschen")
    INTERPRETER_OFF = "interpreter_off", _("Dolmetschen abbestellt")
    STAFF_DEADLINE = "staff_deadline", _("Hinweis auf eine Frist an die Beratung")
    CONFIRM_ENTRIES = "confirm_entries", _("Bitte um Prüfung der Einträge")


class Reason(TextChoices):
    """Why a message did not arrive, or why nobody knows. A number behind a colon is the gateway's own code."""

    TOO_LATE = "too_late", _("Es wurde zu spät. Die Nachricht ging nicht mehr hinaus.")
    NO_WAY = "no_way", _("Diese Person darf nicht angeschrieben werden.")
    REFUSED = "refused", _("Die Adresse oder Nummer wurde abgelehnt.")
    GAVE_UP = "gave_up", _("Der Versand war nicht erreichbar. Wir haben es mehrmals versucht.")
    NO_ANSWER = "no_answer", _("Niemand hat abgenommen, auch nicht beim letzten Versuch.")
    WRONG_NUMBER = "wrong_number", _("Die Nummer stimmt nicht.")
    UNANSWERED = "unanswered", _("Der Versand hat nicht geantwortet. Vielleicht ist die Nachricht angekommen.")
    BROKE = "broke", _("Beim Senden brach etwas ab. Vielleicht ist die Nachricht angekommen.")


class CallOutcome(TextChoices):
    """What came of one try to tell somebody by phone."""

    REACHED = "reached", _("erreicht und gesagt")
    VOICEMAIL = "voicemail", _("auf die Mailbox gesprochen")
    NO_ANSWER = "no_answer", _("nicht erreicht")
    WRONG_NUMBER = "wrong_number", _("Nummer stimmt nicht")
