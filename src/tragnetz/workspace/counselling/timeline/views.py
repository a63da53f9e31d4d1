"""The line of a case: everything that happened, year by year."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragnetz.casework.access import can_counsel
from tragnetz.casework.compartments import part_names
from tragnetz.casework.overview.queries import CaseView
from tragnetz.casework.timeline import queries
from tragnetz.casework.timeline.commands import add_event, drop_event
from tragnetz.casework.timeline.rules import FILTERS
from tragnetz.core.clock import today
from tragnetz.network.middleware import NetworkRequest
from tragnetz.referrals.timeline import referral_entries
from tragnetz.reporting.ending.timeline import project_entries
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.counselling.timeline.forms import EventForm
from tragnetz.workspace.entry import staff

# What floors above casework add to the line.
MORE = {"referral": referral_entries, "project": project_entries}


@staff(can_counsel)
@require_safe
def timeline(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a year of a case (`jahr`), all of it or one kind (`art`)."""
    return _page(request, case_of(request, case_id), None)


def _page(request: NetworkRequest, view: CaseView, form: EventForm | None, status: int = 200) -> HttpResponse:
    day = today(request.network.zone)
    years = queries.years_of(view.case, day)
    asked, wanted = request.GET.get("jahr", ""), request.GET.get("art", "")
    year = int(asked) if asked in map(str, years) else years[0]
    span = queries.Span(date(year, 1, 1), date(year, 12, 31))
    context = {
        "view": view, "tab": "timeline", "years": years, "year": year,
        "filters": [(key, name) for key, (name, _kinds) in FILTERS.items()],
        "wanted": wanted if wanted in FILTERS else "",
        "entries": queries.timeline(view.case, span, wanted, MORE),
        "events": queries.turning_points(view.case), "parts": part_names(view.case),
        "form": form or EventForm(initial={"key": uuid.uuid4().hex}, view=view, today=day),
    }  # fmt: skip
    return render(request, "workspace/counselling/timeline.html", context, status=status)


@staff(can_counsel)
@require_POST
def event(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Keep a dated event."""
    view, day = case_of(request, case_id), today(request.network.zone)
    form = EventForm(request.POST, view=view, today=day)
    if not form.is_valid():
        return _page(request, view, form, status=422)
    data = form.cleaned_data
    add_event(
        actor=request.actor, case=view.case, kind=data["kind"], happened_on=data["happened_on"], text=data["text"],
        today=day, person=form.person(), request_key=data["key"],
    )  # fmt: skip
    messages.success(request, _("Das Ereignis ist eingetragen."))
    return redirect("workspace:timeline", case_id)


@staff(can_counsel)
@require_POST
def drop(request: NetworkRequest, case_id: uuid.UUID, event_id: uuid.UUID) -> HttpResponse:
    """Take an event away that was entered by mistake."""
    view = case_of(request, case_id)
    found = view.case.events.select_related("case").filter(pk=event_id).first()
    if found is None:
        raise Http404
    drop_event(actor=request.actor, event=found)
    messages.success(request, _("Das Ereignis ist gelöscht."))
    return redirect("workspace:timeline", case_id)
