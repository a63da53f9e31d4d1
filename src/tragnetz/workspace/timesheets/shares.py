"""What projects pay of whose position."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.reporting.timesheets.access import can_plan_shares, visible_members
from tragnetz.reporting.timesheets.models import ProjectShare
from tragnetz.reporting.timesheets.queries import team_shares
from tragnetz.reporting.timesheets.sharing import agree_share, end_share
from tragnetz.workspace.entry import staff
from tragnetz.workspace.timesheets.forms import ShareForm


@staff(can_plan_shares)
@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: NetworkRequest) -> HttpResponse:
    """Show the shares of the team, and agree on another one."""
    form = ShareForm(request.POST or None, actor=request.actor, initial={"weekly": "39:00"})
    if request.method == "POST" and form.is_valid():
        try:
            agree_share(actor=request.actor, membership=form.cleaned_data["member"], details=form.details())
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Der Anteil ist eingetragen."))
            return redirect("workspace:project_shares")
    context = {"form": form, "team": team_shares(request.actor, today(request.network.zone))}
    return render(request, "workspace/timesheets/shares.html", context, status=422 if form.errors else 200)


@staff(can_plan_shares)
@require_POST
def end(request: NetworkRequest, share_id: uuid.UUID) -> HttpResponse:
    """End a share after a day."""
    rows = ProjectShare.objects.filter(membership__in=visible_members(request.actor))
    share = get_object_or_404(rows.select_related("membership", "programme"), pk=share_id)
    try:
        day = parse_date(request.POST.get("ends", ""))
    except ValueError:  # 31 February
        day = None
    if day is None:
        messages.error(request, _("Bitte ein Datum, zum Beispiel 31.12.2026."))
        return redirect("workspace:project_shares")
    try:
        end_share(actor=request.actor, share=share, ends=day)
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Der Anteil endet an diesem Tag."))
    return redirect("workspace:project_shares")
