"""What other organisations released to ours: the list, a case as far as it is open, the same as file and print."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.released import ReleasedView, released_list, released_view
from tragnetz.consent.access import can_read_released, can_see_due
from tragnetz.core.downloads import file_answer, json_answer
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.consents.paper import extract, plain
from tragnetz.workspace.entry import staff


def _view(request: NetworkRequest, case_id: uuid.UUID) -> ReleasedView:
    found = released_view(request.actor, case_id)
    if found is None:
        raise Http404
    return found


@staff(can_read_released)
@require_safe
def released(request: NetworkRequest) -> HttpResponse:
    """List the cases of others of which something is released to us now."""
    return render(
        request,
        "workspace/consents/released_list.html",
        {"views": released_list(request.actor), "leads": can_see_due(request.actor)},
    )


def released_page(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a foreign case as far as it is released now; without a release it does not exist."""
    response = render(request, "workspace/consents/released.html", {"view": _view(request, case_id)})
    response.headers["Cache-Control"] = "no-store"  # also what a browser keeps would outlive a withdrawal
    return response


@staff(can_read_released)
@require_safe
def released_pdf(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Print what is released now."""
    view = _view(request, case_id)
    record(request.actor, "released:print", view.case, groups=len(view.sections))
    return file_answer(extract(view, request.network), "auszug.pdf")


@staff(can_read_released)
@require_safe
def released_json(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Give what is released now as a file for another program."""
    view = _view(request, case_id)
    record(request.actor, "released:export", view.case, groups=len(view.sections))
    return json_answer(plain(view), "auszug.json")
