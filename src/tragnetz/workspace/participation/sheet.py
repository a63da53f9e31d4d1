"""The information sheet on paper: German, and the person's language beside it."""

import uuid

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.core.downloads import file_answer
from tragnetz.core.texts import choose
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.pdf import RIGHT_TO_LEFT, render_pdf
from tragnetz.reporting.participation.queries import rows_of
from tragnetz.reporting.participation.sheet import sheet_languages, sheet_of
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_safe
def sheet(request: NetworkRequest, case_id: uuid.UUID, participation_id: uuid.UUID) -> HttpResponse:
    """Print what a participant must be told. It names nobody."""
    view = case_of(request, case_id)
    row = rows_of(view.case).select_related("programme", "organisation").filter(pk=participation_id).first()
    if row is None:
        raise Http404
    record(request.actor, "participation:print", view.case, programme=row.programme.key)
    language = view.case.contact.language if view.case.contact else "de"
    sheets = [sheet_of(row.programme, row.organisation, one) for one in sheet_languages(language)]
    data = {
        "title": sheets[0]["title"], "network": choose(request.network.name, "de").text,
        "sheets": [one | {"rtl": one["language"] in RIGHT_TO_LEFT} for one in sheets],
    }  # fmt: skip
    return file_answer(render_pdf("participation", data, language="de"), "merkblatt.pdf")
