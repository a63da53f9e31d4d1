"""What will change: the list of one's cases; of one case, with what is asked for it, and what is done about it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.benefits.household import Household, HouseholdError
from tragnetz.casework.access import can_counsel
from tragnetz.casework.caseload.access import can_see_caseload
from tragnetz.casework.models import Case
from tragnetz.casework.outlook.commands import ask_to_call, drop_outlook, keep_outlook, mark_seen, settle
from tragnetz.casework.outlook.queries import SOON_MONTHS, case_entries, coming, entry_of, invitation
from tragnetz.casework.queries import only_own
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.queries import told_phone
from tragnetz.screening.outlook.commands import dates_in, household_of, last_record
from tragnetz.screening.outlook.enums import DismissReason, ForeseenState
from tragnetz.screening.outlook.queries import allows_health, outlook_of, who_must_consent
from tragnetz.screening.outlook.rules import MONTHS_AHEAD, Dates
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.outlook.forms import OutlookForm


@staff(can_counsel)
@require_safe
def listing(request: NetworkRequest) -> HttpResponse:
    """List what changes soon for the households of one's cases; `weit` shows twelve months, `team` all cases."""
    leads = can_see_caseload(request.actor)
    far, team = "weit" in request.GET, "team" in request.GET and leads
    months, own = MONTHS_AHEAD if far else SOON_MONTHS, only_own(request.actor, team=team)
    context = {
        "found": coming(request.actor, today(request.network.zone), own=own, months=months),
        "far": far, "team": team, "leads": leads, "reasons": DismissReason.choices,
    }  # fmt: skip
    return render(request, "workspace/outlook/list.html", context)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show what is foreseen for a case; keep what is asked for it."""
    view, day = case_of(request, case_id), today(request.network.zone)
    household, form = view.case.household, _form(request, view.case)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            keep_outlook(actor=request.actor, case=view.case, dates=form.dates(), now=now())
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Gespeichert. In der nächsten Nacht wird gerechnet."))
            return redirect("workspace:outlook", case_id)
    entries = case_entries(view.case, day)
    context = {
        "view": view, "tab": "outlook", "form": form, "outlook": outlook_of(household, day),
        "missing": who_must_consent(household, day), "health": allows_health(household, day),
        "entries": [one for one in entries if one.is_open], "settled": [one for one in entries if not one.is_open],
        "case": view.case, "invitation": invitation(view.case, told_phone()), "reasons": DismissReason.choices,
    }  # fmt: skip
    answer = render(request, "workspace/outlook/case.html", context, status=422 if form and form.errors else 200)
    mark_seen(case=view.case, now=now())
    return answer


def _form(request: NetworkRequest, case: Case) -> OutlookForm | None:
    """Return the form for the last kept check; nothing where none was kept that can still be read."""
    checked, day = last_record(case.household), today(request.network.zone)
    if checked is None:
        return None
    try:
        household: Household = household_of(checked)
        outlook = outlook_of(case.household, day)
        dates = dates_in(outlook, household) if outlook is not None else Dates()
    except (HouseholdError, KeyError):
        return None
    return OutlookForm(request.POST if request.method == "POST" else None, household=household, today=day, dates=dates)


@staff(can_counsel)
@require_POST
def drop(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Delete what is kept for the nightly look."""
    view = case_of(request, case_id)
    try:
        drop_outlook(actor=request.actor, case=view.case)
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Gelöscht. Es wird nicht mehr vorausgerechnet."))
    return redirect("workspace:outlook", case_id)


@staff(can_counsel)
@require_POST
def entry(request: NetworkRequest, case_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Settle something foreseen or open it again (`state`), or ask the person to call (`call`)."""
    view = case_of(request, case_id)
    row = entry_of(view.case, entry_id, today(request.network.zone))
    if row is None:
        raise Http404
    try:
        if "call" in request.POST:
            message = ask_to_call(actor=request.actor, case=view.case, row=row, now=now())
            done = _("Die Nachricht geht hinaus: %s.") % message.get_channel_display()
        else:
            settle(
                actor=request.actor, case=view.case, row=row, state=request.POST.get("state", ""),
                reason=request.POST.get("reason", ""), now=now(),
            )  # fmt: skip
            opened = request.POST.get("state") == ForeseenState.SEEN
            done = _("Der Hinweis ist wieder offen.") if opened else _("Erledigt.")
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("workspace:outlooks") if "list" in request.POST else redirect("workspace:outlook", case_id)
