"""Projects in the line of a case: who takes part, and what was decided for the time after."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.casework.models import Case
from tragnetz.casework.timeline.queries import Span
from tragnetz.casework.timeline.rules import Entry
from tragnetz.reporting.asking.timeline import asking_entries
from tragnetz.reporting.ending.enums import DecisionState
from tragnetz.reporting.ending.models import EndDecision
from tragnetz.reporting.participation.timeline import participation_entries


def project_entries(case: Case, span: Span) -> Iterator[Entry]:
    """Yield all that a case has to do with projects."""
    yield from participation_entries(case, span)
    yield from asking_entries(case, span)
    yield from ending_entries(case, span)


def ending_entries(case: Case, span: Span) -> Iterator[Entry]:
    """Yield what was decided for the time after a project, and when it was carried out."""
    inside = (span.first, span.last)
    rows = EndDecision.objects.filter(Q(decided_on__range=inside) | Q(done_on__range=inside), case=case)
    for row in rows.select_related("programme", "author__user", "done_by__user"):
        words = {"project": row.programme.short_name, "way": row.get_way_display()}
        if span.first <= row.decided_on <= span.last:
            title = _("Ende von %(project)s: %(way)s") % words
            yield Entry(row.decided_on, "project", title, row.pk, None, str(row.author.user))
        if row.state == DecisionState.DONE and row.done_on is not None and span.first <= row.done_on <= span.last:
            title = _("Ende von %(project)s umgesetzt: %(way)s") % words
            yield Entry(row.done_on, "project", title, row.pk, None, str(row.done_by.user) if row.done_by else "")
