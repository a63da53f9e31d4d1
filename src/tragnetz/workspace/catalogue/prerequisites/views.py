"""Edit the prerequisites of a service."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.directory.access import can_edit
from tragnetz.directory.commands import Known, put_service
from tragnetz.directory.models import Service
from tragnetz.directory.records import record_of
from tragnetz.directory.shapes import Service as ServiceShape
from tragnetz.eligibility.editing import Edited, normalised, opened, to_data, unflatten
from tragnetz.eligibility.rules import Rule, parse_rule
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.catalogue.prerequisites.forms import CHOICES, MOST_ROWS, edited, shown_rows
from tragnetz.workspace.catalogue.prerequisites.trial import try_rule
from tragnetz.workspace.entry import staff

UNUSABLE = 422


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def prerequisites(request: NetworkRequest, service_id: uuid.UUID) -> HttpResponse:
    """Show the rule of a service as rows; each send does one thing to them; `save` keeps the rule."""
    service = Service.objects.select_related("authority", "organisation").filter(pk=service_id).first()
    if service is None:
        raise Http404
    if request.method != "POST":
        stored = parse_rule(service.prerequisites) if service.prerequisites else None
        return _page(request, service, Edited(opened(stored), -1))
    now = edited(request.POST)
    draft = unflatten(now.rows)
    if "save" not in request.POST or draft.faults:
        return _page(request, service, now, strict="save" in request.POST)
    _keep(service, normalised(draft.rule))
    messages.success(request, _("Die Voraussetzungen sind gespeichert."))
    return redirect("workspace:prerequisites", service.pk)


def _keep(service: Service, rule: Rule | None) -> None:
    given = record_of(service).model_dump() | {"prerequisites": to_data(rule) if rule else None}
    put_service(network=service.network, given=ServiceShape.model_validate(given), known=Known())


def _page(request: NetworkRequest, service: Service, now: Edited, *, strict: bool = False) -> HttpResponse:
    draft = unflatten(now.rows)
    strict = strict or "strict" in request.POST
    rows = shown_rows(now.rows, draft.faults, focus=now.at, strict=strict)
    context = {
        "service": service,
        "rows": rows,
        "faulty": [row for row in rows if row.fault] if "save" in request.POST else [],
        "strict": strict,
        "too_long": len(rows) > MOST_ROWS,  # an import may bring such a rule: a page that cut it would lose it
        "trial": try_rule(normalised(draft.rule)),
        **CHOICES,
    }
    return render(
        request, "workspace/catalogue/prerequisites.html", context, status=UNUSABLE if context["faulty"] else 200
    )
