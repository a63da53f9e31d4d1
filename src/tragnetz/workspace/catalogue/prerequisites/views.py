"""Edit the prerequisites of a service."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.core.errors import TragnetzError
from tragnetz.core.forms import whole_number
from tragnetz.core.texts import SOURCE_LANGUAGE
from tragnetz.directory.access import can_edit
from tragnetz.directory.editing import revise, service_to_edit
from tragnetz.directory.history import version_of
from tragnetz.directory.models import Service
from tragnetz.directory.office_rules import consequences_of_rule
from tragnetz.directory.responsibility import all_offices
from tragnetz.eligibility.editing import Edited, normalised, opened, to_data, unflatten
from tragnetz.eligibility.rules import parse_rule
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.catalogue.prerequisites.forms import edited, editor
from tragnetz.workspace.entry import staff


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def prerequisites(request: NetworkRequest, service_id: uuid.UUID) -> HttpResponse:
    """Show the rule of a service as rows; each send does one thing to them; `save` keeps the rule."""
    service = service_to_edit(request.actor, service_id)
    if service is None:
        raise Http404
    if request.method != "POST":
        stored = parse_rule(service.prerequisites) if service.prerequisites else None
        return _page(request, service, Edited(opened(stored), -1), version_of(service))
    now = edited(request.POST)
    seen = whole_number(request.POST.get("version", "")) or 0
    draft = unflatten(now.rows)
    if "save" not in request.POST or draft.faults:
        return _page(request, service, now, seen)
    rule = normalised(draft.rule)
    changes = {"prerequisites": to_data(rule) if rule else None}
    try:
        revise(actor=request.actor, service=service, changes=changes, expected=seen)
    except TragnetzError as error:
        return _page(request, service, now, version_of(service), refused=str(error))
    messages.success(request, _("Die Voraussetzungen sind gespeichert."))
    return redirect("workspace:prerequisites", service.pk)


def _page(request: NetworkRequest, service: Service, now: Edited, version: int, *, refused: str = "") -> HttpResponse:
    fields = editor(now, strict="save" in request.POST or "strict" in request.POST, saving="save" in request.POST)
    found = normalised(unflatten(now.rows).rule)
    consequences = consequences_of_rule(service, to_data(found) if found else None, all_offices(), SOURCE_LANGUAGE)
    context = {
        "service": service, "version": version, "refused": refused, "consequences": consequences or None, **fields,
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if refused else (422 if fields["faulty"] else 200)
    return render(request, "workspace/catalogue/prerequisites.html", context, status=status)
