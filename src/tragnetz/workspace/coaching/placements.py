"""Pages of work and training that begins, lasts, or ends."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.coaching import commands
from tragnetz.casework.coaching.enums import EndReason, Kept
from tragnetz.casework.coaching.models import Application, Placement
from tragnetz.casework.coaching.queries import application_of, placement_of, placement_view
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.coaching.forms import EndForm, JobForm, KeptForm, field_initial, job_initial
from tragnetz.workspace.coaching.views import own_coaching
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Note that work or training begins, with the application it came of."""
    coaching = own_coaching(request, coaching_id)
    application = _application(request, coaching_id)
    initial = {"key": uuid.uuid4().hex, "starts_on": today(request.network.zone)}
    if application is not None:
        initial |= {
            "employer": application.employer, "job": application.job, "field": field_initial(application.field),
        }  # fmt: skip
    form = JobForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.begin_work(
                actor=request.actor, coaching=coaching, job=form.work(), application=application,
                request_key=form.cleaned_data["key"],
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("starts_on", str(error))
        else:
            messages.success(request, _("Eingetragen. Nach drei und sechs Monaten fragen wir nach."))
            return redirect("workspace:placement", made.pk)
    if request.method != "POST":
        record(request.actor, "coaching:read", coaching.case)
    context = {"form": form, "coaching": coaching, "application": application}
    return render(request, "workspace/coaching/begin.html", context, status=422 if form.errors else 200)


def _application(request: NetworkRequest, coaching_id: uuid.UUID) -> Application | None:
    typed = (request.POST if request.method == "POST" else request.GET).get("bewerbung", "")
    try:
        found = application_of(request.actor, uuid.UUID(typed))
    except ValueError:
        return None
    return found if found is not None and found.coaching_id == coaching_id else None


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def placement(request: NetworkRequest, placement_id: uuid.UUID) -> HttpResponse:
    """Show work or training; say whether it lasted, that it ended, or correct it."""
    found = placement_of(request.actor, placement_id)
    if found is None:
        raise Http404
    asked = {"kept": _kept, "end": _end, "resume": _resume, "change": _change}
    doing = next((name for name in asked if f"do_{name}" in request.POST), "")
    if request.method != "POST" or not doing:
        record(request.actor, "coaching:read", found.coaching.case)
        return _page(request, found)
    return asked[doing](request, found)


def _page(request: NetworkRequest, found: Placement, status: int = 200, **typed: forms.Form) -> HttpResponse:
    day = today(request.network.zone)
    context = {
        "view": placement_view(found, day),
        "placement": found,
        "coaching": found.coaching,
        "today": day,
        "kept_form": KeptForm(auto_id="kept_%s"),
        "end_form": EndForm(initial={"ended_on": day}, auto_id="end_%s"),
        "job_form": JobForm(initial=job_initial(found), auto_id="job_%s"),
        **typed,
    }
    return render(request, "workspace/coaching/placement.html", context, status=status)


def _kept(request: NetworkRequest, found: Placement) -> HttpResponse:
    form = KeptForm(request.POST, auto_id="kept_%s")
    months = int(request.POST["do_kept"]) if request.POST["do_kept"].isdecimal() else 0
    if form.is_valid():
        try:
            commands.note_kept(
                actor=request.actor, placement=found, months=months, kept=Kept(form.cleaned_data["kept"]),
                today=today(request.network.zone),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("kept", str(error))
        else:
            return _saved(request, found)
    return _page(request, found, 422, kept_form=form)


def _end(request: NetworkRequest, found: Placement) -> HttpResponse:
    form = EndForm(request.POST, auto_id="end_%s")
    if form.is_valid():
        try:
            commands.end_work(
                actor=request.actor, placement=found, on=form.cleaned_data["ended_on"],
                reason=EndReason(form.cleaned_data["reason"]), today=today(request.network.zone),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("ended_on", str(error))
        else:
            return _saved(request, found)
    return _page(request, found, 422, end_form=form)


def _resume(request: NetworkRequest, found: Placement) -> HttpResponse:
    commands.resume_work(actor=request.actor, placement=found)
    return _saved(request, found)


def _change(request: NetworkRequest, found: Placement) -> HttpResponse:
    form = JobForm(request.POST, auto_id="job_%s")
    if form.is_valid():
        try:
            commands.change_work(actor=request.actor, placement=found, job=form.work())
        except TragnetzError as error:
            form.add_error("starts_on", str(error))
        else:
            return _saved(request, found)
    return _page(request, found, 422, job_form=form)


def _saved(request: NetworkRequest, found: Placement) -> HttpResponse:
    messages.success(request, _("Die Angaben zur Arbeit sind gespeichert."))
    return redirect("workspace:placement", found.pk)
