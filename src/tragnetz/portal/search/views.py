"""The search page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragnetz.appointments.lines.queries import lines
from tragnetz.core.clock import now, today
from tragnetz.directory.gaps import note_gap
from tragnetz.directory.listing import list_services
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.search.forms import SearchForm


@private
@require_safe
def search(request: NetworkRequest) -> HttpResponse:
    """Search the directory; what nobody has is counted as a gap, without a trace of who asked."""
    form = SearchForm(request.GET.dict())
    wanted = form.wanted()
    listing = list_services(request.network, wanted, now())
    if listing.is_gap:
        language = get_language() or "de"
        note_gap(actor=request.actor, typed=wanted.typed, language=language, on=today(request.network.zone))
    context = {
        "form": form,
        "typed": form.typed,
        "listing": listing,
        "asked": bool(wanted.typed) or wanted.narrows,
        "lines": [] if listing.rows else lines(request.network, now()),
    }
    return render(request, "portal/search/search.html", context)
