"""The search of people by name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.casework.finding import can_find, find_people
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.finding.forms import NameForm


@staff(can_find)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: NetworkRequest) -> HttpResponse:
    """Show whom a name may mean."""
    form = NameForm(request.POST or None)
    found = None
    if form.is_valid():
        found = find_people(request.actor, form.cleaned_data["name"])
        if not found.asked:
            form.add_error("name", _("Bitte schreiben Sie mindestens zwei Buchstaben."))
    context = {"form": form, "found": found}
    response = render(request, "workspace/finding/find.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
