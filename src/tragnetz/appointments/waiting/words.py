"""What somebody wishes, in words."""

from babel.dates import get_day_names
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import Kind
from tragnetz.appointments.models import WaitingEntry
from tragnetz.core.texts import spoken_language
from tragnetz.network.languages import language_name


def wishes_in_words(entry: WaitingEntry) -> list[str]:
    """Return the wishes of somebody who waits, each in a few words; none if every time suits."""
    days = get_day_names("abbreviated", context="stand-alone", locale=spoken_language(get_language() or "de"))
    found = []
    if entry.kind:
        found.append(str(Kind(entry.kind).label))
    if entry.weekdays:
        found.append(", ".join(days[number] for number in sorted(entry.weekdays)))
    if entry.earliest is not None:
        found.append(_("ab %s Uhr") % f"{entry.earliest:%H:%M}")
    if entry.latest is not None:
        found.append(_("bis %s Uhr") % f"{entry.latest:%H:%M}")
    if entry.language != "de":
        found.append(language_name(entry.language))
    if entry.interpreter:
        found.append(_("mit Dolmetschen"))
    if entry.gender:
        found.append(_("bei einer Frau") if entry.gender == "f" else _("bei einem Mann"))
    if entry.membership is not None:
        found.append(_("bei %s") % entry.membership.user)
    return found
