"""The page of a case's check."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.casework.access import can_counsel
from tragnetz.core.clock import today
from tragnetz.directory.queries import services_in_order
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.middleware import NetworkRequest
from tragnetz.screening.casecheck import case_check, content_of, history
from tragnetz.screening.commands import keep_check
from tragnetz.screening.comparing import since_last, with_differences
from tragnetz.screening.households import Member
from tragnetz.screening.rulebook import current_book
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff

SHOWN = 10


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Compute what a case's household may claim, and keep the result on request."""
    view = case_of(request, case_id)
    apart = (request.POST if request.method == "POST" else request.GET).getlist("getrennt")[:20]
    book = current_book()
    found = case_check(
        [Member(person.relation, person.birth_year) for person in view.people],
        [person.name for person in view.people],
        clean_facts(view.facts),
        apart=apart,
        scenario=request.GET.get("verlauf", "")[:80],
        rent_level=request.network.rent_level.get("level"),
        book=book,
        on=today(request.network.zone),
    )
    if request.method == "POST":
        if found.now is None:
            messages.error(request, _("Ohne Ergebnis gibt es nichts zu behalten."))
        else:
            keep_check(
                actor=request.actor, household=view.case.household, content=content_of(found), on=found.now.on,
                law_of=found.now.law_of,
            )  # fmt: skip
            messages.success(request, _("Die Prüfung ist behalten."))
            if "plan" in request.POST:
                return redirect("workspace:claim_new", case_id)
        return redirect("workspace:check", case_id)
    records = view.case.household.records.select_related("kept_by__user")[:SHOWN]
    offered = {row.key for row in services_in_order([line.key for line in found.lines], today(request.network.zone))}
    past = with_differences(history(records, book))
    context = {
        "offered": offered, "view": view, "tab": "check", "found": found, "past": past, "apart": apart,
        "since": since_last(found, past), "key": uuid.uuid4().hex,
    }  # fmt: skip
    return render(request, "workspace/counselling/check.html", context)
