"""Pages of the take-along code."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.clients.commands import forget_takeaway, keep_takeaway, open_takeaway
from tragnetz.clients.rules import TAKEAWAY_DAYS
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.ids import clean_code, format_code
from tragnetz.directory import queries as directory
from tragnetz.directory.sentences import explain, known_facts
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import Truth
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.finder.forms import finder_form
from tragnetz.portal.finder.views import ask_again
from tragnetz.portal.lines import lines_now
from tragnetz.portal.takeaway.papers import papers_of
from tragnetz.portal.takeaway.printed import SERVICES_A_GROUP, code_link, print_sheet
from tragnetz.printing.qr import qr_image


@private
def keep(request: NetworkRequest) -> HttpResponse:
    """Keep the finder's answers for a new code and show it."""
    if request.method != "POST":
        return redirect("portal:finder")
    form = finder_form(request.POST)
    if not form.is_valid():
        return ask_again(request, form)
    kept = keep_takeaway(actor=request.actor, facts=form.facts(), services=[], now=now())
    return _sheet(request, kept.code)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: NetworkRequest) -> HttpResponse:
    """Open or delete the answers behind a code."""
    if request.method != "POST":
        return _code_page(request)
    typed = request.POST.get("code", "")[:40]
    if "forget" in request.POST:
        forget_takeaway(actor=request.actor, code=typed)
        return _code_page(request, forgotten=True)
    if not clean_code(typed):
        return _unknown(request, typed)
    return _sheet(request, format_code(clean_code(typed)))


@private
def printed(request: NetworkRequest) -> HttpResponse:
    """Give the sheet as PDF: for a code, or straight from the finder's answers, of which then nothing is kept."""
    if request.method != "POST":
        return redirect("portal:finder")
    code = ""
    if "code" in request.POST:
        code = format_code(clean_code(request.POST["code"][:40]))
        answers = open_takeaway(actor=request.actor, code=code, now=now())
        if answers is None:
            return _unknown(request, code)
    else:
        form = finder_form(request.POST)
        if not form.is_valid():
            return ask_again(request, form)
        answers = {"facts": form.facts()}
    return file_answer(print_sheet(request, sheet(request, answers), code), f"{_('Merkzettel')}.pdf", opens=False)


def _unknown(request: NetworkRequest, typed: str) -> HttpResponse:
    return _code_page(request, status=422, typed=typed, unknown=True)


def _code_page(request: NetworkRequest, status: int = 200, **said: str | bool) -> HttpResponse:
    context = {**said, "lines": lines_now(request.network)}
    return render(request, "portal/takeaway/code.html", context, status=status)


def _sheet(request: NetworkRequest, code: str) -> HttpResponse:
    answers = open_takeaway(actor=request.actor, code=code, now=now())
    if answers is None:
        return _unknown(request, code)
    context = sheet(request, answers) | {
        "code": code,
        "qr": mark_safe(qr_image(code_link(request, code))),  # noqa: S308 -- made of squares by us, holds no text
        "days": TAKEAWAY_DAYS,
    }
    return render(request, "portal/takeaway/sheet.html", context)


def sheet(request: NetworkRequest, answers: dict[str, Any]) -> dict[str, Any]:
    """Return what stands on the sheet: answers, what may help, papers with who gives them out, the numbers."""
    facts = clean_facts(answers.get("facts", {}))
    chosen = facts.get("situations", frozenset())
    rows = [row for row in directory.situations() if isinstance(chosen, frozenset) and row.key in chosen]
    matches = directory.match_situations(rows, facts, today(request.network.zone))
    groups = [
        (truth, title, items[:SERVICES_A_GROUP]) for truth, title, items in explain(matches) if truth is not Truth.NO
    ]
    return {
        "situations": rows,
        "facts": facts,
        "answers": known_facts(facts),
        "groups": groups,
        "papers": papers_of(groups, facts),
        "lines": lines_now(request.network),
    }
