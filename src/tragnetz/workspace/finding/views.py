"""The search of people by name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.casework.access import can_take_calls
from tragnetz.casework.finding import can_find, find_people, probably
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.finding.forms import NameForm


@staff(can_find)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: NetworkRequest) -> HttpResponse:
    """Show whom a name may mean: on a page, beside the call sheet, or as a hint to the name in it (`known`)."""
    form = NameForm(request.POST or None)
    found = None
    if form.is_valid():
        known = "known" in request.POST
        found = (probably if known else find_people)(request.actor, form.cleaned_data["name"])
        if not found.asked:
            form.add_error("name", _("Bitte schreiben Sie mindestens zwei Buchstaben."))
    context = {
        "form": form, "found": found, "known": "known" in request.POST, "takes_calls": can_take_calls(request.actor),
        "beside": "HX-Request" in request.headers,
    }  # fmt: skip
    response = render(request, "workspace/finding/find.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
