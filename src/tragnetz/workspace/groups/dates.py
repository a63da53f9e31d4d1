"""Pages of a group's dates: make a series, move one, call one off."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.groups import planning
from tragnetz.appointments.groups.access import can_change, can_plan_groups
from tragnetz.appointments.groups.queries import closed_days, is_off
from tragnetz.appointments.groups.rules import Series, series
from tragnetz.appointments.models import Group, Session
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.groups.forms import DateForm, SeriesForm, date_initial
from tragnetz.workspace.groups.views import own_group


def own_session(request: NetworkRequest, session_id: uuid.UUID) -> Session:
    """Return a date of a group that the actor plans; any other does not exist."""
    rows = Session.objects.select_related("group__organisation", "group__network", "booking", "site", "leader__user")
    found = rows.filter(pk=session_id).first()
    if found is None or not can_change(request.actor, found.group):
        raise Http404
    return found


@staff(can_plan_groups)
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: NetworkRequest, group_id: uuid.UUID) -> HttpResponse:
    """Show what a series would be, with the days it leaves out; then make it."""
    group = own_group(request, group_id)
    initial = {"leader": str(request.actor.membership_id), "count": 1, "every": 1}
    form = SeriesForm(request.POST or None, initial=initial, group=group, zone=request.network.zone)
    planned: Series | None = None
    if request.method == "POST" and form.is_valid():
        planned = _planned(request, group, form)
        if "make" in request.POST and planned.spans:
            try:
                made = planning.add_dates(
                    actor=request.actor, group=group, spans=planned.spans, meeting=form.meeting(), now=now()
                )
            except TragnetzError as error:
                form.add_error(None, str(error))
            else:
                words = ngettext("%s Termin ist angelegt.", "%s Termine sind angelegt.", len(made))
                messages.success(request, words % len(made))
                return redirect("workspace:group", group_id)
    context: dict[str, Any] = {"group": group, "form": form}
    if planned is not None:
        zone = request.network.zone
        context["planned"] = [(one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in planned.spans]
        context["left_out"] = planned.left_out
    return render(request, "workspace/groups/dates.html", context, status=422 if form.errors else 200)


def _planned(request: NetworkRequest, group: Group, form: SeriesForm) -> Series:
    data = form.cleaned_data
    return series(
        data["day"], data["starts"], data["ends"], zone=request.network.zone, count=data["count"],
        every=data["every"], is_closed=closed_days(request.network, group, form.meeting().site_id),
    )  # fmt: skip


@staff(can_plan_groups)
@require_http_methods(["GET", "HEAD", "POST"])
def date(request: NetworkRequest, session_id: uuid.UUID) -> HttpResponse:
    """Move a date or call it off."""
    session = own_session(request, session_id)
    zone = request.network.zone
    form = DateForm(
        request.POST if "move" in request.POST else None, initial=date_initial(session, zone), group=session.group,
        zone=zone,
    )  # fmt: skip
    try:
        if "cancel" in request.POST:
            planning.cancel_date(actor=request.actor, session=session, now=now())
            messages.success(request, _("Der Termin ist abgesagt. Alle, die es erlaubt haben, hören davon."))
            return redirect("workspace:group", session.group_id)
        if "move" in request.POST and form.is_valid():
            planning.move_date(
                actor=request.actor, session=session, span=form.span(), meeting=form.meeting(), now=now()
            )
            messages.success(request, _("Der Termin ist geändert. Eine neue Zeit hören alle, die es erlaubt haben."))
            return redirect("workspace:group", session.group_id)
    except TragnetzError as error:
        if form.is_bound:
            form.add_error(None, str(error))
        else:
            messages.error(request, str(error))
            return redirect("workspace:group", session.group_id)
    context = {
        "group": session.group,
        "session": session,
        "starts": session.starts_at.astimezone(zone),
        "form": form,
        "fixed": is_off(session) or session.starts_at <= now(),
    }
    return render(request, "workspace/groups/date.html", context, status=422 if form.errors else 200)
