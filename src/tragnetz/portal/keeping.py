"""How long each organisation keeps what it is told, in the words of the page on data protection."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragnetz.network.models import Organisation
from tragnetz.privacy.retention.queries import periods_of


def kept_by(organisation: Organisation) -> tuple[str, ...]:
    """Return a line for each class of data that residents meet: what it decided, else what the program proposes.

    A period is told as a number of months, which is how it is decided. In the language of the page.
    """
    periods = periods_of(organisation.pk)
    lines = {
        "enquiry": _("Anfragen, Termine und Rückrufe, wenn keine Begleitung daraus wird, ab dem letzten Kontakt: %s"),
        "waiting": _("Platz auf der Warteliste, ab dem Ende des Wartens: %s"),
        "case": _("Akte einer Begleitung, ab dem Ende des Jahres, in dem sie endet: %s"),
        "funder": _("Nachweis für ein gefördertes Projekt, ab dem Ende des Jahres, in dem das Projekt endet: %s"),
        "audit": _("Wer Ihre Angaben gelesen hat, ab dem Lesen: %s"),
    }
    return tuple(line % _months(periods[key].months) for key, line in lines.items())


def _months(count: int) -> str:
    return ngettext("%(count)s Monat", "%(count)s Monate", count) % {"count": count}
