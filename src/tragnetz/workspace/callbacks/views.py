"""The list of promised calls, and what is done about one."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tragnetz.appointments.calls.commands import note_try, release_callback, settle_callback, take_callback
from tragnetz.appointments.calls.queries import to_call
from tragnetz.appointments.enums import CallbackState, CallResult
from tragnetz.appointments.models import Callback
from tragnetz.audit.commands import record
from tragnetz.casework.access import can_take_calls, visible_callbacks, visible_promises
from tragnetz.casework.queries import visible_callback
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff

MOST = 200
SETTLED_SHOWN = timedelta(days=14)
NOTED = {
    CallbackState.DONE: gettext_lazy("Erreicht. Der Rückruf ist erledigt."),
    CallbackState.OPEN: gettext_lazy("Notiert. Wir versuchen es noch einmal."),
    CallbackState.NOT_REACHED: gettext_lazy("Notiert: nicht erreicht."),
}


@staff(can_take_calls)
@require_safe
def callbacks(request: NetworkRequest) -> HttpResponse:
    """List the promises, broken ones first, whom we could not reach lately, and who needs no call any more."""
    at = now()
    rows = to_call(request.network, visible_callbacks(request.actor)[:MOST], request.actor.membership_id, at)
    ended = visible_promises(request.actor).filter(settled_at__gte=at - SETTLED_SHOWN).order_by("-settled_at")
    ended = ended.select_related("contact").prefetch_related("attempts")
    record(request.actor, "callbacks:read", None, rows=len(rows))
    context = {
        "due": [one for one in rows if not one.later],
        "later": [one for one in rows if one.later],
        "late": sum(one.is_late for one in rows),
        "lost": ended.filter(state=CallbackState.NOT_REACHED)[:MOST],
        "spared": ended.filter(state=CallbackState.SPARED)[:MOST],
        "results": CallResult.choices,
    }
    return render(request, "workspace/callbacks/list.html", context)


@staff(can_take_calls)
@require_POST
def settle(request: NetworkRequest, callback_id: uuid.UUID) -> HttpResponse:
    """Take a call, give it back, or say what came of it."""
    found = visible_callback(request.actor, callback_id)
    if found is None:
        raise Http404
    try:
        _do(request, found, request.POST.get("state", ""))
    except TragnetzError as error:
        messages.error(request, str(error))
    response = redirect("workspace:callbacks")
    if request.POST.get("state") == "take":
        response["Location"] += f"#rueckruf-{found.pk}"
    return response


def _do(request: NetworkRequest, callback: Callback, wanted: str) -> None:
    actor = request.actor
    if wanted == "take":
        take_callback(actor=actor, callback=callback, now=now())
    elif wanted == "release":
        release_callback(actor=actor, callback=callback)
    elif wanted in CallResult.values:
        row = note_try(actor=actor, callback=callback, result=CallResult(wanted), now=now())
        messages.success(request, str(NOTED[CallbackState(row.state)]))
    elif wanted in {CallbackState.DONE, CallbackState.OPEN}:
        settle_callback(actor=actor, callback=callback, state=CallbackState(wanted), now=now())
        is_done = wanted == CallbackState.DONE
        messages.success(request, _("Der Rückruf ist erledigt.") if is_done else _("Der Rückruf ist wieder offen."))
    else:
        raise Http404
