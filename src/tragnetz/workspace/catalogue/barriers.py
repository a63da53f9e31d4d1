"""What visitors could not use on the site, for the editors: read, answered, settled."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragnetz.core.clock import now
from tragnetz.directory.access import can_edit
from tragnetz.directory.truth.barriers import barriers_to_answer, open_barriers, settle_barrier
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff


@staff(can_edit)
@require_safe
def barriers(request: NetworkRequest) -> HttpResponse:
    """Show what waits for an answer, oldest first."""
    context = {"barriers": barriers_to_answer(actor=request.actor)}
    return render(request, "workspace/catalogue/barriers.html", context)


@staff(can_edit)
@require_POST
def settle(request: NetworkRequest, barrier_id: uuid.UUID) -> HttpResponse:
    """Say that one is answered or mended. Pressed twice, the second finds nothing to do."""
    barrier = open_barriers().filter(pk=barrier_id).first()
    if barrier is None:
        raise Http404
    settle_barrier(actor=request.actor, barrier=barrier, now=now())
    messages.success(request, _("Die Meldung ist erledigt."))
    return redirect("workspace:catalogue_barriers")
