"""Pages of groups: the list, one group, its people."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.enums import GroupState
from tragnetz.appointments.groups import planning
from tragnetz.appointments.groups.access import can_change, can_plan_groups, can_see_groups, visible_groups
from tragnetz.appointments.groups.access import visible_registrations as visible_people
from tragnetz.appointments.groups.forms import PersonForm
from tragnetz.appointments.groups.queries import GroupView, line_of, participants, view_of, views_of
from tragnetz.appointments.groups.registering import deregister
from tragnetz.appointments.models import Callback, Group
from tragnetz.audit.commands import record
from tragnetz.casework.enums import Channel
from tragnetz.casework.queries import visible_callback
from tragnetz.casework.registrations import sign_up
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.languages import language_name
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.rules import LANGUAGE_NAMES
from tragnetz.workspace.desk.sheet import CARRY, SHARED, carried
from tragnetz.workspace.entry import staff
from tragnetz.workspace.groups.forms import GroupForm, group_initial

MOST_ROWS = 300
COMING, OWN, OVER = "kommende", "eigene", "vorbei"


def group_of(request: NetworkRequest, group_id: uuid.UUID) -> Group:
    """Return a group that the actor may see; any other does not exist."""
    rows = visible_groups(request.actor).select_related("organisation", "network", "programme")
    found = rows.filter(pk=group_id).first()
    if found is None:
        raise Http404
    return found


def own_group(request: NetworkRequest, group_id: uuid.UUID) -> Group:
    """Return a group that the actor plans; any other does not exist."""
    found = group_of(request, group_id)
    if not can_change(request.actor, found):
        raise Http404
    return found


@staff(can_see_groups)
@require_safe
def listing(request: NetworkRequest) -> HttpResponse:
    """List groups: those to come, one's own, those that are over."""
    wanted = request.GET.get("zeige", COMING)
    shown = wanted if wanted in {COMING, OWN, OVER} else COMING
    rows = visible_groups(request.actor).select_related("organisation", "network").order_by("-created_at")
    if shown != COMING:
        rows = rows.filter(organisation=request.actor.organisation_id)
    views = [view for view in views_of(list(rows[:MOST_ROWS]), now()) if _belongs(view, shown)]
    zone = request.network.zone
    context = {
        "rows": sorted(
            ((view, _next(view).astimezone(zone) if view.coming else None) for view in views),
            key=lambda row: (row[1] is None, row[1] or row[0].group.created_at),
        ),
        "shown": shown,
        "plans": can_plan_groups(request.actor),
    }
    return render(request, "workspace/groups/listing.html", context)


def _next(view: GroupView) -> Any:  # noqa: ANN401 -- a datetime
    return view.coming[0].starts_at


def _belongs(view: GroupView, shown: str) -> bool:
    is_past = view.group.state == GroupState.CANCELLED or (view.is_over and bool(view.sessions))
    return is_past if shown == OVER else not is_past


@staff(can_plan_groups)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest) -> HttpResponse:
    """Prepare a group."""
    form = GroupForm(request.POST or None, network=request.network, today=today(request.network.zone))
    if request.method == "POST" and form.is_valid():
        made = planning.make_group(actor=request.actor, details=form.details(), now=now())
        messages.success(request, _("Die Gruppe ist als Entwurf gespeichert. Jetzt fehlen die Termine."))
        return redirect("workspace:group_dates", made.pk)
    return render(request, "workspace/groups/edit.html", {"form": form}, status=422 if form.errors else 200)


@staff(can_plan_groups)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: NetworkRequest, group_id: uuid.UUID) -> HttpResponse:
    """Change what is said about a group."""
    found = own_group(request, group_id)
    initial = group_initial(found, request.network.zone)
    day = today(request.network.zone)
    form = GroupForm(request.POST or None, initial=initial, network=request.network, today=day)
    if request.method == "POST" and form.is_valid():
        try:
            planning.change_group(actor=request.actor, group=found, details=form.details(), now=now())
        except TragnetzError as error:
            form.add_error("places", str(error))
        else:
            messages.success(request, _("Die Gruppe ist geändert."))
            return redirect("workspace:group", group_id)
    context = {"form": form, "group": found}
    return render(request, "workspace/groups/edit.html", context, status=422 if form.errors else 200)


