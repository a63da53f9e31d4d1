"""The page of the check. Answers live in the page alone: hidden fields carry them from question to question."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import today
from tragnetz.deadlines.days import month_end
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private, squeezed
from tragnetz.portal.check.forms import SKIPPED, CheckForm
from tragnetz.portal.lines import lines_now
from tragnetz.screening.completion import ASKED
from tragnetz.screening.prospects import prospects
from tragnetz.screening.rulebook import current_book

MOST_SKIPPED = len(ASKED)


@private
@squeezed
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: NetworkRequest) -> HttpResponse:
    """Ask the next question, and show what the answers so far say."""
    form = CheckForm(request.POST)
    form.is_valid()
    facts = form.facts()
    skipped = [name for name in request.POST.getlist(SKIPPED) if name in ASKED][:MOST_SKIPPED]
    skip, change = request.POST.get("auslassen", ""), request.POST.get("aendern", "")
    if skip in ASKED:
        facts.pop(skip, None)
        form.errors.pop(skip, None)
        skipped = list(dict.fromkeys([*skipped, skip]))
    found = prospects(
        facts,
        skipped,
        rent_level=request.network.rent_level.get("level"),
        book=current_book(),
        on=today(request.network.zone),
        language=get_language() or "de",
    )
    wrong = next((name for name in form.fields if name in form.errors), None)
    question = wrong or (change if change in ASKED else found.question)
    if found.impossible and question is None:
        question = next(reversed(facts), None)
    if change in ASKED:
        skipped = [name for name in skipped if name != change]
    context = {
        "form": form,
        "found": found if not wrong else replace(found, question=None),
        "question": form[question] if question else None,
        "wrong": bool(wrong),
        "answers": [(field, words) for field, words in form.answered(facts) if field.name != question],
        "carried": [form[name] for name in form.fields if request.POST.get(name) and name not in {question, skip}],
        "asked": [form[question]] if question else [],
        "benefits_told": "benefits" in facts and question != "benefits",
        "skipped": [name for name in skipped if name not in facts],
        "month_end": month_end(today(request.network.zone)),
        "lines": lines_now(request.network),
    }
    return render(request, "portal/check/check.html", context, status=422 if wrong or found.impossible else 200)
