"""Vocabulary of CV and letter of application."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryKind(TextChoices):
    """What somebody did in a stretch of their life."""

    JOB = "job", _("Arbeit")
    MINIJOB = "minijob", _("Minijob oder Aushilfe")
    SELF_EMPLOYED = "self_employed", _("selbstständig")
    INTERNSHIP = "internship", _("Praktikum")
    TRAINING = "training", _("Ausbildung")
    STUDY = "study", _("Studium")
    COURSE = "course", _("Kurs oder Weiterbildung")
    SCHOOL = "school", _("Schule")
    FAMILY = "family", _("Familienzeit")
    CARE = "care", _("Pflege von Angehörigen")
    VOLUNTARY = "voluntary", _("Ehrenamt")
    SEEKING = "seeking", _("Arbeitssuche")
    OTHER = "other", _("anderes")


class Recognition(TextChoices):
    """Whether a degree of another country is recognised in Germany."""

    FULL = "full", _("in Deutschland anerkannt")
    PARTIAL = "partial", _("in Deutschland teilweise anerkannt")
    APPLIED = "applied", _("Anerkennung beantragt")
    ASSESSED = "assessed", _("Zeugnisbewertung liegt vor")
    OPEN = "open", _("noch nicht anerkannt")


class SkillKind(TextChoices):
    """A sort of thing that somebody can do."""

    STRENGTH = "strength", _("Stärken")
    LANGUAGE = "language", _("Sprachen")
    IT = "it", _("Computer und Programme")
    LICENCE = "licence", _("Führerschein und Scheine")
    INTEREST = "interest", _("Interessen")


class Level(TextChoices):
    """How well: a language by the Common European Framework, programs in plain words."""

    NATIVE = "native", _("Muttersprache")
    C2 = "c2", _("C2 (fast wie Muttersprache)")
    C1 = "c1", _("C1 (sehr gut)")
    B2 = "b2", _("B2 (gut)")
    B1 = "b1", _("B1 (im Alltag sicher)")
    A2 = "a2", _("A2 (einfache Gespräche)")
    A1 = "a1", _("A1 (erste Worte)")
    EXPERT = "expert", _("sehr gut")
    GOOD = "good", _("gut")
    BASIC = "basic", _("Grundkenntnisse")


class Design(TextChoices):
    """How a CV looks."""

    CLASSIC = "classic", _("klassisch")
    MODERN = "modern", _("modern")
    COMPACT = "compact", _("kompakt")
    SIMPLE = "simple", _("schlicht")


class Colour(TextChoices):
    """The one colour of a CV."""

    PETROL = "petrol", _("Petrol")
    BLUE = "blue", _("Blau")
    WINE = "wine", _("Weinrot")
    GRAPHITE = "graphite", _("Grau")


class Title(TextChoices):
    """How a contact person is addressed."""

    MS = "ms", _("Frau")
    MR = "mr", _("Herr")
    NEUTRAL = "neutral", _("ohne Anrede, mit Vor- und Nachname")


class Source(TextChoices):
    """Where a job was found."""

    WEBSITE = "website", _("auf der Internetseite des Betriebs")
    AGENCY = "agency", _("Jobsuche der Agentur für Arbeit")
    PORTAL = "portal", _("anderes Stellenportal im Internet")
    NEWSPAPER = "newspaper", _("Zeitung")
    NOTICE = "notice", _("Aushang")
    JOBCENTER = "jobcenter", _("Vorschlag vom Jobcenter")
    PEOPLE = "people", _("von Bekannten gehört")
    PHONE = "phone", _("am Telefon besprochen")
    NONE = "none", _("keine Anzeige: Sie fragen von sich aus")


class Situation(TextChoices):
    """From where in life somebody applies: it decides on the wording."""

    WORKING = "working", _("mit Erfahrung im Beruf")
    UNEMPLOYED = "unemployed", _("nach einer Zeit ohne Arbeit")
    FAMILY = "family", _("nach der Familienzeit")
    CARE = "care", _("nach der Pflege von Angehörigen")
    PAUSE = "pause", _("nach einer Auszeit, ohne Grund zu nennen")
    CHANGE = "change", _("Wechsel in einen anderen Beruf")
    HELPER = "helper", _("Helfertätigkeit, auch ohne Ausbildung")
    LEARNING = "learning", _("Deutsch wird noch gelernt, ohne Zertifikat")
    FOREIGN = "foreign", _("Abschluss aus einem anderen Land")
    APPRENTICE = "apprentice", _("Ausbildungsplatz")
    INTERNSHIP = "internship", _("Praktikum")


class Tone(TextChoices):
    """Two ways to say the same."""

    PLAIN = "plain", _("sachlich und kurz")
    WARM = "warm", _("persönlich")


class Hours(TextChoices):
    """How much somebody wants to work."""

    FULL = "full", _("Vollzeit")
    PART = "part", _("Teilzeit")
    MORNING = "morning", _("Teilzeit, vormittags")
    MINI = "mini", _("Minijob")
    OPEN = "open", _("Vollzeit oder Teilzeit, beides geht")
