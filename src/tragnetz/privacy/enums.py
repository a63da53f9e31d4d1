"""Vocabulary of privacy."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    """What somebody demands, by the article of the DSGVO."""

    ACCESS = "access", _("Auskunft und Kopie (Art. 15)")
    CORRECTION = "correction", _("Berichtigung (Art. 16)")
    ERASURE = "erasure", _("Löschung (Art. 17)")
    RESTRICTION = "restriction", _("Einschränkung (Art. 18)")
    PORTABILITY = "portability", _("Daten mitnehmen (Art. 20)")
    OBJECTION = "objection", _("Widerspruch (Art. 21)")


class RequestState(TextChoices):
    """How far a request is."""

    OPEN = "open", _("offen")
    ANSWERED = "answered", _("beantwortet")


class Result(TextChoices):
    """What came of a request."""

    GRANTED = "granted", _("erfüllt")
    PARTLY = "partly", _("zum Teil erfüllt")
    REFUSED = "refused", _("abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgenommen")


class Way(TextChoices):
    """How a request came."""

    VISIT = "visit", _("im Gespräch")
    PHONE = "phone", _("am Telefon")
    LETTER = "letter", _("per Brief")
    EMAIL = "email", _("per E-Mail")


class Identity(TextChoices):
    """How we know that it is this person (Art. 12 Abs. 6 DSGVO)."""

    UNKNOWN = "unknown", _("noch nicht geprüft")
    KNOWN = "known", _("persönlich bekannt")
    CODE = "code", _("mit dem Code eines Termins")
    DOCUMENT = "document", _("Ausweis gesehen, keine Kopie")


class RestrictionReason(TextChoices):
    """Why a record may only be kept (Art. 18 Abs. 1, Art. 21 DSGVO), or must be (duty towards a funder)."""

    DISPUTED = "disputed", _("Die Person sagt: Die Daten stimmen nicht")
    UNLAWFUL = "unlawful", _("Die Person will statt der Löschung eine Einschränkung")
    CLAIMS = "claims", _("Die Person braucht die Daten für einen Rechtsanspruch")
    OBJECTION = "objection", _("Die Person hat widersprochen")
    FUNDER = "funder", _("Nur noch der Nachweis für die Förderung")


class DeletionState(TextChoices):
    """How far a deletion is. A proposal waits for a second person."""

    PROPOSED = "proposed", _("wartet auf Bestätigung")
    DONE = "done", _("gelöscht")
    WITHDRAWN = "withdrawn", _("zurückgenommen")


class HoldReason(TextChoices):
    """Why something is kept although its time is over."""

    CLAIMS = "claims", _("Rechtsstreit oder Rechtsanspruch (Art. 17 Abs. 3 DSGVO)")
    REQUEST = "request", _("Ein Antrag der Person läuft noch")
    AUDIT = "audit", _("Eine Prüfung der Förderung läuft")


class Erasure(TextChoices):
    """How a kind of data is erased."""

    DELETE = "delete", _("wird gelöscht")
    BLANK = "blank", _("wird geleert, nur Zahlen für die Statistik bleiben")
    UNLINK = "unlink", _("verliert den Bezug zur Person")
    KEEP = "keep", _("nennt niemanden und wird dann gelöscht")


class Source(TextChoices):
    """Where a kind of data comes from (Art. 15 Abs. 1 g DSGVO)."""

    PERSON = "person", _("von Ihnen selbst")
    STAFF = "staff", _("von der Beratung aufgeschrieben")
    SYSTEM = "system", _("entsteht bei der Arbeit mit dem Programm")
