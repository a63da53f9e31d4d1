"""Projects on the own page: that somebody takes part, since when, and what the funder gets."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.reporting.models import Participation


@dataclass(frozen=True, slots=True)
class OwnProject:
    """A project as the person reads it."""

    words: str


def shown_projects(found: Opened) -> list[OwnProject]:
    """Return the projects that the person of an own page takes or took part in, in words."""
    rows = Participation.objects.filter(person=found.access.person_id).select_related("programme")
    return [OwnProject(_words(row)) for row in rows]


def _words(row: Participation) -> str:
    first = formats.date_format(row.entered_on)
    if row.left_on is None:
        words = _("Sie nehmen am Projekt %(project)s teil, seit dem %(day)s.")
        return words % {"project": row.programme.short_name, "day": first}
    words = _("Sie haben am Projekt %(project)s teilgenommen, vom %(first)s bis zum %(last)s.")
    last = formats.date_format(row.left_on)
    return words % {"project": row.programme.short_name, "first": first, "last": last}
