"""The counsellor's pages."""

import uuid
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.calls.queries import late_callbacks
from tragnetz.appointments.groups.access import can_plan_groups
from tragnetz.casework import commands
from tragnetz.casework.access import (
    can_counsel,
    can_take_calls,
    visible_bookings,
    visible_callbacks,
    visible_cases,
    visible_templates,
)
from tragnetz.casework.caselist import case_list
from tragnetz.casework.caseload.access import can_see_caseload
from tragnetz.casework.contacts.rules import TALKS
from tragnetz.casework.emergency.queries import unseen_emergencies
from tragnetz.casework.enums import CaseState, Level
from tragnetz.casework.finding import namesakes
from tragnetz.casework.goals.commands import add_step, finish_step
from tragnetz.casework.levels.commands import set_level
from tragnetz.casework.levels.rules import SHORT_CONTACTS, advice
from tragnetz.casework.models import Case, Enquiry
from tragnetz.casework.overview.queries import CaseView, merged_into, overview
from tragnetz.casework.queries import day_view, enquiry_view, released_of
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.directory.queries import match_services
from tragnetz.directory.sentences import explain, known_facts
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.enums import Role
from tragnetz.network.middleware import NetworkRequest
from tragnetz.referrals.queries import pressing, running_of, waits_here
from tragnetz.reporting.ending.queries import pressing as endings_pressing
from tragnetz.reporting.participation.queries import pending, project_names
from tragnetz.reporting.timesheets.queries import pressing as hours_pressing
from tragnetz.screening.households import Member
from tragnetz.screening.queries import estimate
from tragnetz.screening.rulebook import current_book
from tragnetz.workspace.consents.released import released_page
from tragnetz.workspace.counselling.contacts.forms import ContactForm, first_words
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.counselling.forms import MORE_PEOPLE, HouseholdForm, LevelForm, StepForm
from tragnetz.workspace.entry import staff
from tragnetz.workspace.guide.first_steps import first_steps

MOST_OFFERS = 6  # of each sort on the first page of a case; the finder shows more


def _day(typed: str, default: date) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return default


@staff(lambda actor: actor.is_staff)
@require_safe
def day(request: NetworkRequest) -> HttpResponse:
    """Show a day: who comes, what is due, whom to call. Whoever has no such day goes on to their own first page."""
    if not can_take_calls(request.actor):
        return redirect("workspace:home")
    this = today(request.network.zone)
    shown = _day(request.GET.get("tag", ""), this)
    if abs((shown - this).days) > 3660:  # noqa: PLR2004 -- ten years either way
        shown = this
    team = "team" in request.GET
    view = day_view(request.actor, shown, now(), team=team)
    context = {
        "view": view,
        "first_steps": [] if view.bookings or view.steps or view.team.tasks else first_steps(request.actor),
        "team": team,
        "leads": request.actor.has(Role.LEAD),
        "leads_groups": can_plan_groups(request.actor),
        "late": late_callbacks(visible_callbacks(request.actor), now()) if request.actor.has(Role.LEAD) else 0,
        "today": this,
        "at": now(),
        "emergencies": unseen_emergencies(request.actor),
        "referrals": pressing(request.actor, shown, own=not team),
        "referrals_in": waits_here(request.actor),
        "projects": pending(request.actor, shown, own=not team),
        "endings": endings_pressing(request.actor, this, own=not team),
        "hours": hours_pressing(request.actor, this),
        "actor_id": request.actor.membership_id,
        "before": shown - timedelta(days=1),
        "after": shown + timedelta(days=1),
    }
    return render(request, "workspace/counselling/day.html", context)


@staff(can_take_calls)
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: NetworkRequest, enquiry_id: uuid.UUID) -> HttpResponse:
    """Show what somebody asked, and open the case from it."""
    found = enquiry_view(request.actor, enquiry_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            case = commands.open_case(
                actor=request.actor, enquiry=found, today=today(request.network.zone),
                level=request.POST.get("level", Level.SHORT),
            )  # fmt: skip
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
        "case": _case_of(request, found),
        "sees_booking": found.booking is not None
        and visible_bookings(request.actor).filter(pk=found.booking.pk).exists(),
        "can_open": can_counsel(request.actor),
        "namesakes": namesakes(request.actor, found) if can_counsel(request.actor) else None,
    }
    return render(request, "workspace/counselling/enquiry.html", context)


def _case_of(request: NetworkRequest, found: Enquiry) -> Case | None:
    """Return the case that an enquiry became, or that of the same person from before."""
    own = Case.objects.filter(enquiry=found).first()
    if own is not None or found.contact_id is None:
        return own
    return visible_cases(request.actor).filter(contact=found.contact_id, merged_into=None).first()


@staff(can_counsel)
@require_safe
def cases(request: NetworkRequest) -> HttpResponse:
    """List the cases one works on, or the team's."""
    wanted = request.GET.get("stand", CaseState.OPEN)
    state_shown = wanted if wanted in CaseState.values else CaseState.OPEN
    number = request.GET.get("seite", "")
    found = case_list(
        request.actor, state=state_shown, team="team" in request.GET,
        number=int(number) if number.isdecimal() and len(number) < 7 else 1, now=now(),  # noqa: PLR2004 -- no page has more digits
    )  # fmt: skip
    context = {
        "found": found,
        "projects": project_names([row.case.pk for row in found.rows]),
        "state": state_shown,
        "leads": can_see_caseload(request.actor),
    }
    return render(request, "workspace/counselling/cases.html", context)


