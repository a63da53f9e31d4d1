"""Participations in the line of a case."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.casework.models import Case
from tragnetz.casework.timeline.queries import Span
from tragnetz.casework.timeline.rules import Entry
from tragnetz.reporting.models import Participation


def participation_entries(case: Case, span: Span) -> Iterator[Entry]:
    """Yield when somebody entered a project, and when and how they left it."""
    inside = (span.first, span.last)
    within = Q(entered_on__range=inside) | Q(left_on__range=inside)
    for row in Participation.objects.filter(within, case=case).select_related("programme", "person", "author__user"):
        words = {"name": row.person.name if row.person else row.pseudonym, "project": row.programme.short_name}
        if span.first <= row.entered_on <= span.last:
            title = _("%(name)s nimmt am Projekt %(project)s teil") % words
            yield Entry(row.entered_on, "project", title, row.pk, None, str(row.author.user))
        if row.left_on is not None and span.first <= row.left_on <= span.last:
            title = _("%(name)s: Projekt %(project)s %(how)s") % {**words, "how": row.get_leaving_display()}
            yield Entry(row.left_on, "project", title, row.pk)
