"""The plan for the end of a project on paper: counts and days, no names."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.core.clock import today
from tragnetz.core.downloads import file_answer
from tragnetz.core.texts import choose
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.pdf import render_pdf
from tragnetz.privacy.retention.projects import Kept, kept_after
from tragnetz.reporting.ending.rules import marks_of
from tragnetz.reporting.ending.tables import sheets_of
from tragnetz.reporting.statistics import FEW, FIVES
from tragnetz.workspace.ending.views import can_see_plan, organisations_of, programme_of
from tragnetz.workspace.entry import staff


@staff(can_see_plan)
@require_safe
def pdf(request: NetworkRequest, key: str) -> HttpResponse:
    """Give the plan as PDF/UA. It leaves the house: numbers are in fives."""
    programme, day = programme_of(request, key), today(request.network.zone)
    organisations = organisations_of(request.actor, programme)
    marks = marks_of(programme.ends)
    record(request.actor, "ending:print", programme)
    data = {
        "title": _("Plan zum Projektende: %s") % programme.short_name, "name": programme.name,
        "network": choose(request.network.name, "de").text, "made": f"{day:%d.%m.%Y}",
        "of": ", ".join(row.name for row in organisations),
        "days": [
            [_("90 Tage vorher: Plan für jeden Fall"), f"{marks.early:%d.%m.%Y}"],
            [_("30 Tage vorher: alles entschieden"), f"{marks.late:%d.%m.%Y}"],
            [_("Letzter Tag"), f"{marks.last:%d.%m.%Y}"],
        ],
        "sheets": [
            {"title": one.title, "columns": one.names, "rows": [[name, *cells] for name, cells in one.turned]}
            for one in sheets_of(programme, organisations, day, FIVES)
        ],
        "kept": [_kept(one) for one in kept_after(programme, organisations)],
    }  # fmt: skip
    content = render_pdf("project_end", data, language="de")
    return file_answer(content, f"projektende-{programme.key}.pdf")


def _kept(one: Kept) -> list[str]:
    label = str(one.label)
    if one.asked:
        label += " " + _("(Die Förderung verlangt %s Monate. Bitte die Frist anheben; zu prüfen.)") % one.asked
    # How many cases are to end stands in the table above, where it may; a second number could give it away.
    number = FIVES.one(one.number) if one.key == "funder" else None
    words = FEW if number is None else str(number)
    return [one.organisation.short_name, label, words, f"{one.until:%d.%m.%Y}", f"{one.due_on:%d.%m.%Y}"]
