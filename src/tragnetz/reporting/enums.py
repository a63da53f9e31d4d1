"""Vocabulary of reporting."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Moment(TextChoices):
    """Of which day answers tell: what is asked at entry is never asked again later."""

    ENTRY = "entry", _("beim Eintritt")
    EXIT = "exit", _("beim Austritt, bis vier Wochen danach")
    SIX_MONTHS = "six_months", _("sechs Monate nach dem Austritt")


class Source(TextChoices):
    """Who gave the answers of a moment."""

    STAFF = "staff", _("von der Beratung eingetragen")
    LINK = "link", _("selbst beantwortet, über den Link")
    PAGE = "page", _("selbst beantwortet, auf der eigenen Seite")


OWN_ANSWER = (Source.LINK, Source.PAGE)


class Correction(TextChoices):
    """Why the counselling changed what somebody had answered themselves."""

    SLIP = "slip", _("Die Person hat sich verklickt.")
    MISREAD = "misread", _("Die Person hat die Frage anders verstanden.")
    PROOF = "proof", _("Es liegt ein Nachweis vor.")
    CHANGED = "changed", _("Die Person hat es später anders gesagt.")


class Leaving(TextChoices):
    """How somebody left a project."""

    REGULAR = "regular", _("wie geplant beendet")
    EARLY_JOB = "early_job", _("früher beendet: Arbeit oder Ausbildung")
    EARLY_WISH = "early_wish", _("früher beendet: eigener Wunsch")
    EARLY_SILENT = "early_silent", _("früher beendet: Kontakt abgerissen")
    EARLY_MOVED = "early_moved", _("früher beendet: weggezogen")
    EARLY_OTHER = "early_other", _("früher beendet: anderer Grund")
    PROJECT_END = "project_end", _("das Projekt ist zu Ende")


class Check(TextChoices):
    """What is looked for in the records of a project (P1 to P17 of the funder's questionnaire, in plain words)."""

    TERM = "P1", _("Eintritt oder Austritt liegt nicht in der Zeit des Projekts")
    WORK = "P2", _("Es ist nicht klar, ob arbeitslos, beschäftigt oder nicht erwerbstätig")
    MONTHS = "P3", _("Monate der Arbeitslosigkeit bei jemandem, der nicht arbeitslos gemeldet ist")
    AGE = "P4", _("Das Alter beim Eintritt passt nicht zum Geburtsjahr im Fall")
    EDUCATION = "P5", _("Der Bildungsstand passt nicht zu Schul- und Berufsabschluss")
    YOUNG_DEGREE = "P6", _("Hochschule oder Meister mit unter 18 Jahren")
    JOB_SEARCH = "P7", _("Ergebnis, das es nach den Angaben beim Eintritt nicht geben kann: Suche oder Ausbildung")
    JOB = "P8", _("Ergebnis „beschäftigt“ bei jemandem, der beim Eintritt schon Arbeit hatte")
    BETTER_JOB = "P9", _("Ergebnis „bessere Lage im Beruf“ bei jemandem, der beim Eintritt keine Arbeit hatte")
    LATE_RESULT = "P10", _("Das Ergebnis wurde nicht rechtzeitig nach dem Austritt eingetragen")
    RESULT_DUE = "P11", _("Die Angaben zum Austritt fehlen noch")
    TWICE = "P12", _("Vermutlich dieselbe Person noch einmal in diesem Projekt")
    BACKGROUND = "P13", _("Staatsangehörigkeit außerhalb der EU, aber keine ausländische Herkunft")
    ENTRY_DUE = "P14", _("Die Angaben zum Eintritt fehlen noch")
    SILENT = "P15", _("Lange kein Kontakt: Ist die Teilnahme zu Ende?")
    SUMS = "P16", _("Die Summen des Projekts gehen nicht auf")
    GENDER = "P17", _("Ohne Geschlecht zählt die Person nicht")
