"""End a case, take it up again, merge and split; what people say about the help."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.casework.access import can_counsel, can_see_feedback
from tragnetz.casework.claims.rules import OPEN
from tragnetz.casework.closing.commands import close_case, reopen_case
from tragnetz.casework.closing.feedback import feedback_of_year, give_feedback
from tragnetz.casework.enums import CaseState, DeadlineState, Occasion
from tragnetz.casework.finding import cases_named
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.referrals.queries import running_of
from tragnetz.reporting.participation.joining import merge_with_records, split_with_records
from tragnetz.reporting.participation.queries import rows_of as participations_of
from tragnetz.workspace.counselling.closing.forms import ClosingForm, FeedbackForm, MergeForm, SplitForm
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff

MOST_FOUND = 20


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """End a case, or take it up again."""
    view, day = case_of(request, case_id), today(request.network.zone)
    case = view.case
    form = ClosingForm(request.POST if "close" in request.POST else None, initial={"after_care": True})
    if request.method == "POST":
        try:
            if "reopen" in request.POST:
                reopen_case(actor=request.actor, case=case, today=day)
                messages.success(request, _("Der Fall ist wieder offen."))
                return redirect("workspace:case", case_id)
            if form.is_valid():
                close_case(actor=request.actor, case=case, today=day, **form.cleaned_data)
                messages.success(request, _("Der Fall ist beendet."))
                return redirect("workspace:closing", case_id)
        except TragnetzError as error:
            if not form.is_bound:
                messages.error(request, str(error))
                return redirect("workspace:closing", case_id)
            form.add_error(None, str(error))
    context = {
        "view": view, "tab": "closing", "form": form, "is_open": case.state == CaseState.OPEN,
        "closings": case.closings.select_related("closed_by__user"),
        "rated": case.ratings.filter(occasion=Occasion.END).exists(),
        "goals": case.goals.filter(ended_on=None), "steps": case.steps.filter(done_on=None).count(),
        "claims": case.claims.filter(state__in=OPEN).count(),
        "referrals": len(running_of(case, day)),
        "participations": list(participations_of(case).filter(left_on=None).select_related("programme", "person")),
        "deadlines": case.deadlines.filter(state=DeadlineState.OPEN).count(),
    }  # fmt: skip
    return render(request, "workspace/counselling/closing.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Find the other case of the same household by a posted name, say who is who, make one case of both."""
    view = case_of(request, case_id)
    contact = view.case.contact
    words = request.POST.get("name", "") or (contact.name.split()[-1] if contact and contact.name.split() else "")
    context = {"view": view, "tab": "closing", "words": words}
    if "fall" not in request.GET:
        found = cases_named(request.actor, words, but=view.case, most=MOST_FOUND)
        return render(request, "workspace/counselling/merge_find.html", {**context, "found": found})
    try:
        other = case_of(request, uuid.UUID(request.GET["fall"]))
    except ValueError as error:
        raise Http404 from error
    form = MergeForm(request.POST if request.method == "POST" else None, here=view.people, there=other.people)
    if request.method == "POST" and form.is_valid():
        try:
            merge_with_records(
                actor=request.actor, case=view.case, other=other.case, same=form.same(),
                today=today(request.network.zone),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die beiden Fälle sind jetzt einer."))
            return redirect("workspace:case", case_id)
    context |= {"other": other, "form": form}
    return render(request, "workspace/counselling/merge.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Make a case of its own for those who leave the household."""
    view = case_of(request, case_id)
    form = SplitForm(request.POST if request.method == "POST" else None, view=view)
    if request.method == "POST" and form.is_valid():
        try:
            new = split_with_records(
                actor=request.actor, case=view.case, leaving=form.leaving_ids(), shared=form.cleaned_data["shared"],
                today=today(request.network.zone),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Das ist der neue Fall. Fragen Sie neu, wie die Person sicher zu erreichen ist.")
            )
            return redirect("workspace:case", new.pk)
    context = {"view": view, "tab": "closing", "form": form}
    return render(request, "workspace/counselling/split.html", context, status=422 if form.errors else 200)


@staff(can_see_feedback)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: NetworkRequest) -> HttpResponse:
    """Let somebody answer three questions on the spot; nothing leads back to a case, and no menu to other pages."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(actor=request.actor, answers=form.cleaned_data, today=today(request.network.zone))
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{reverse('workspace:feedback')}?danke=1")
    context = {"form": form, "thanks": "danke" in request.GET and request.method != "POST"}
    return render(request, "workspace/counselling/feedback.html", context, status=422 if form.errors else 200)


@staff(can_see_feedback)
@require_http_methods(["GET", "HEAD"])
def answers(request: NetworkRequest) -> HttpResponse:
    """Show what people answered in a year, without names and not below five."""
    year = today(request.network.zone).year
    asked = request.GET.get("jahr", "")
    shown = int(asked) if asked in {str(year - back) for back in range(6)} else year
    context = {"asked": feedback_of_year(request.actor, shown), "shown": shown, "years": range(year, year - 6, -1)}
    return render(request, "workspace/counselling/answers.html", context)
