"""Vocabulary of the way to work. Reports count these codes."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationState(TextChoices):
    """What became of an application."""

    SENT = "sent", _("abgeschickt")
    INTERVIEW = "interview", _("Gespräch")
    OFFER = "offer", _("Zusage")
    REFUSED = "refused", _("Absage")
    PLACED = "placed", _("angetreten")


class Field(IntegerChoices):
    """Berufsbereiche of the Klassifikation der Berufe 2010 (Bundesagentur für Arbeit), by their digit."""

    FARMING = 1, _("Landwirtschaft, Tiere, Garten")
    PRODUCTION = 2, _("Rohstoffe, Produktion, Fertigung")
    BUILDING = 3, _("Bau, Vermessung, Gebäudetechnik")
    SCIENCE = 4, _("Naturwissenschaft, Informatik")
    LOGISTICS = 5, _("Verkehr, Lager, Schutz, Reinigung")
    TRADE = 6, _("Handel, Verkauf, Hotel, Gastronomie")
    OFFICE = 7, _("Büro, Buchhaltung, Recht, Verwaltung")
    CARE = 8, _("Gesundheit, Soziales, Erziehung")
    CULTURE = 9, _("Sprache, Medien, Kunst, Gestaltung")
    MILITARY = 0, _("Militär")


class WorkKind(TextChoices):
    """What began: work of some kind, or training."""

    REGULAR = "regular", _("Arbeit mit Sozialversicherung")
    SUBSIDISED = "subsidised", _("geförderte Arbeit (§ 16e, § 16i SGB II)")
    MINIJOB = "minijob", _("Minijob")
    SELF_EMPLOYED = "self_employed", _("selbstständig")
    APPRENTICESHIP = "apprenticeship", _("Ausbildung")
    TRAINING = "training", _("Weiterbildung oder Umschulung")
    INTERNSHIP = "internship", _("Praktikum oder Probearbeit")


class Kept(TextChoices):
    """Whether somebody was still there after some months."""

    YES = "yes", _("ja, noch da")
    CHANGED = "changed", _("nein, aber in anderer Arbeit")
    NO = "no", _("nein")
    UNKNOWN = "unknown", _("nicht erreicht")


class EndReason(TextChoices):
    """Why work or training ended."""

    TERM = "term", _("war befristet")
    EMPLOYER = "employer", _("Kündigung durch den Betrieb")
    OWN = "own", _("selbst gekündigt oder abgebrochen")
    BETTER = "better", _("Wechsel in andere Arbeit")
    HEALTH = "health", _("Gesundheit")
    CARE = "care", _("Kinder oder Pflege")
    DONE = "done", _("abgeschlossen")
    OTHER = "other", _("anderer Grund")


class Counts(TextChoices):
    """What a placement counts as at the European Social Fund; `CHECK` is for a person to decide."""

    EMPLOYMENT = "employment", _("Arbeit (EECR04)")
    EDUCATION = "education", _("Bildung oder Ausbildung (EECR02)")
    CHECK = "check", _("zu prüfen")
    NONE = "none", _("zählt nicht")


class Stage(IntegerChoices):
    """How far the path has come."""

    PROFILE = 1, _("Profil")
    GOAL = 2, _("Ziel")
    APPLYING = 3, _("Bewerbung")
    INTERVIEW = 4, _("Gespräch")
    PLACED = 5, _("Arbeit oder Ausbildung")
    THREE_MONTHS = 6, _("3 Monate dabei")
    SIX_MONTHS = 7, _("6 Monate dabei")
