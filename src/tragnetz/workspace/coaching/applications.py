"""The page of one application: its state and its talks."""

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.coaching import commands
from tragnetz.casework.coaching.enums import ApplicationState
from tragnetz.casework.coaching.models import Application, Interview
from tragnetz.casework.coaching.queries import application_of
from tragnetz.casework.coaching.rules import can_become
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.coaching.forms import InterviewForm, NoteForm, StateForm
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: NetworkRequest, application_id: uuid.UUID) -> HttpResponse:
    """Show an application, and change what became of it."""
    found = application_of(request.actor, application_id)
    if found is None:
        raise Http404
    asked = {"state": _state, "talk": _talk, "note": _note}
    doing = next((name for name in asked if f"do_{name}" in request.POST), "")
    if request.method != "POST" or not doing:
        record(request.actor, "coaching:read", found.coaching.case)
        return _page(request, found)
    return asked[doing](request, found)


def _page(request: NetworkRequest, found: Application, status: int = 200, **typed: forms.Form) -> HttpResponse:
    now = ApplicationState(found.state)
    talks = list(found.interviews.all())
    zone = request.network.zone
    forms_of = {talk.pk: NoteForm(initial={"note": talk.note}, auto_id=f"talk_{talk.pk}_%s") for talk in talks}
    context = {
        "application": found,
        "coaching": found.coaching,
        "talks": [(talk, talk.starts_at.astimezone(zone), forms_of[talk.pk]) for talk in talks],
        "state_form": StateForm(now=now, initial={"on": today(zone)}, auto_id="state_%s"),
        "talk_form": InterviewForm(auto_id="new_talk_%s"),
        "can_begin": can_become(now, ApplicationState.PLACED),
        "may_talk": now in {ApplicationState.SENT, ApplicationState.INTERVIEW, ApplicationState.OFFER},
        **typed,
    }
    return render(request, "workspace/coaching/application.html", context, status=status)


def _done(request: NetworkRequest, form: forms.Form, field: str, run: Callable[[], object], said: str) -> bool:
    """Run a command; what it refuses is told at a field of the form."""
    try:
        run()
    except TragnetzError as error:
        form.add_error(field, str(error))
        return False
    messages.success(request, said)
    return True


def _state(request: NetworkRequest, found: Application) -> HttpResponse:
    form = StateForm(request.POST, now=ApplicationState(found.state), auto_id="state_%s")
    if form.is_valid() and _done(
        request, form, "on",
        lambda: commands.change_state(
            actor=request.actor, application=found, state=ApplicationState(form.cleaned_data["state"]),
            on=form.cleaned_data["on"], today=today(request.network.zone),
        ),
        _("Der Stand ist gespeichert."),
    ):  # fmt: skip
        return redirect("workspace:application", found.pk)
    return _page(request, found, 422, state_form=form)


def _talk(request: NetworkRequest, found: Application) -> HttpResponse:
    form = InterviewForm(request.POST, auto_id="new_talk_%s")
    if form.is_valid() and _done(
        request, form, "day",
        lambda: commands.agree_interview(
            actor=request.actor, application=found, starts_at=form.starts_at(request.network.zone),
            note=form.cleaned_data["note"], today=today(request.network.zone),
        ),
        _("Das Gespräch steht in der Liste."),
    ):  # fmt: skip
        return redirect("workspace:application", found.pk)
    return _page(request, found, 422, talk_form=form)


def _note(request: NetworkRequest, found: Application) -> HttpResponse:
    talk = next((one for one in found.interviews.all() if str(one.pk) == request.POST["do_note"]), None)
    if talk is None:
        raise Http404
    form = NoteForm(request.POST, auto_id=f"talk_{talk.pk}_%s")
    if form.is_valid():
        _write(request, found, talk, form.cleaned_data["note"])
        return redirect("workspace:application", found.pk)
    zone = request.network.zone
    rows = [
        (one, one.starts_at.astimezone(zone), form if one == talk else NoteForm(initial={"note": one.note}))
        for one in found.interviews.all()
    ]
    return _page(request, found, 422, talks=rows)  # type: ignore[arg-type]


def _write(request: NetworkRequest, found: Application, talk: Interview, note: str) -> None:
    talk.application = found
    commands.change_interview(actor=request.actor, interview=talk, note=note)
    messages.success(request, _("Die Notiz ist gespeichert."))
