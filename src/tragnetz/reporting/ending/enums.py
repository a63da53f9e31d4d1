"""Vocabulary of the end of a project."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How the help for a household goes on when its project ends."""

    STAYS = "stays", _("Die Hilfe geht bei uns weiter, ohne das Projekt")
    MOVES = "moves", _("Ein anderes Projekt übernimmt")
    HANDED = "handed", _("Eine andere Organisation übernimmt, mit Freigabe")
    CLOSES = "closes", _("Der Fall endet, wir fragen später nach")


class DecisionState(TextChoices):
    """How far a decision is."""

    DECIDED = "decided", _("entschieden")
    DONE = "done", _("umgesetzt")
    REPLACED = "replaced", _("durch eine neue Entscheidung ersetzt")


class Stage(StrEnum):
    """How near the end is."""

    EARLY = "early"  # from 90 days before
    LATE = "late"  # from 30 days before
    OVER = "over"  # from the last day on


class Promise(TextChoices):
    """What was promised to somebody and is still open."""

    BOOKING = "booking", _("Termine nach dem Ende")
    CALLBACK = "callback", _("versprochene Rückrufe")
    WAITING = "waiting", _("Plätze auf der Warteliste")
    GROUP = "group", _("Plätze in Gruppen nach dem Ende")
    STEP = "step", _("offene Schritte")
    TASK = "task", _("offene Aufgaben")
    DEADLINE = "deadline", _("offene Fristen")
    CLAIM = "claim", _("Anträge ohne Entscheidung")
    REFERRAL = "referral", _("laufende Vermittlungen")


class Obstacle(TextChoices):
    """Why a decision is not carried out yet."""

    NOT_ENTERED = "not_entered", _("Nehmen Sie zuerst jemanden in das andere Projekt auf.")
    NOT_HANDED = "not_handed", _("Die Vermittlung mit Freigabe ist noch nicht angenommen.")
    NOT_CLOSED = "not_closed", _("Beenden Sie zuerst den Fall.")
    STILL_RUNS = (
        "still_runs",
        _(
            "Die Teilnahme läuft noch. Das geht ab dem letzten Tag des Projekts, oder wenn Sie den Austritt früher "
            "eintragen."
        ),
    )
