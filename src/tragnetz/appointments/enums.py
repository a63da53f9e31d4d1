"""Vocabulary of appointments."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

# With whom somebody wants to talk, as forms ask it; the values are those of `Membership.gender`.
GENDERS = [("", _("egal")), ("f", _("mit einer Frau")), ("m", _("mit einem Mann"))]


class Kind(TextChoices):
    """How one meets."""

    PHONE = "phone", _("am Telefon")
    ON_SITE = "on_site", _("vor Ort")
    HOME = "home", _("bei Ihnen zu Hause")
    VIDEO = "video", _("per Video")


class Purpose(TextChoices):
    """Whether somebody comes for the first time: that takes longer."""

    FIRST = "first", _("Erstgespräch")
    FOLLOW = "follow", _("Folgegespräch")


class Audience(IntegerChoices):
    """For whom a time is kept. Each sees what is kept for those before it, too."""

    PUBLIC = 1, _("alle")
    DESK = 2, _("Telefon")
    INTERNAL = 3, _("Beratung selbst")


class Via(TextChoices):
    """By which way a booking was made."""

    PUBLIC = "public", _("online")
    DESK = "desk", _("am Telefon vereinbart")
    COUNSELLOR = "counsellor", _("von der Beratung")
    WAITING = "waiting", _("von der Warteliste")
    PROPOSAL = "proposal", _("Ersatz für einen ausgefallenen Termin")
    GROUP = "group", _("Gruppe")
    IMPORT = "import", _("übernommen")


class BookingState(TextChoices):
    """What became of a booking. Held: kept for somebody until `held_until`, not yet agreed."""

    HELD = "held", _("vorgemerkt")
    BOOKED = "booked", _("vereinbart")
    ATTENDED = "attended", _("hat stattgefunden")
    MISSED = "missed", _("nicht gekommen")
    CANCELLED = "cancelled", _("abgesagt")


class CancelledBy(TextChoices):
    """Who called a booking off: what we cancel is no no-show of the person."""

    PERSON = "person", _("von der Person")
    NETWORK = "network", _("von uns")
    EXPIRED = "expired", _("nicht rechtzeitig bestätigt")


class AbsenceKind(TextChoices):
    """Why somebody is not there; illness is none of our business, so it is `away`."""

    AWAY = "away", _("nicht da")
    VACATION = "vacation", _("Urlaub")
    TRAINING = "training", _("Fortbildung")
    MEETING = "meeting", _("Besprechung")


class CallbackState(TextChoices):
    """What became of a promise to call back."""

    OPEN = "open", _("offen")
    DONE = "done", _("erledigt")
    NOT_REACHED = "not_reached", _("nicht erreicht")
    SPARED = "spared", _("nicht mehr nötig")  # what it was about is settled: a time was agreed without it


class CallResult(TextChoices):
    """What came of one try to call somebody."""

    REACHED = "reached", _("erreicht")
    NO_ANSWER = "no_answer", _("niemand nahm ab")
    VOICEMAIL = "voicemail", _("Mailbox")
    WRONG = "wrong", _("Nummer stimmt nicht")


class Urgency(TextChoices):
    """How soon somebody must be helped."""

    TODAY = "today", _("heute")
    WEEK = "week", _("diese Woche")
    NORMAL = "normal", _("nicht eilig")


class WaitingState(TextChoices):
    """What became of a place on the waiting list. Offered: a freed time is held for the person."""

    WAITING = "waiting", _("wartet")
    OFFERED = "offered", _("hat ein Angebot")
    BOOKED = "booked", _("hat einen Termin")
    ENDED = "ended", _("wartet nicht mehr")


class GroupState(TextChoices):
    """Whether a group is prepared, open for people, or called off."""

    DRAFT = "draft", _("Entwurf")
    OPEN = "open", _("offen")
    CANCELLED = "cancelled", _("abgesagt")


class RegistrationState(TextChoices):
    """What became of somebody who wanted to come to a group."""

    REGISTERED = "registered", _("angemeldet")
    WAITING = "waiting", _("auf der Warteliste")
    CANCELLED = "cancelled", _("abgemeldet")


class Presence(TextChoices):
    """Whether somebody was there at one date of a group."""

    CAME = "came", _("war da")
    EXCUSED = "excused", _("entschuldigt")
    MISSED = "missed", _("war nicht da")
