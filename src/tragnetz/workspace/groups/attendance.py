"""The list of a date: fast by keyboard, and on paper."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.appointments.enums import Presence
from tragnetz.appointments.groups.access import can_plan_groups
from tragnetz.appointments.groups.attending import add_at_the_door, mark_attendance
from tragnetz.appointments.groups.forms import PersonForm
from tragnetz.appointments.groups.queries import is_off, markable, presences
from tragnetz.appointments.models import Session
from tragnetz.audit.commands import record
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.groups.dates import own_session


@staff(can_plan_groups)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: NetworkRequest, session_id: uuid.UUID) -> HttpResponse:
    """Show who should be there, and keep who was."""
    session = own_session(request, session_id)
    if request.method == "POST":
        try:
            changed = mark_attendance(actor=request.actor, session=session, marks=_marks(request, session), now=now())
            words = ngettext("%s Eintrag gespeichert.", "%s Einträge gespeichert.", changed)
            messages.success(request, words % changed)
        except TragnetzError as error:
            messages.error(request, str(error))
        return redirect("workspace:attendance", session_id)
    record(request.actor, "attendance:read", session)
    return _page(request, session, PersonForm(initial={"key": uuid.uuid4().hex, "may_call": True}, auto_id="door_%s"))


def _marks(request: NetworkRequest, session: Session) -> dict[uuid.UUID, str]:
    """Return what the list says of each; `all` lets everybody be there of whom it says nothing."""
    known = presences(session)
    found = {}
    for row in markable(session):
        typed = request.POST.get(row.pk.hex, known[row.pk].presence if row.pk in known else "")
        mark = typed if typed in Presence.values else ""
        found[row.pk] = mark or (Presence.CAME.value if "all" in request.POST else "")
    return found


@staff(can_plan_groups)
@require_POST
def add(request: NetworkRequest, session_id: uuid.UUID) -> HttpResponse:
    """Take in somebody who came without registration."""
    session = own_session(request, session_id)
    form = PersonForm(request.POST, auto_id="door_%s")
    if form.is_valid():
        try:
            add_at_the_door(
                actor=request.actor, session=session, details=form.details("de"),
                idempotency_key=form.cleaned_data["key"], now=now(),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Aufgenommen und als da notiert."))
            return redirect("workspace:attendance", session_id)
    return _page(request, session, form, status=422)


def _page(request: NetworkRequest, session: Session, form: PersonForm, *, status: int = 200) -> HttpResponse:
    known = presences(session)
    zone = request.network.zone
    context = {
        "session": session,
        "group": session.group,
        "starts": session.starts_at.astimezone(zone),
        "ends": session.ends_at.astimezone(zone),
        "people": [(row, known.get(row.pk)) for row in markable(session)],
        "choices": Presence.choices,
        "off": is_off(session),
        "form": form,
    }
    return render(request, "workspace/groups/attendance.html", context, status=status)
