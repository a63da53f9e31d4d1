"""Pages of the take-along code."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tragnetz.clients.commands import forget_takeaway, keep_takeaway, open_takeaway
from tragnetz.clients.rules import TAKEAWAY_DAYS
from tragnetz.core.clock import now, today
from tragnetz.core.ids import clean_code, format_code
from tragnetz.directory import queries as directory
from tragnetz.directory.sentences import explain, known_facts
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.queries import lines
from tragnetz.portal.caching import private
from tragnetz.portal.forms import finder_form


@private
def keep(request: NetworkRequest) -> HttpResponse:
    """Keep the finder's answers for a new code and show it."""
    if request.method != "POST":
        return redirect("portal:finder")
    form = finder_form(request.POST)
    if not form.is_valid():
        return render(request, "portal/finder.html", {"form": form}, status=422)
    kept = keep_takeaway(actor=request.actor, facts=form.facts(), services=[], now=now())
    return _sheet(request, kept.code, fresh=True)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: NetworkRequest) -> HttpResponse:
    """Open or delete the answers behind a code."""
    if request.method != "POST":
        return render(request, "portal/takeaway/code.html")
    typed = request.POST.get("code", "")[:40]
    if "forget" in request.POST:
        forget_takeaway(actor=request.actor, code=typed)
        return render(request, "portal/takeaway/code.html", {"forgotten": True})
    if not clean_code(typed):
        return render(request, "portal/takeaway/code.html", {"typed": typed, "unknown": True}, status=422)
    return _sheet(request, format_code(clean_code(typed)), fresh=False)


def _sheet(request: NetworkRequest, code: str, *, fresh: bool) -> HttpResponse:
    answers = open_takeaway(actor=request.actor, code=code, now=now())
    if answers is None:
        return render(request, "portal/takeaway/code.html", {"typed": code, "unknown": True}, status=422)
    context = sheet(request, answers) | {"code": code, "fresh": fresh, "days": TAKEAWAY_DAYS}
    return render(request, "portal/takeaway/sheet.html", context)


def sheet(request: NetworkRequest, answers: dict[str, Any]) -> dict[str, Any]:
    """Return what stands on the sheet: answers, what may help, the numbers."""
    facts = clean_facts(answers.get("facts", {}))
    chosen = facts.get("situations", frozenset())
    rows = [row for row in directory.situations() if isinstance(chosen, frozenset) and row.key in chosen]
    matches = directory.match_services(
        facts,
        today(request.network.zone),
        topic_keys={topic.key for row in rows for topic in row.topics.all()},
        first=[key for row in rows for key in row.services],
    )
    groups = [group for group in explain(matches) if group[0].value != "no"]
    return {
        "situations": rows,
        "answers": known_facts(facts),
        "groups": groups,
        "lines": lines(request.network, now()),
    }
