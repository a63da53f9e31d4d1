"""Agree on goals, look how far they are."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.access import can_counsel
from tragnetz.casework.compartments import part_names
from tragnetz.casework.enums import GoalState
from tragnetz.casework.goals.commands import agree_goal, change_goal, move_goal, review_goal
from tragnetz.casework.goals.queries import goal_of, goals_of
from tragnetz.casework.models import Goal
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.counselling.forms import StepForm
from tragnetz.workspace.counselling.goals.forms import GoalForm, ReviewForm, goal_initial
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_safe
def goals(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the goals of a case with their steps."""
    view = case_of(request, case_id)
    context = {
        "view": view, "tab": "goals", "goals": goals_of(view.case), "parts": part_names(view.case),
        "adults": view.adults(today(request.network.zone).year), "today": today(request.network.zone),
    }  # fmt: skip
    return render(request, "workspace/counselling/goals.html", context)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Agree on a goal."""
    view, day = case_of(request, case_id), today(request.network.zone)
    form = GoalForm(request.POST or None, initial={"key": uuid.uuid4().hex}, view=view, today=day)
    if request.method == "POST" and form.is_valid():
        made = agree_goal(
            actor=request.actor, case=view.case, details=form.details(), today=day, person=form.person(),
            request_key=form.cleaned_data["key"],
        )  # fmt: skip
        messages.success(request, _("Das Ziel ist vereinbart. Jetzt fehlen die Schritte dorthin."))
        return redirect("workspace:goal", case_id, made.pk)
    context = {"view": view, "tab": "goals", "form": form}
    return render(request, "workspace/counselling/goal_new.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: NetworkRequest, case_id: uuid.UUID, goal_id: uuid.UUID) -> HttpResponse:
    """Show a goal; look how far it is (`review`), end it or take it up again (`state`), put it in other words."""
    view, day = case_of(request, case_id), today(request.network.zone)
    found = goal_of(view.case, goal_id)
    if found is None:
        raise Http404
    asked = request.POST if request.method == "POST" else None
    first = {"key": uuid.uuid4().hex}
    review = ReviewForm(asked if asked and "review" in asked else None, initial=first, today=day)
    form = GoalForm(
        asked if asked and "change" in asked else None, initial=goal_initial(found), view=view, today=day, goal=found
    )
    if asked is not None:
        try:
            if _change(request, found, form, review):
                return redirect("workspace:goal", case_id, goal_id)
        except TragnetzError as error:
            messages.error(request, str(error))
            return redirect("workspace:goal", case_id, goal_id)
    context = {
        "view": view, "tab": "goals", "goal": found, "reviews": found.reviews.select_related("author__user"),
        "steps": found.steps.all(), "form": form,
        "step_form": StepForm(initial=first, view=view, year=day.year, today=day, goals=[], auto_id="step_%s"),
        "review_form": review, "parts": part_names(view.case), "today": day,
    }  # fmt: skip
    wrong = form.errors or review.errors
    return render(request, "workspace/counselling/goal.html", context, status=422 if wrong else 200)


def _change(request: NetworkRequest, goal: Goal, form: GoalForm, review: ReviewForm) -> bool:
    """Do what was asked; tells whether it is done. Raises Http404 for what cannot be asked."""
    day = today(request.network.zone)
    if "review" in request.POST:
        if not review.is_valid():
            return False
        data = review.cleaned_data
        review_goal(
            actor=request.actor, goal=goal, attainment=int(data["attainment"]), text=data["text"],
            next_on=data["next_on"], today=day, request_key=data["key"],
        )  # fmt: skip
        messages.success(request, _("Festgehalten, wie weit das Ziel ist."))
    elif "change" in request.POST:
        if not form.is_valid():
            return False
        change_goal(actor=request.actor, goal=goal, details=form.details(), today=day)
        messages.success(request, _("Das Ziel ist geändert."))
    elif "state" in request.POST:
        moved = move_goal(actor=request.actor, goal=goal, state=request.POST["state"], today=day)
        messages.success(request, _("Das Ziel ist jetzt: %s.") % GoalState(moved.state).label)
    else:
        raise Http404
    return True
