"""Plan templates of a case: choose one, answer its questions, tick what fits, take it over."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.access import can_counsel
from tragnetz.casework.plans.book import plans
from tragnetz.casework.plans.commands import take_over
from tragnetz.casework.plans.proposal import proposal
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.middleware import NetworkRequest
from tragnetz.screening.rulebook import current_book
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.plans.forms import PlanForm


@staff(can_counsel)
@require_safe
def choose(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the templates."""
    view = case_of(request, case_id)
    return render(request, "workspace/plans/choose.html", {"view": view, "tab": "goals", "plans": plans().values()})


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: NetworkRequest, case_id: uuid.UUID, key: str) -> HttpResponse:
    """Ask the questions, propose (`look`), and take over what was ticked (`take`)."""
    view, found, day = case_of(request, case_id), plans().get(key), today(request.network.zone)
    if found is None:
        raise Http404
    form = PlanForm(request.POST if request.method == "POST" else None, plan=found, today=day)
    context = {"view": view, "tab": "goals", "plan": found, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "workspace/plans/plan.html", context, status=422 if form.errors else 200)
    proposed = proposal(
        found, network=request.network, book=current_book(), start_on=form.cleaned_data["start_on"],
        answers=form.answers(), today=day,
    )  # fmt: skip
    chosen = set(request.POST.getlist("item"))
    if "take" in request.POST:
        try:
            taken = take_over(
                actor=request.actor, case=view.case, plan=found, proposed=proposed, chosen=chosen,
                facts=clean_facts(view.facts), request_key=request.POST.get("key", "")[:64], now=now(),
            )  # fmt: skip
        except TragnetzError as error:
            messages.error(request, str(error))
        else:
            told = _("Im Plan: %(goals)d Ziele, %(steps)d Schritte, %(deadlines)d Fristen, %(claims)d Anträge.")
            messages.success(request, told % vars(taken))
            return redirect("workspace:goals", case_id)
    context |= {
        "proposed": proposed, "chosen": chosen if "take" in request.POST else proposed.keys,
        "key": request.POST.get("key") or uuid.uuid4().hex,
    }  # fmt: skip
    return render(request, "workspace/plans/preview.html", context, status=422 if "take" in request.POST else 200)
