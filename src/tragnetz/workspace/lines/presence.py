"""Who is at the phone now: one click on the desk."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tragnetz.appointments.lines.access import can_pick_up
from tragnetz.appointments.lines.commands import sign_off, sign_on
from tragnetz.appointments.lines.queries import lines, present
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Hotline
from tragnetz.workspace.entry import staff


def presence_context(request: NetworkRequest) -> dict[str, Any]:
    """Return what `workspace/lines/presence.html` shows."""
    signed = present(request.network, now())
    mine = {
        key for key, rows in signed.items() if any(row.membership_id == request.actor.membership_id for row in rows)
    }
    return {"lines": lines(request.network, now()), "present": signed, "mine": mine}


@staff(can_pick_up)
@require_POST
def presence(request: NetworkRequest, key: str) -> HttpResponse:
    """Sign on at a line, or off."""
    hotline = Hotline.objects.filter(key=key).first()
    if hotline is None:
        raise Http404
    try:
        if request.POST.get("an") == "1":
            sign_on(actor=request.actor, hotline=hotline, now=now())
        else:
            sign_off(actor=request.actor, hotline=hotline, now=now())
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:desk")
