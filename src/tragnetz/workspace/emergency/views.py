"""Open a colleague's case in an emergency, and look at who did."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.emergency.access import can_see, can_take, visible_emergencies
from tragnetz.casework.emergency.commands import settle_emergency, take_emergency_access
from tragnetz.casework.emergency.queries import find_closed
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.policy import Deed, may
from tragnetz.workspace.emergency.forms import FindForm, TakeForm
from tragnetz.workspace.entry import staff

SHOWN = 100


@staff(can_take)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: NetworkRequest) -> HttpResponse:
    """Find the case by name, say why, open it for a day."""
    form = FindForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "workspace/emergency/take.html", {"form": form}, status=422 if form.errors else 200)
    cases = find_closed(request.actor, form.cleaned_data["name"])
    taking = TakeForm(request.POST if "take" in request.POST else None, cases=cases)
    context = {"form": form, "taking": taking, "cases": cases}
    if not taking.is_bound or not taking.is_valid():
        return render(request, "workspace/emergency/take.html", context, status=422 if taking.errors else 200)
    try:
        access = take_emergency_access(
            actor=request.actor, case_id=taking.case_id(), reason=taking.cleaned_data["reason"], now=now()
        )
    except TragnetzError as error:
        taking.add_error("reason", str(error))
        return render(request, "workspace/emergency/take.html", context, status=422)
    messages.success(request, _("Der Fall ist für 24 Stunden offen. Die Leitung sieht das."))
    return redirect("workspace:case", access.case_id)


@staff(can_see)
@require_safe
def listing(request: NetworkRequest) -> HttpResponse:
    """Show who opened which case in an emergency, and why."""
    rows = list(visible_emergencies(request.actor)[:SHOWN])
    record(request.actor, "emergency:list", None, rows=len(rows))
    context = {"rows": rows, "now": now(), "settles": may(request.actor, Deed.EMERGENCY_SETTLE)}
    return render(request, "workspace/emergency/listing.html", context)


@staff(lambda actor: may(actor, Deed.EMERGENCY_SETTLE))
@require_POST
def settle(request: NetworkRequest, access_id: uuid.UUID) -> HttpResponse:
    """Say that the lead has looked at it; end it if it was wrong."""
    access = visible_emergencies(request.actor).filter(pk=access_id).first()
    if access is None:
        raise Http404
    settle_emergency(actor=request.actor, access=access, now=now(), ends="end" in request.POST)
    messages.success(request, _("Gesehen."))
    return redirect("workspace:emergencies")
