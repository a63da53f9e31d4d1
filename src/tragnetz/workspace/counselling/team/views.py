"""Tasks for colleagues, the deputy, handing a case over."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.casework.access import can_counsel, can_do_tasks, visible_cases, visible_tasks
from tragnetz.casework.compartments import part_names
from tragnetz.casework.overview.queries import CaseView
from tragnetz.casework.teamwork.commands import give_task, hand_over, set_deputy, settle_task
from tragnetz.casework.teamwork.queries import counsellors_for, handovers_of, helpers_for, tasks_of
from tragnetz.casework.timeline.queries import bookings_of
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.back import came_from
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.counselling.team.forms import DeputyForm, HandoverForm, TaskForm
from tragnetz.workspace.entry import staff

SHOWN_DONE = 20


@staff(can_counsel)
@require_safe
def team(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show who works on a case."""
    return _page(request, case_of(request, case_id))


def _page(request: NetworkRequest, view: CaseView, *, status: int = 200, **forms: Any) -> HttpResponse:  # noqa: ANN401 -- forms by name
    case = view.case
    others = [row for row in counsellors_for(case) if row.pk != case.counsellor_id]
    context = {
        "view": view, "tab": "team", "today": today(request.network.zone), "parts": part_names(case),
        "open_tasks": tasks_of(case, done=False), "done_tasks": tasks_of(case, done=True)[:SHOWN_DONE],
        "handovers": handovers_of(case),
        "coming": Booking.objects.filter(
            bookings_of(case), state=BookingState.BOOKED, starts_at__gte=now(), membership=case.counsellor
        ),
        "task_form": _task_form(request, view),
        "deputy_form": DeputyForm(members=others, initial={"deputy": str(case.deputy_id or "")}, auto_id="deputy_%s"),
        "handover_form": HandoverForm(members=others, auto_id="handover_%s"),
        **forms,
    }  # fmt: skip
    return render(request, "workspace/counselling/team.html", context, status=status)


def _task_form(request: NetworkRequest, view: CaseView, typed: Any = None) -> TaskForm:  # noqa: ANN401 -- a QueryDict or nothing
    members = helpers_for(view.case)
    initial = {"assignee": str(request.actor.membership_id), "key": uuid.uuid4().hex}
    return TaskForm(
        typed, initial=initial, view=view, today=today(request.network.zone), members=members, auto_id="task_%s"
    )


@staff(can_counsel)
@require_POST
def give(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Give somebody a task."""
    view, day = case_of(request, case_id), today(request.network.zone)
    form = _task_form(request, view, request.POST)
    if not form.is_valid():
        return _page(request, view, task_form=form, status=422)
    data = form.cleaned_data
    give_task(
        actor=request.actor, case=view.case, assignee_id=form.assignee_id(), text=data["text"], due_on=data["due_on"],
        today=day, person=form.person(), request_key=data["key"],
    )  # fmt: skip
    messages.success(request, _("Die Aufgabe ist vergeben. Sie steht auf der Tagesseite der Person."))
    return redirect("workspace:case_team", case_id)


@staff(can_do_tasks)
@require_POST
def settle(request: NetworkRequest, task_id: uuid.UUID) -> HttpResponse:
    """Say that a task is done, or not after all; then back to where one came from."""
    found = visible_tasks(request.actor).select_related("case").filter(pk=task_id).first()
    if found is None:
        raise Http404
    try:
        settle_task(
            actor=request.actor, task=found, today=today(request.network.zone), done="again" not in request.POST,
            answer=request.POST.get("answer", ""),
        )  # fmt: skip
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        again = "again" in request.POST
        messages.success(request, _("Die Aufgabe ist wieder offen.") if again else _("Die Aufgabe ist erledigt."))
    if "team" in request.POST and visible_cases(request.actor).filter(pk=found.case_id).exists():
        return redirect("workspace:case_team", found.case_id)
    return redirect(came_from(request, "workspace:day") or "workspace:day")


@staff(can_counsel)
@require_POST
def deputy(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Name a deputy."""
    view = case_of(request, case_id)
    others = [row for row in counsellors_for(view.case) if row.pk != view.case.counsellor_id]
    form = DeputyForm(request.POST, members=others, auto_id="deputy_%s")
    if not form.is_valid():
        return _page(request, view, deputy_form=form, status=422)
    set_deputy(actor=request.actor, case=view.case, deputy_id=form.deputy_id())
    messages.success(request, _("Die Vertretung ist eingetragen."))
    return _on(request, case_id, "workspace:case_team")


@staff(can_counsel)
@require_POST
def handover(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Hand a case over."""
    view = case_of(request, case_id)
    others = [row for row in counsellors_for(view.case) if row.pk != view.case.counsellor_id]
    form = HandoverForm(request.POST, members=others, auto_id="handover_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            hand_over(
                actor=request.actor, case=view.case, taker_id=form.taker_id(), points=data["points"],
                text=data["text"], today=today(request.network.zone),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Der Fall ist übergeben. Er steht auf der Tagesseite der neuen Beratung."))
            return _on(request, case_id, "workspace:case_team")
    return _page(request, view, handover_form=form, status=422)


def _on(request: NetworkRequest, case_id: uuid.UUID, page: str) -> HttpResponse:
    """Go on to a page of the case, or to one's cases when it is no longer one's own."""
    if visible_cases(request.actor).filter(pk=case_id).exists():
        return redirect(page, case_id)
    return redirect("workspace:cases")
