"""The counsellor's pages."""

import uuid
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.calls.queries import late_callbacks
from tragnetz.audit.commands import record
from tragnetz.casework import commands
from tragnetz.casework.access import can_counsel, can_take_calls, visible_callbacks, visible_cases
from tragnetz.casework.caseload.access import can_see_caseload
from tragnetz.casework.enums import CaseState
from tragnetz.casework.finding import namesakes
from tragnetz.casework.models import Case
from tragnetz.casework.queries import CaseView, case_view, caseload, day_view, enquiry_view, released_of
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.directory.queries import match_services
from tragnetz.directory.sentences import explain, known_facts
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import Truth
from tragnetz.network.enums import Role
from tragnetz.network.middleware import NetworkRequest
from tragnetz.screening.households import Member
from tragnetz.screening.queries import estimate
from tragnetz.screening.rulebook import current_book
from tragnetz.workspace.counselling.forms import MORE_PEOPLE, HouseholdForm, NoteForm, StepForm
from tragnetz.workspace.entry import staff


def _day(typed: str, default: date) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return default


@staff(can_take_calls)
@require_safe
def day(request: NetworkRequest) -> HttpResponse:
    """Show a day: who comes, what is due, whom to call."""
    this = today(request.network.zone)
    shown = _day(request.GET.get("tag", ""), this)
    if abs((shown - this).days) > 3660:  # noqa: PLR2004 -- ten years either way
        shown = this
    team = "team" in request.GET
    context = {
        "view": day_view(request.actor, shown, now(), team=team),
        "team": team,
        "leads": request.actor.has(Role.LEAD),
        "late": late_callbacks(visible_callbacks(request.actor), now()) if request.actor.has(Role.LEAD) else 0,
        "today": this,
        "before": shown - timedelta(days=1),
        "after": shown + timedelta(days=1),
    }
    return render(request, "workspace/day.html", context)