def case_page(
    request: NetworkRequest,
    view: CaseView,
    *,
    contact_form: ContactForm | None = None,
    step_form: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the first page of a case, with a form as it was typed."""
    facts, day = clean_facts(view.facts), today(request.network.zone)
    matches = match_services(facts, day, topic_keys={view.case.topic} - {""}, first=[], most=MOST_OFFERS, likely=True)
    found = overview(view.case, now())
    begins = first_words(view, [*found.coming, *found.past], now())
    templates = list(visible_templates(request.actor))
    context = {
        "view": view,
        "tab": "case",
        "found": found,
        "answers": known_facts(facts),
        "referrals": running_of(view.case, day),
        "estimate": estimate(
            [Member(person.relation, person.birth_year) for person in view.people],
            facts,
            rent_level=request.network.rent_level.get("level"),
            book=current_book(),
            on=day,
        ),
        "rent_level": request.network.rent_level,
        "groups": explain(matches),
        "contact_form": contact_form
        or ContactForm(initial=begins, view=view, today=day, templates=templates, auto_id="contact_%s"),
        "step_form": step_form
        or StepForm(
            initial={"key": uuid.uuid4().hex}, view=view, year=day.year, today=day, goals=found.goals, auto_id="step_%s"
        ),
        "today": day,
    }
    return render(request, "workspace/counselling/case.html", context, status=status)


@staff(can_counsel)
@require_safe
def case(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a case so that it reads in two minutes; one of another organisation as far as it was released.

    One that became part of another leads there.
    """
    if not visible_cases(request.actor).filter(pk=case_id).exists():
        return released_page(request, case_id)
    target = merged_into(request.actor, case_id)
    if target is not None:
        return redirect("workspace:case", target)
    return case_page(request, case_of(request, case_id))


@staff(can_counsel)
@require_POST
def step(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Agree on a step."""
    view, day = case_of(request, case_id), today(request.network.zone)
    goals = list(view.case.goals.filter(ended_on=None).select_related("compartment"))
    form = StepForm(request.POST, view=view, year=day.year, today=day, goals=goals, auto_id="step_%s")
    if not form.is_valid():
        return case_page(request, view, step_form=form, status=422)
    data = form.cleaned_data
    add_step(
        actor=request.actor, case=view.case, text=data["text"], owner=data["owner"], due_on=data["due_on"],
        goal=form.chosen_goal(), person=form.person(), request_key=data["key"],
    )  # fmt: skip
    messages.success(request, _("Der Schritt ist vereinbart."))
    goal = form.chosen_goal()
    return redirect("workspace:goal", case_id, goal.pk) if goal else redirect("workspace:case", case_id)


@staff(can_counsel)
@require_POST
def finish(request: NetworkRequest, case_id: uuid.UUID, step_id: uuid.UUID) -> HttpResponse:
    """Say that a step is done, or not after all."""
    view = case_of(request, case_id)
    found = view.case.steps.select_related("case").filter(pk=step_id).first()
    if found is None:
        raise Http404
    done = "again" not in request.POST
    finish_step(actor=request.actor, step=found, today=today(request.network.zone), done=done)
    messages.success(request, _("Der Schritt ist erledigt.") if done else _("Der Schritt ist wieder offen."))
    if "goal" in request.POST and found.goal_id is not None:
        return redirect("workspace:goal", case_id, found.goal_id)
    return redirect("workspace:case", case_id)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def level(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Say how much help it is, with the checklist that helps to decide."""
    view = case_of(request, case_id)
    initial = {"level": view.case.level, "indication": view.case.indication}
    form = LevelForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_level(actor=request.actor, case=view.case, **form.cleaned_data)
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            kept = Level(form.cleaned_data["level"]).label
            messages.success(request, _("Die Stufe der Hilfe ist gespeichert: %s.") % kept)
            return redirect("workspace:level", case_id)
    context = {
        "view": view, "tab": "level", "form": form, "advice": advice(view.case.indication).value,
        "contacts": view.case.contacts.filter(kind__in=TALKS).count(), "most": SHORT_CONTACTS,
    }  # fmt: skip
    return render(request, "workspace/counselling/level.html", context, status=422 if form.errors else 200)


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
        return render(
            request,
            "workspace/counselling/household.html",
            {"form": form, "view": view, "tab": "household"},
            status=422,
        )
    initial: dict[str, object] = {
        name: ("yes" if value is True else "no" if value is False else value)
        for name, value in clean_facts(view.facts).items()
    }
    for index, person in enumerate(view.people):
        initial |= {
            f"person_{index}": person.pk,
            f"name_{index}": person.name,
            f"relation_{index}": person.relation,
            f"birth_{index}": person.birth_year,
        }
    form = HouseholdForm(initial=initial, rows=len(view.people) + MORE_PEOPLE)
    return render(request, "workspace/counselling/household.html", {"form": form, "view": view, "tab": "household"})
