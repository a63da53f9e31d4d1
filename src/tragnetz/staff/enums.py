"""Words for roles, for the ends of a session, and for what is counted."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tragnetz.network.enums import Role

ROLE_NAMES = {
    Role.INTAKE: _("Telefon und Annahme"),
    Role.COUNSELLOR: _("Beratung"),
    Role.LEAD: _("Leitung"),
    Role.CATALOGUE: _("Verzeichnis"),
    Role.PROGRAMME: _("Projekt und Berichte"),
    Role.DPO: _("Datenschutz"),
    Role.ADMIN: _("Verwaltung"),
}
ROLE_TELLS = {
    Role.INTAKE: _("nimmt Anrufe an, vergibt Termine und Rückrufe"),
    Role.COUNSELLOR: _("berät Menschen und führt die eigenen Fälle"),
    Role.LEAD: _("sieht alle Fälle der Organisation und plant das Team"),
    Role.CATALOGUE: _("pflegt das Verzeichnis der Hilfen"),
    Role.PROGRAMME: _("sieht Zahlen des Projekts, keine Namen"),
    Role.DPO: _("prüft, wer was gelesen hat"),
    Role.ADMIN: _("lädt Menschen ein, vergibt Rollen, beendet Zugänge; sieht keine Fälle"),
}


class Ending(StrEnum):
    """Why somebody is signed out."""

    IDLE = "idle"
    ABSOLUTE = "absolute"
    LEFT = "left"


class Counted(StrEnum):
    """What is counted, each in buckets of its own."""

    ACCOUNT = "account"  # guesses of a password, by the address that was typed, from devices we do not know
    DEVICE = "device"  # the same from a device on which this person has signed in before
    ADDRESS = "address"  # the same by internet address
    CODE = "code"  # guesses of a second factor
    MAIL = "mail"  # mails to one address
    MAIL_ADDRESS = "mail-address"  # mails that one internet address causes
    OWN_ADDRESS = "own-address"  # wrong codes of the own page, by internet address
    OWN_ALL = "own-all"  # the same from everywhere
    OWN_UPLOAD = "own-upload"  # files that somebody sends from their own page, taken or refused
    REFERRAL_ADDRESS = "referral-address"  # codes typed at links of referrals, by internet address
    FORM = "form"  # what visitors send that is written down, by internet address; so are all below
    LINK = "link"  # what is sent from the page behind a link, and from one's own page
    WRONG_CODE = "wrong-code"  # codes of appointments, places and answers that nobody has
    COMPUTED = "computed"  # checks and printed sheets: they cost time and leave nothing
    SEARCH = "search"  # questions to the directory
    TOLD = "told"  # forms that let us write to one number or address: whoever sends them may be somebody else
    FEED = "feed"  # calendars that programs fetch
    APP_CODE = "app-code"  # one code of an app: a second use is refused
    REMARK_STAFF = "remark-staff"  # remarks of staff about the program, by account


class RemarkKind(TextChoices):
    """What a remark is about."""

    BARRIER = "barrier", _("Barriere")
    TRANSLATION = "translation", _("Übersetzung")
    REMARK = "remark", _("Rückmeldung")


class RemarkState(TextChoices):
    """What became of a remark."""

    NEW = "new", _("neu")
    ANSWERED = "answered", _("beantwortet")
    CLOSED = "closed", _("geschlossen")