@staff(can_take_calls)
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: NetworkRequest, enquiry_id: uuid.UUID) -> HttpResponse:
    """Show what somebody asked, and open the case from it."""
    found = enquiry_view(request.actor, enquiry_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            case = commands.open_case(actor=request.actor, enquiry=found, today=today(request.network.zone))
        except TragnetzError as error:
            messages.error(request, str(error))
            return redirect("workspace:enquiry", enquiry_id)
        if not visible_cases(request.actor).filter(pk=case.pk).exists():
            messages.success(request, _("Der Fall ist geöffnet."))
            return redirect("workspace:enquiry", enquiry_id)
        return redirect("workspace:case", case.pk)
    facts = clean_facts(released_of(found).get("facts", {}))
    context = {
        "enquiry": found,
        "answers": known_facts(facts),
        "case": Case.objects.filter(enquiry=found).first(),
        "can_open": can_counsel(request.actor),
        "namesakes": namesakes(request.actor, found) if can_counsel(request.actor) else None,
    }
    return render(request, "workspace/enquiry.html", context)


@staff(can_counsel)
@require_safe
def cases(request: NetworkRequest) -> HttpResponse:
    """List the cases one works on."""
    wanted = request.GET.get("stand", CaseState.OPEN)
    state_shown = wanted if wanted in CaseState.values else CaseState.OPEN
    rows = list(caseload(request.actor, state=state_shown)[:200])
    record(request.actor, "cases:read", None, rows=len(rows))
    return render(
        request, "workspace/cases.html", {"cases": rows, "state": state_shown, "leads": can_see_caseload(request.actor)}
    )


def case_of(request: NetworkRequest, case_id: uuid.UUID) -> CaseView:
    """Return a case with its page; a foreign one does not exist."""
    found = case_view(request.actor, case_id)
    if found is None:
        raise Http404
    return found


def _page(
    request: NetworkRequest,
    view: CaseView,
    *,
    note_form: forms.Form | None = None,
    step_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = clean_facts(view.facts)
    matches = match_services(facts, today(request.network.zone), topic_keys={view.case.topic} - {""}, first=[])
    likely = [group for group in explain(matches) if group[0] is not Truth.NO]
    context = {
        "view": view,
        "answers": known_facts(facts),
        "estimate": estimate(
            [Member(person.relation, person.birth_year) for person in view.people],
            facts,
            rent_level=request.network.rent_level.get("level"),
            book=current_book(),
            on=today(request.network.zone),
        ),
        "rent_level": request.network.rent_level,
        "groups": [(truth, title, rows[:6]) for truth, title, rows in likely],
        "note_form": note_form or NoteForm(auto_id="note_%s"),
        "step_form": step_form or StepForm(today=today(request.network.zone), auto_id="step_%s"),
        "today": today(request.network.zone),
    }
    return render(request, "workspace/case.html", context, status=status)


@staff(can_counsel)
@require_safe
def case(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a case so that it reads in two minutes."""
    return _page(request, case_of(request, case_id))


@staff(can_counsel)
@require_POST
def note(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Write a note."""
    view = case_of(request, case_id)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _page(request, view, note_form=form, status=422)
    commands.write_note(actor=request.actor, case=view.case, **form.cleaned_data)
    messages.success(request, _("Die Notiz ist gespeichert."))
    return redirect("workspace:case", case_id)


@staff(can_counsel)
@require_POST
def step(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Agree on a step."""
    view = case_of(request, case_id)
    form = StepForm(request.POST, today=today(request.network.zone), auto_id="step_%s")
    if not form.is_valid():
        return _page(request, view, step_form=form, status=422)
    commands.add_step(actor=request.actor, case=view.case, **form.cleaned_data)
    messages.success(request, _("Der Schritt ist vereinbart."))
    return redirect("workspace:case", case_id)


@staff(can_counsel)
@require_POST
def finish(request: NetworkRequest, case_id: uuid.UUID, step_id: uuid.UUID) -> HttpResponse:
    """Say that a step is done, or not after all."""
    view = case_of(request, case_id)
    found = next((one for one in (*view.open_steps, *view.done_steps) if one.pk == step_id), None)
    if found is None:
        raise Http404
    done = "again" not in request.POST
    commands.finish_step(actor=request.actor, step=found, today=today(request.network.zone), done=done)
    return redirect("workspace:case", case_id)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def household(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show and change who lives there, and what is known."""
    view = case_of(request, case_id)
    if request.method == "POST":
        count = min(sum(1 for name in request.POST if name.startswith("name_")), 30)
        form = HouseholdForm(request.POST, rows=max(count, 1))
        if form.is_valid():
            kept = {name: value for name, value in clean_facts(view.facts).items() if name not in form.fields}
            commands.change_household(
                actor=request.actor, case=view.case, people=form.people(), facts=kept | form.facts()
            )
            messages.success(request, _("Der Haushalt ist gespeichert."))
            return redirect("workspace:case", case_id)
        return render(request, "workspace/household.html", {"form": form, "view": view}, status=422)
    initial: dict[str, object] = {
        name: ("yes" if value is True else "no" if value is False else value)
        for name, value in clean_facts(view.facts).items()
    }
    for index, person in enumerate(view.people):
        initial |= {
            f"name_{index}": person.name,
            f"relation_{index}": person.relation,
            f"birth_{index}": person.birth_year,
        }
    form = HouseholdForm(initial=initial, rows=len(view.people) + MORE_PEOPLE)
    return render(request, "workspace/household.html", {"form": form, "view": view})


@staff(can_counsel)
@require_POST
def state(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """End a case, or take it up again."""
    view = case_of(request, case_id)
    if view.case.state == CaseState.OPEN:
        commands.close_case(actor=request.actor, case=view.case, today=today(request.network.zone))
        messages.success(request, _("Der Fall ist beendet."))
    else:
        commands.reopen_case(actor=request.actor, case=view.case)
        messages.success(request, _("Der Fall ist wieder offen."))
    return redirect("workspace:case", case_id)
