"""One case at the end of its project: what is open, how it goes on, who asks later."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from tragnetz.casework.access import can_counsel
from tragnetz.casework.overview.queries import CaseView
from tragnetz.casework.rules import fits
from tragnetz.casework.teamwork.queries import helpers_for
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import Truth
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Programme
from tragnetz.reporting.ending.commands import carry_out, decide, name_asker, name_referral, take_back
from tragnetz.reporting.ending.enums import DecisionState, Promise
from tragnetz.reporting.ending.models import EndDecision
from tragnetz.reporting.ending.queries import (
    decision_of,
    decisions_before,
    known_of,
    planned_in,
    referrals_for,
    rows_of,
    taking_over,
    to_ask,
)
from tragnetz.reporting.ending.rules import marks_of, obstacle, stage_of
from tragnetz.reporting.participation.queries import rows_of as participations_of
from tragnetz.reporting.participation.queries import shown
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.ending.forms import AskerForm, DecisionForm
from tragnetz.workspace.ending.views import programme_of
from tragnetz.workspace.entry import staff

# Where what was promised is looked after.
PAGES = {
    Promise.STEP: "case", Promise.TASK: "case_team", Promise.DEADLINE: "deadlines", Promise.CLAIM: "claims",
    Promise.REFERRAL: "case_referrals", Promise.BOOKING: "case", Promise.CALLBACK: "case", Promise.WAITING: "case",
    Promise.GROUP: "case",
}  # fmt: skip
WORDS = {Truth.YES: gettext_lazy("passt"), Truth.UNKNOWN: gettext_lazy("noch offen, ob es passt")}


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: NetworkRequest, key: str, case_id: uuid.UUID) -> HttpResponse:
    """Show a case at the end of a project, and keep what is decided."""
    programme = programme_of(request, key)
    view, day = case_of(request, case_id), today(request.network.zone)
    people = shown(participations_of(view.case).filter(programme=programme), day)
    if not people:
        raise Http404
    decision = decision_of(programme, view.case)
    do = request.POST.get("do", "")
    members = helpers_for(view.case)
    form = DecisionForm(
        request.POST if do == "decide" else None, members=members, initial={"asker": str(view.case.counsellor_id)},
        projects=_projects(view, programme), referrals=referrals_for(view.case),
    )  # fmt: skip
    asking = AskerForm(
        request.POST if do == "ask" else None, members=members, initial={"asker": str(view.case.counsellor_id)},
        prefix="ask",
    )  # fmt: skip
    if request.method == "POST":
        answer = _done(request, programme, view, decision, form if do == "decide" else asking)
        if answer is not None:
            return answer
    (row,) = rows_of(programme, [view.case], day)
    over = day >= programme.ends
    context = {
        "programme": programme, "view": view, "tab": "projects", "row": row, "people": people, "decision": decision,
        "stage": stage_of(programme.ends, day), "marks": marks_of(programme.ends), "days": (programme.ends - day).days,
        "promises": [(kind.label, number, PAGES[kind]) for kind, number in row.promises], "form": form,
        "asking": asking, "to_ask": to_ask(programme, view.case, day), "planned": planned_in(programme, view.case),
        "before": decisions_before(programme, view.case), "referrals": referrals_for(view.case),
        "obstacle": obstacle(decision.way, known_of(decision), over=over)
        if decision is not None and decision.state == DecisionState.DECIDED else None,
    }  # fmt: skip
    wrong = form.errors or asking.errors
    return render(request, "workspace/ending/case.html", context, status=422 if wrong else 200)


def _projects(view: CaseView, programme: Programme) -> list[tuple[Programme, str]]:
    """Return the projects that may take over, with the verdict of their rule; those that do not fit are left out."""
    others = taking_over(programme, view.case.organisation_id)
    by_key = {row.key: row for row in others}
    found = fits([(row.key, row.target_group) for row in others], clean_facts(view.facts))
    return [
        (by_key[fit.programme], str(WORDS[fit.verdict.truth])) for fit in found if fit.verdict.truth is not Truth.NO
    ]  # fmt: skip


def _done(
    request: NetworkRequest,
    programme: Programme,
    view: CaseView,
    decision: EndDecision | None,
    form: Any,  # noqa: ANN401 -- one of two forms
) -> HttpResponse | None:
    """Do what a button says; nothing when the form is to be mended."""
    do, day = request.POST.get("do", ""), today(request.network.zone)
    asked: dict[str, Any] = {"actor": request.actor}
    if do in {"decide", "ask"} and not form.is_valid():
        return None
    try:
        if do == "decide":
            decide(
                case=view.case, programme=programme, choice=form.choice(), request_key=form.cleaned_data["key"],
                today=day, **asked,
            )  # fmt: skip
            messages.success(request, _("Entschieden. Bitte sagen Sie es auch der Person."))
        elif do == "ask":
            number = name_asker(case=view.case, programme=programme, asker_id=form.asker_id(), today=day, **asked)
            planned = ngettext("%s Nachfrage ist geplant.", "%s Nachfragen sind geplant.", number) % number
            messages.success(request, planned)
        elif decision is None:
            raise Http404
        elif do == "carry_out":
            carry_out(decision=decision, today=day, **asked)
            messages.success(request, _("Umgesetzt. Die Nachfrage nach sechs Monaten ist geplant."))
        elif do == "take_back":
            take_back(decision=decision, **asked)
            messages.success(request, _("Zurückgenommen. Der Fall ist wieder offen."))
        elif do == "referral":
            _name_referral(request, view, decision)
        else:
            raise Http404
    except TragnetzError as error:
        if do in {"decide", "ask"}:
            form.add_error(None, str(error))
            return None
        messages.error(request, str(error))
    return redirect("workspace:project_end_case", programme.key, view.case.pk)


def _name_referral(request: NetworkRequest, view: CaseView, decision: EndDecision) -> None:
    wanted = request.POST.get("referral", "")
    found = next((row for row in referrals_for(view.case) if str(row.pk) == wanted), None)
    if found is None:
        raise Http404
    name_referral(actor=request.actor, decision=decision, referral=found)
    messages.success(request, _("Die Vermittlung gehört jetzt zu dieser Entscheidung."))
