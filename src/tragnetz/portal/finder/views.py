"""Pages of the finder. Answers live in the page alone: hidden fields carry them from step to step."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import today
from tragnetz.directory import queries as directory
from tragnetz.directory.sentences import explain
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.queries import hotline_for
from tragnetz.portal.caching import private, squeezed
from tragnetz.portal.finder.forms import SECTIONS, FinderForm, finder_form
from tragnetz.portal.lines import lines_now, picks_up_on
from tragnetz.portal.resaid import as_typed, only_reads_on

SHOWN_AT_ONCE = 6  # cards of a group; the rest is one click away


@private
@squeezed
@require_http_methods(["GET", "HEAD", "POST"])
def finder(request: NetworkRequest) -> HttpResponse:
    """Ask the questions, step by step."""
    if request.method != "POST":
        chosen = request.GET.getlist("situation")[:5]
        return _ask(request, finder_form(initial={"situations": chosen}), 1)
    form = finder_form(request.POST)
    step = _step(request.POST.get("schritt", ""))
    if only_reads_on(request):
        return _ask(request, as_typed(form), step)
    if "zurueck" in request.POST:
        return _ask(request, form, step - 1)
    if form.wrong_in(step):
        return _ask(request, form, step, status=422)
    return _ask(request, form, step + 1)


@private
@squeezed
def result(request: NetworkRequest) -> HttpResponse:
    """Answer the finder's questions."""
    if request.method != "POST":
        return redirect("portal:finder")
    form = finder_form(request.POST)
    if "aendern" in request.POST:
        return _ask(request, form, 1)
    if not form.is_valid():
        return ask_again(request, form)
    chosen = [row for row in form.rows if row.key in form.cleaned_data["situations"]]
    facts = form.facts()
    day = today(request.network.zone)
    matches = directory.match_situations(chosen, facts, day)
    hotline = hotline_for(form.place.district) if form.place else None
    lines = [line for line in lines_now(request.network) if hotline is None or line.hotline == hotline]
    context = {
        "form": form,
        "urgent": any(row.urgent for row in chosen),
        "sensitive": facts.get("violence") is True,
        "groups": [
            (truth, title, items[:SHOWN_AT_ONCE], items[SHOWN_AT_ONCE:]) for truth, title, items in explain(matches)
        ],
        "place": form.place,
        "lines": lines,
        "can_call": picks_up_on(lines, day),
    }
    return render(request, "portal/finder/result.html", context)


def ask_again(request: NetworkRequest, form: FinderForm) -> HttpResponse:
    """Show the first step with a wrong answer; nothing typed is lost."""
    steps = range(1, len(SECTIONS) + 1)
    return _ask(request, form, next((step for step in steps if form.wrong_in(step)), 1), status=422)


def _step(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) == 1 else 1


def _ask(request: NetworkRequest, form: FinderForm, step: int, *, status: int = 200) -> HttpResponse:
    step = min(max(step, 1), len(SECTIONS))
    context = {
        "form": form,
        "step": step,
        "steps": len(SECTIONS),
        "title": SECTIONS[step - 1][0],
        "fields": form.fields_of(step),
        "carried": form.fields_besides(step),
        "wrong": form.wrong_in(step),
    }
    return render(request, "portal/finder/ask.html", context, status=status)
