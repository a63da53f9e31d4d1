"""Pages over the whole directory: the state of its languages, what people search for in vain."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.core.errors import TragnetzError
from tragnetz.directory.access import can_edit
from tragnetz.directory.gaps import gaps as found_gaps
from tragnetz.directory.gaps import settle_gap
from tragnetz.directory.languages import STATES, entries_in_state, states_of_languages
from tragnetz.directory.translations import OTHERS, TranslationState
from tragnetz.network.languages import language_name
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff

A_PAGE = 50


@staff(can_edit)
@require_safe
def translations(request: NetworkRequest) -> HttpResponse:
    """Show how complete and how well checked each language is, and the entries of one state."""
    language, state = request.GET.get("sprache", "")[:10], request.GET.get("stand", "")[:12]
    rows = entries_in_state(language, TranslationState(state)) if language in OTHERS and state in STATES else []
    table = states_of_languages()
    context = {
        "table": [
            (code, language_name(code), [(one, STATES[one], table[code][one]) for one in STATES]) for code in OTHERS
        ],
        "states": list(STATES.items()),
        "language": language,
        "language_name": language_name(language),
        "state_name": STATES[TranslationState(state)] if state in STATES else "",
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("seite")),
    }
    return render(request, "workspace/catalogue/translations.html", context)


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def gaps(request: NetworkRequest) -> HttpResponse:
    """Show what people searched for in vain, often enough to be nobody's own; settle what is done."""
    if request.method == "POST":
        try:
            settle_gap(actor=request.actor, gap_id=uuid.UUID(request.POST.get("gap", "")))
            messages.success(request, _("Erledigt."))
        except ValueError as error:
            raise Http404 from error
        except TragnetzError as error:
            messages.error(request, str(error))
        return redirect("workspace:catalogue_gaps")
    return render(request, "workspace/catalogue/gaps.html", {"gaps": found_gaps()})
