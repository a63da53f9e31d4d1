"""The search page."""

from typing import NamedTuple

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragnetz.core.clock import now, today
from tragnetz.directory.gaps import note_gap
from tragnetz.directory.kept import Kept, kept_now
from tragnetz.directory.listing import list_services
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import once_a_minute, private, squeezed
from tragnetz.portal.lines import lines_now
from tragnetz.portal.search.cards import cards
from tragnetz.portal.search.forms import SearchForm

FIRST = 3  # what stands first is what somebody asked for


class _Answer(NamedTuple):
    page: str
    gap: str  # what was typed and the directory does not have


@private
@squeezed
@require_safe
def search(request: NetworkRequest) -> HttpResponse:
    """Search the directory; what nobody has is counted as a gap, without a trace of who asked."""
    kept = kept_now()
    answer = once_a_minute(request, kept, lambda: _answer(request, kept))
    if answer.gap:
        language = get_language() or "de"
        note_gap(actor=request.actor, typed=answer.gap, language=language, on=today(request.network.zone))
    return HttpResponse(answer.page)


def _answer(request: NetworkRequest, kept: Kept) -> _Answer:
    form = SearchForm(request.GET.dict(), kept)
    wanted = form.wanted()
    listing = list_services(request.network, wanted, now(), kept)
    context = {
        "form": form,
        "typed": form.typed,
        "listing": listing,
        "cards": cards(listing.rows, form.chosen_day, kept),
        "edition": kept.edition,
        "asked": bool(wanted.typed) or wanted.narrows,
        "lines": lines_now(request.network),
        "sensitive": bool(form.typed) and any(row.service.sensitive for row in listing.rows[:FIRST]),
    }
    page = render_to_string("portal/search/search.html", context, request)
    return _Answer(page, wanted.typed if listing.is_gap else "")
