"""The page "Zustand": what the doctor says, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tragnetz.config.operation.doctor import for_page
from tragnetz.config.operation.findings import Level
from tragnetz.network.middleware import NetworkRequest
from tragnetz.staff.access import can_see_state
from tragnetz.workspace.entry import staff


@staff(can_see_state)
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: NetworkRequest) -> HttpResponse:
    """Show what is wrong, and what to do. Other servers are asked when the form is sent: it takes a while."""
    beyond = request.method == "POST"
    found = for_page(request.actor, beyond=beyond)
    context = {
        "errors": [one for one in found if one.level == Level.ERROR],
        "warnings": [one for one in found if one.level == Level.WARN],
        "well": [one for one in found if one.level == Level.OK],
        "beyond": beyond,
    }
    return render(request, "config/state.html", context)
