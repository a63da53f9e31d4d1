"""Questions after a project in the line of a case: asked, answered by the person, or handed over to a call."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.casework.models import Case
from tragnetz.casework.timeline.queries import Span
from tragnetz.casework.timeline.rules import Entry
from tragnetz.reporting.asking.enums import SAID, State
from tragnetz.reporting.asking.models import OwnQuestion


def asking_entries(case: Case, span: Span) -> Iterator[Entry]:
    """Yield when somebody was asked after a project, and what became of it."""
    inside = (span.first, span.last)
    rows = OwnQuestion.objects.filter(Q(asked_on__range=inside) | Q(ended_on__range=inside), participation__case=case)
    for row in rows.select_related("participation__person", "participation__programme"):
        one = row.participation
        words = {
            "name": one.person.name if one.person else one.pseudonym, "project": one.programme.short_name,
            "way": row.get_way_display(), "state": row.get_state_display(), "why": row.get_stop_display(),
        }  # fmt: skip
        if row.way and span.first <= row.asked_on <= span.last:
            yield Entry(row.asked_on, "project", _("%(name)s nach %(project)s gefragt: %(way)s") % words, row.pk)
        if row.ended_on is None or not span.first <= row.ended_on <= span.last:
            continue
        if row.state == State.STOPPED:
            yield Entry(row.ended_on, "project", _("%(name)s nach %(project)s: %(state)s. %(why)s") % words, row.pk)
        elif row.state in SAID:
            title = _("%(name)s nach %(project)s: %(state)s") % words
            by = _("die Person selbst")
            yield Entry(row.ended_on, "project", title, row.pk, None, by)
            if row.wants_help:
                yield Entry(row.ended_on, "project", _("%(name)s braucht wieder Hilfe") % words, row.pk, None, by)
