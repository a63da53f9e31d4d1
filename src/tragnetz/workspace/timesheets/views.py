"""One's own month: draft, mend, sign, correct."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Programme
from tragnetz.reporting.timesheets.access import can_approve, can_keep, can_plan_shares, can_see_hours, keeps_sheets
from tragnetz.reporting.timesheets.commands import (
    MUTABLE,
    add_line,
    approve,
    begin_sheet,
    change_line,
    correct,
    draft_again,
    give_back,
    sign,
)
from tragnetz.reporting.timesheets.models import TimeSheet
from tragnetz.reporting.timesheets.queries import (
    handed_in,
    months_due,
    own_sheets,
    project_hours,
    sheet_of,
    sheet_view,
)
from tragnetz.reporting.timesheets.rules import minutes_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.timesheets.forms import NO_TIME, LineForm, ReasonForm


@staff(lambda actor: can_keep(actor) or can_see_hours(actor))
@require_safe
def sheets(request: NetworkRequest) -> HttpResponse:
    """Show one's own months, what waits for approval, and the hours of the projects."""
    day = today(request.network.zone)
    context = {
        "keeps": keeps_sheets(request.actor), "due": months_due(request.actor, day), "own": own_sheets(request.actor),
        "approves": can_approve(request.actor), "handed_in": handed_in(request.actor),
        "plans": can_plan_shares(request.actor), "sees_hours": can_see_hours(request.actor),
        "hours": project_hours(request.actor, date(day.year - 1, day.month, 1)),
    }  # fmt: skip
    return render(request, "workspace/timesheets/sheets.html", context)


@staff(can_keep)
@require_POST
def begin(request: NetworkRequest, year: int, month: int) -> HttpResponse:
    """Begin the sheet of a month."""
    try:
        row = begin_sheet(actor=request.actor, month=date(year, month, 1), today=today(request.network.zone))
    except ValueError as error:  # month 13
        raise Http404 from error
    except TragnetzError as error:
        messages.error(request, str(error))
        return redirect("workspace:timesheets")
    return redirect("workspace:timesheet", row.pk)


def found_sheet(request: NetworkRequest, sheet_id: uuid.UUID) -> TimeSheet:
    """Return a sheet that the actor sees, or none exists."""
    row = sheet_of(request.actor, sheet_id)
    if row is None:
        raise Http404
    return row


@staff(can_keep)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: NetworkRequest, sheet_id: uuid.UUID) -> HttpResponse:
    """Show a month; add a line (`add`), mend or drop one (`line`), and what its state allows."""
    row = found_sheet(request, sheet_id)
    form = LineForm(
        request.POST if "add" in request.POST else None, sheet=row, programmes=_programmes(row),
    )  # fmt: skip
    reason = ReasonForm(request.POST if {"return", "correct"} & set(request.POST) else None)
    if request.method == "POST":
        answer = _added(request, row, form) if "add" in request.POST else _done(request, row, reason)
        if answer is not None:
            return answer
    is_own = row.membership_id == request.actor.membership_id
    wrong = form.errors or reason.errors
    context = {
        "view": sheet_view(row), "form": form, "reason": reason, "is_own": is_own,
        "changes": is_own and row.state in MUTABLE, "approves": can_approve(request.actor) and not is_own,
        "on_paper": can_approve(request.actor) and is_own, "ends": date_format(row.month, "F Y"),
    }  # fmt: skip
    return render(request, "workspace/timesheets/sheet.html", context, status=422 if wrong else 200)


def _programmes(row: TimeSheet) -> list[Programme]:
    return list(Programme.objects.filter(shares__membership=row.membership_id).distinct())


def _added(request: NetworkRequest, row: TimeSheet, form: LineForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        add_line(actor=request.actor, sheet=row, line=form.line())
    except TragnetzError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Eingetragen."))
    return redirect("workspace:timesheet", row.pk)


def _done(request: NetworkRequest, row: TimeSheet, reason: ReasonForm) -> HttpResponse | None:
    """Do what the button says; nothing when a word why is missing."""
    if reason.is_bound and not reason.is_valid():
        return None
    target = row
    try:
        if "line" in request.POST:
            _mend(request, row)
        elif "again" in request.POST:
            draft_again(actor=request.actor, sheet=row)
            messages.success(request, _("Neu geholt. Was Sie selbst eingetragen haben, ist geblieben."))
        elif "sign" in request.POST:
            sign(actor=request.actor, sheet=row, today=today(request.network.zone), now=now())
            messages.success(request, _("Unterschrieben. Jetzt gibt Ihre Leitung den Nachweis frei."))
        elif "take_back" in request.POST:
            give_back(actor=request.actor, sheet=row, reason="")
            messages.success(request, _("Zurückgeholt. Sie können den Nachweis wieder ändern."))
        elif "approve" in request.POST:
            approve(actor=request.actor, sheet=row, now=now(), on_paper_by=request.POST.get("on_paper_by", ""))
            messages.success(request, _("Freigegeben."))
        elif "return" in request.POST:
            give_back(actor=request.actor, sheet=row, reason=reason.cleaned_data["reason"])
            messages.success(request, _("Zurückgegeben. Die Person sieht Ihren Hinweis."))
            return redirect("workspace:timesheets")
        elif "correct" in request.POST:
            target = correct(actor=request.actor, sheet=row, reason=reason.cleaned_data["reason"])
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:timesheet", target.pk)


def _mend(request: NetworkRequest, row: TimeSheet) -> None:
    try:
        line = uuid.UUID(request.POST["line"])
    except ValueError as error:
        raise Http404 from error
    typed = request.POST.get("minutes", "").strip()
    minutes = 0 if "drop" in request.POST or typed in {"0", "0:00"} else minutes_of(typed)
    if minutes is None:
        messages.error(request, _("„%(typed)s“ ist keine Zeit. %(hint)s") % {"typed": typed[:20], "hint": NO_TIME})
        return
    change_line(actor=request.actor, sheet=row, line_id=line, minutes=minutes)
