"""Pages of the way to work."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel, visible_cases
from tragnetz.casework.coaching import commands
from tragnetz.casework.coaching.models import Coaching
from tragnetz.casework.coaching.queries import coaching_of, coaching_view, coachings_of, people_without
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.coaching.forms import ApplicationForm, ProfileForm, blank_application, profile_initial
from tragnetz.workspace.entry import staff


def own_coaching(request: NetworkRequest, coaching_id: uuid.UUID) -> Coaching:
    """Return a coaching that the actor may see; any other does not exist."""
    found = coaching_of(request.actor, coaching_id)
    if found is None:
        raise Http404
    return found


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def coachings(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show whose way to work is accompanied in a case, and begin another one."""
    case = visible_cases(request.actor).select_related("contact", "household").filter(pk=case_id).first()
    if case is None:
        raise Http404
    known = coachings_of(request.actor, case)
    people = people_without(case, known, today(request.network.zone))
    if request.method == "POST":
        person = next((one for one in people if str(one.pk) == request.POST.get("person")), None)
        if person is None and people:
            messages.error(request, _("Bitte wählen Sie, um wen es geht."))
            return redirect("workspace:coachings", case_id)
        made = commands.start_coaching(actor=request.actor, case=case, person=person, today=today(request.network.zone))
        return redirect("workspace:coaching_profile", made.pk)
    if len(known) == 1 and not people:
        return redirect("workspace:coaching", known[0].pk)
    context = {"case": case, "tab": "coaching", "coachings": known, "people": people}
    return render(request, "workspace/coaching/coachings.html", context)


@staff(can_counsel)
@require_safe
def coaching(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Show a way to work: how far it has come, what was sent, what began."""
    return _page(request, own_coaching(request, coaching_id))


def _page(
    request: NetworkRequest, found: Coaching, form: forms.Form | None = None, *, status: int = 200
) -> HttpResponse:
    zone = request.network.zone
    context: dict[str, Any] = {
        "view": coaching_view(request.actor, found, now()),
        "coaching": found,
        "tab": "coaching",
        "form": form or blank_application(uuid.uuid4().hex, today(zone)),
    }
    return render(request, "workspace/coaching/coaching.html", context, status=status)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Show and change what somebody brings and wants."""
    found = own_coaching(request, coaching_id)
    form = ProfileForm(request.POST or None, initial=profile_initial(found))
    if request.method == "POST" and form.is_valid():
        commands.write_profile(actor=request.actor, coaching=found, profile=form.profile())
        messages.success(request, _("Das Profil ist gespeichert."))
        return redirect("workspace:coaching", coaching_id)
    if request.method != "POST":
        record(request.actor, "coaching:read", found.case)
    context = {"form": form, "coaching": found}
    return render(request, "workspace/coaching/profile.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_POST
def apply(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Note an application."""
    found = own_coaching(request, coaching_id)
    form = ApplicationForm(request.POST, auto_id="application_%s")
    if form.is_valid():
        data = dict(form.cleaned_data)
        key = data.pop("key")
        try:
            commands.add_application(
                actor=request.actor, coaching=found, today=today(request.network.zone), request_key=key, **data
            )
        except TragnetzError as error:
            form.add_error("sent_on", str(error))
        else:
            messages.success(request, _("Die Bewerbung steht in der Liste."))
            return redirect("workspace:coaching", coaching_id)
    return _page(request, found, form, status=422)