@staff(can_see_groups)
@require_safe
def group(request: NetworkRequest, group_id: uuid.UUID) -> HttpResponse:
    """Show a group; who comes is shown to its own organisation alone."""
    found = group_of(request, group_id)
    view = view_of(found, now())
    zone = request.network.zone
    own = found.organisation_id == request.actor.organisation_id
    context: dict[str, Any] = {
        "view": view,
        "group": found,
        "dates": [(one, one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in view.sessions],
        "own": own,
        "changes": can_change(request.actor, found),
        "now": now(),
    }
    if own:
        people = participants(request.actor, view)
        context |= {
            "people": people,
            "earned": any(one.earned for one in people),
            "waiting": line_of(request.actor, found),
            "held": len(view.held),
        }
        record(request.actor, "group:read", found, people=view.registered + view.waiting)
    return render(request, "workspace/groups/group.html", context)


@staff(can_plan_groups)
@require_POST
def state(request: NetworkRequest, group_id: uuid.UUID) -> HttpResponse:
    """Open a group, call it off, or copy it."""
    found = own_group(request, group_id)
    try:
        if "open" in request.POST:
            planning.open_group(actor=request.actor, group=found, now=now())
            messages.success(request, _("Die Gruppe ist offen. Man kann sich jetzt anmelden."))
        elif "call_off" in request.POST:
            planning.call_off(actor=request.actor, group=found, now=now())
            messages.success(request, _("Die Gruppe ist abgesagt. Alle, die es erlaubt haben, hören davon."))
        elif "copy" in request.POST:
            copy = planning.copy_group(actor=request.actor, group=found, now=now())
            messages.success(request, _("Das ist die Kopie, als Entwurf. Jetzt fehlen die Termine."))
            return redirect("workspace:group_dates", copy.pk)
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:group", group_id)


@staff(can_see_groups)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: NetworkRequest, group_id: uuid.UUID) -> HttpResponse:
    """Register somebody who phones or stands here."""
    found = group_of(request, group_id)
    form = _person_form(request)
    if form.is_bound and form.is_valid():
        language = request.POST.get("language", "de")
        try:
            made = sign_up(
                actor=request.actor, group=found, channel=Channel.PHONE,
                details=form.details(language if language in LANGUAGE_NAMES else "de"),
                idempotency_key=form.cleaned_data["key"], now=now(), promise=_promise(request),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            context = {"group": found, "registration": made.registration, "code": made.code}
            return render(request, "workspace/groups/registered.html", context)
    context = {
        "form": form,
        "group": found,
        "view": view_of(found, now()),
        "languages": [(code, language_name(code)) for code in request.network.languages if code in LANGUAGE_NAMES],
        "language": request.POST.get("language", "de"),
        "sheet": carried(request.POST),
    }
    return render(request, "workspace/groups/register.html", context, status=422 if form.errors else 200)


def _person_form(request: NetworkRequest) -> PersonForm:
    """Return the form as it was sent; if a call sheet leads here, a new one with what the sheet knows."""
    first: dict[str, object] = {"key": uuid.uuid4().hex, "may_call": True}
    if CARRY not in request.POST:
        return PersonForm(request.POST or None, initial=first)
    return PersonForm(initial=first | {name: request.POST.get(name, "") for name in SHARED})


def _promise(request: NetworkRequest) -> Callback | None:
    """Return the promise that the carried sheet keeps, if there is one."""
    try:
        return visible_callback(request.actor, uuid.UUID(carried(request.POST).get("sheet-promise", "")))
    except ValueError:
        return None


@staff(can_see_groups)
@require_POST
def leave(request: NetworkRequest, registration_id: uuid.UUID) -> HttpResponse:
    """Deregister somebody of one's own organisation's groups."""
    found = visible_people(request.actor).filter(pk=registration_id).first()
    if found is None:
        raise Http404
    try:
        deregister(actor=request.actor, registration=found, now=now())
        messages.success(request, _("Abgemeldet. Wer als Nächstes wartete, ist nachgerückt."))
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:group", found.group_id)
