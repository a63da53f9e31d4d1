"""Pages of the net around a household."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.networkmap import commands
from tragnetz.casework.networkmap.queries import net_view, tie_of
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.networkmap.forms import TieForm, tie_initial


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def net(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show who is around a household, as a map and a list, and add somebody."""
    view = net_view(request.actor, case_id)
    if view is None:
        raise Http404
    form = TieForm(request.POST or None, initial={"key": uuid.uuid4().hex})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            commands.add_tie(actor=request.actor, case=view.case, details=form.details(), request_key=key)
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Steht auf der Karte."))
            return redirect("workspace:net", case_id)
    context = {"view": view, "tab": "net", "form": form}
    return render(request, "workspace/networkmap/net.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: NetworkRequest, tie_id: uuid.UUID) -> HttpResponse:
    """Change what is written of somebody, or delete it."""
    found = tie_of(request.actor, tie_id)
    if found is None:
        raise Http404
    form = TieForm(request.POST or None, initial=tie_initial(found))
    if "do_remove" in request.POST:
        commands.remove_tie(actor=request.actor, tie=found)
        messages.success(request, _("Von der Karte genommen."))
        return redirect("workspace:net", found.case_id)
    if request.method == "POST" and form.is_valid():
        commands.change_tie(actor=request.actor, tie=found, details=form.details())
        messages.success(request, _("Die Karte ist geändert."))
        return redirect("workspace:net", found.case_id)
    if request.method != "POST":
        record(request.actor, "net:read", found.case)
    context = {"form": form, "tie": found}
    return render(request, "workspace/networkmap/tie.html", context, status=422 if form.errors else 200)
