"""Deadlines of a case: list, set, look at, settle; and the calculator for everybody who phones."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.access import can_counsel, can_take_calls
from tragnetz.casework.compartments import part_names
from tragnetz.casework.deadlines.commands import can_tell, change_deadline, set_deadline, settle_deadline
from tragnetz.casework.deadlines.queries import deadline_of, deadlines_of, shown
from tragnetz.casework.deadlines.sums import explained
from tragnetz.casework.enums import DeadlineState, LetterState
from tragnetz.casework.letters.book import kinds_for
from tragnetz.casework.letters.queries import title_of as letter_title
from tragnetz.casework.models import Deadline
from tragnetz.casework.overview.queries import CaseView
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.deadlines.forms import DeadlineForm, SumForm, deadline_initial
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_safe
def deadlines(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the deadlines of a case, the nearest first."""
    view, day = case_of(request, case_id), today(request.network.zone)
    found = deadlines_of(view.case, day)
    context = {
        "view": view, "tab": "deadlines", "parts": part_names(view.case), "today": day,
        "open": [one for one in found if one.row.ended_on is None],
        "ended": [one for one in found if one.row.ended_on is not None],
    }  # fmt: skip
    return render(request, "workspace/deadlines/case.html", context)


def form_for(
    request: NetworkRequest, view: CaseView, *, initial: dict[str, object] | None = None, row: Deadline | None = None
) -> DeadlineForm:
    """Return the form for a deadline: as it was typed, else with what is known."""
    return DeadlineForm(
        request.POST if request.method == "POST" and initial is None else None,
        initial=initial if initial is not None else (deadline_initial(row) if row else {}),
        view=view, network=request.network, today=today(request.network.zone), saves="save" in request.POST,
        can_tell=can_tell(view.case, row.compartment.person if row else None),
    )  # fmt: skip


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Count a deadline (`look`, or any change in the form), and keep it (`save`) when its day is confirmed."""
    view = case_of(request, case_id)
    form = form_for(request, view)
    if "save" in request.POST and form.is_valid():
        try:
            made = set_deadline(
                actor=request.actor, case=view.case, details=form.details(), now=now(), person=form.person(),
                idempotency_key=form.cleaned_data["key"],
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Frist ist eingetragen. Sie steht rechtzeitig auf Ihrer Tagesseite."))
            return redirect("workspace:deadline", case_id, made.pk)
    return _edit(request, {"view": view, "form": form, "result": _result(form)})


def _edit(request: NetworkRequest, context: dict[str, Any]) -> HttpResponse:
    """Show the form. Only what was to be saved and is not is an error for the browser: a look at a sum is none."""
    wrong = "save" in request.POST and context["form"].errors
    context |= {"tab": "deadlines"}
    return render(request, "workspace/deadlines/edit.html", context, status=422 if wrong else 200)


def _result(form: SumForm) -> object:
    """Return what came of the sum in a form, as far as it was asked for."""
    if form.is_bound:
        form.is_valid()
    return form.result


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: NetworkRequest, case_id: uuid.UUID, deadline_id: uuid.UUID) -> HttpResponse:
    """Show a deadline with its sum; settle it or open it again (`state`), count it anew (`change`)."""
    view, day = case_of(request, case_id), today(request.network.zone)
    row = deadline_of(view.case, deadline_id)
    if row is None:
        raise Http404
    if "state" in request.POST:
        return _settle(request, row)
    if request.method == "POST" or "aendern" in request.GET:
        return _change(request, view, row)
    context = {
        "view": view, "tab": "deadlines", "one": shown(row, day), "result": explained(row), "today": day,
        "whose": part_names(view.case).get(row.compartment_id, ""),
        "answers": kinds_for(row.rule),
        "letters": [(letter, letter_title(letter)) for letter in row.letters.exclude(state=LetterState.DROPPED)],
    }  # fmt: skip
    return render(request, "workspace/deadlines/deadline.html", context)


def _settle(request: NetworkRequest, row: Deadline) -> HttpResponse:
    try:
        done = settle_deadline(actor=request.actor, deadline=row, state=request.POST["state"], now=now())
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        words = {
            DeadlineState.MET: _("Gut: Die Frist ist eingehalten."),
            DeadlineState.MISSED: _(
                "Festgehalten. Prüfen Sie, ob Wiedereinsetzung möglich ist (§ 27 SGB X, § 67 SGG)."
            ),
        }
        state = DeadlineState(done.state)
        messages.success(request, words.get(state, _("Die Frist ist jetzt: %s.") % state.label))
    return redirect("workspace:deadline", row.case_id, row.pk)


def _change(request: NetworkRequest, view: CaseView, row: Deadline) -> HttpResponse:
    form = form_for(request, view, row=row)
    form.fields.pop("part", None)  # a deadline stays in the part in which it was set
    if "save" in request.POST and form.is_valid():
        try:
            change_deadline(actor=request.actor, deadline=row, details=form.details(), now=now())
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Frist ist geändert."))
            return redirect("workspace:deadline", row.case_id, row.pk)
    result = _result(form) if form.is_bound else explained(row)
    return _edit(request, {"view": view, "form": form, "result": result, "row": row})


@staff(can_take_calls)
@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: NetworkRequest) -> HttpResponse:
    """Count a deadline for somebody on the phone. Nothing of it is stored."""
    form = SumForm(request.POST if request.method == "POST" else None, network=request.network)
    context = {"form": form, "result": _result(form)}
    return render(request, "workspace/deadlines/calculator.html", context)
